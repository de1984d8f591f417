//! Changes the password of a user, and handles errors by kind, code and field.
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
    let user_id = arguments.next().ok_or("missing argument: USER_ID")?;
    let new_password = arguments.next().ok_or("missing argument: NEW_PASSWORD")?;

    println!("changing the password of {user_id}");
    match evo.send(PatchUser::new(user_id).new_password(new_password)).await {
        Ok(user) => println!("changed for {}", user.email_address.unwrap_or_default()),
        Err(error) => explain(&error),
    }
    Ok(())
}

fn explain(error: &Error) {
    // The error of a single member; a form would show it beside the input.
    if let Some(password) = error.field("NewPassword") {
        println!("the new password is invalid: {}", password.message.as_deref().unwrap_or_default());
        return;
    }
    match (error.kind(), error.error_code()) {
        (ErrorKind::Unauthorized, _) => println!("the user name or password is wrong"),
        (_, Some("NotFound" | "KeyNotFoundException")) => println!("there is no such user"),
        (_, Some(code)) if error.is_forbidden() => println!("not allowed: {code}"),
        (ErrorKind::Connect | ErrorKind::Timeout, _) => println!("the server does not respond; try again later"),
        // `Display` prints the operation, status, code and message in one line.
        _ => println!("{error}"),
    }
}
