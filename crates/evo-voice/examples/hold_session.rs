//! Puts a session on hold.
//!
//! `EVO_VOICE_URL=https://evovoice.io EVO_VOICE_USER=.. EVO_VOICE_PASSWORD=.. cargo run -p evo-voice --example hold_session -- SESSION_ID`

use std::env;

use evo_voice::sessions::{HoldSession, SessionHoldReasons};
use evo_voice::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let evo = Client::new(setting("EVO_VOICE_URL")?)?
        .with_auth(Credentials::new(setting("EVO_VOICE_USER")?, setting("EVO_VOICE_PASSWORD")?));
    let session_id = env::args().nth(1).ok_or("missing argument: SESSION_ID")?;

    println!("holding session {session_id}");
    let session = evo.send(HoldSession::new(session_id).reason(SessionHoldReasons::Transferring)).await?;
    println!("call state: {:?}, reason: {:?}", session.call_state, session.hold_reason);
    Ok(())
}
