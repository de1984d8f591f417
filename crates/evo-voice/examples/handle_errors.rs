//! Changes the password of a user, and tells the errors apart by kind, code and field.
//!
//! `EVO_VOICE_URL=https://evovoice.io EVO_VOICE_USER=.. EVO_VOICE_PASSWORD=.. cargo run -p evo-voice --example handle_errors -- USER_ID NEW_PASSWORD`

use std::env;

use evo_voice::authentication::PatchUser;
use evo_voice::{Client, Credentials, Error, ErrorKind};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let evo = Client::new(setting("EVO_VOICE_URL")?)?
        .with_auth(Credentials::new(setting("EVO_VOICE_USER")?, setting("EVO_VOICE_PASSWORD")?));
    let mut arguments = env::args().skip(1);
    let user_id = arguments.next().ok_or("name a user")?;
    let new_password = arguments.next().ok_or("name a new password")?;

    println!("changing the password of {user_id}");
    match evo.send(PatchUser::new(user_id).new_password(new_password)).await {
        Ok(user) => println!("changed for {}", user.email_address.unwrap_or_default()),
        Err(error) => explain(&error),
    }
    Ok(())
}

fn explain(error: &Error) {
    // The error of one member, for a form that shows it beside its input.
    if let Some(password) = error.field("NewPassword") {
        println!("this password will not do: {}", password.message.as_deref().unwrap_or_default());
        return;
    }
    match (error.kind(), error.error_code()) {
        (ErrorKind::Unauthorized, _) => println!("the server does not know this user name and password"),
        (_, Some("NotFound" | "KeyNotFoundException")) => println!("there is no such user"),
        (_, Some(code)) if error.is_forbidden() => println!("not allowed: {code}"),
        (ErrorKind::Connect | ErrorKind::Timeout, _) => println!("the server does not answer; try again later"),
        // Operation, status, code and message in one line.
        _ => println!("{error}"),
    }
}
