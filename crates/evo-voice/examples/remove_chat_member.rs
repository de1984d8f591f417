//! Removes a member from the chat of a session.
//!
//! `EVO_VOICE_URL=https://evovoice.io EVO_VOICE_USER=.. EVO_VOICE_PASSWORD=.. cargo run -p evo-voice --example remove_chat_member -- SESSION_ID MEMBER`

use std::env;

use evo_voice::sessions::DeleteChatMember;
use evo_voice::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let evo = Client::new(setting("EVO_VOICE_URL")?)?
        .with_auth(Credentials::new(setting("EVO_VOICE_USER")?, setting("EVO_VOICE_PASSWORD")?));
    let mut arguments = env::args().skip(1);
    let session_id = arguments.next().ok_or("missing argument: SESSION_ID")?;
    let member = arguments.next().ok_or("missing argument: MEMBER, a phone number or the email address of a user")?;

    println!("removing {member} from session {session_id}");
    // No declared route matches the members of this operation, so the client calls `/json/reply/DeleteChatMember`.
    let session = evo.send(DeleteChatMember::new().session_id(session_id).member_to_remove(member)).await?;
    println!("members now:");
    for member in session.members {
        println!("  {} ({:?})", member.identity.unwrap_or_default(), member.role);
    }
    Ok(())
}
