//! The example in the README of the repository, which contains it word for word.

use evo_voice::sessions::{HoldSession, ListSessions};
use evo_voice::{Client, Credentials, Error};

async fn use_a_client(user: &str, password: &str) -> Result<(), Error> {
    let client = Client::builder("https://evovoice.io")
        .auth(Credentials::new(user, password)) // or Basic, Bearer, ApiKey
        .timeout(std::time::Duration::from_secs(20))
        .build()?;
    let mut sessions = client.pages(ListSessions::new(), ListSessions::page).items(); // one page in memory at a time
    while let Some(session) = sessions.next().await {
        println!("{:?}", session?.id);
    }
    match client.send(HoldSession::new("s1")).await {
        Ok(session) => println!("{:?}", session.hold_reason),
        Err(error) if error.is_not_found() => println!("there is no such session"),
        Err(error) => return Err(error), // with status(), error_code() and the errors of single members
    }
    Ok(())
}

#[test]
fn the_example_of_the_readme_compiles() {
    // It is compiled but not called, because it would call the service.
    let _ = use_a_client;
    let readme = include_str!("../../../../README.md");
    let example = readme.split("```rust\n").find(|text| text.starts_with("use evo_voice")).unwrap();
    let example = example.split("```").next().unwrap();
    assert!(include_str!("readme.rs").contains(example), "this file differs from the README:\n{example}");
}
