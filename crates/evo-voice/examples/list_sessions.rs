//! Signs in and lists the sessions since a date, page by page.
//!
//! `EVO_VOICE_URL=https://evovoice.io EVO_VOICE_USER=.. EVO_VOICE_PASSWORD=.. cargo run -p evo-voice --example list_sessions -- 2026-05-01`

use std::env;

use evo_voice::sessions::ListSessions;
use evo_voice::{Client, Credentials, SortOrders};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let evo = Client::new(setting("EVO_VOICE_URL")?)?
        .with_auth(Credentials::new(setting("EVO_VOICE_USER")?, setting("EVO_VOICE_PASSWORD")?));
    let since = env::args().nth(1).ok_or("missing argument: the first date, such as 2026-05-01")?;

    // Calls sign in automatically. Signing in eagerly verifies the password and returns information about the user.
    let user = evo.login().await?;
    println!("signed in as {}", user.display_name.or(user.user_name).unwrap_or_default());

    let request = ListSessions::new()
        .start_date(since)
        .sort_order(SortOrders::Descend)
        .count_per_page(50)
        .simplified_paging(true);
    let mut pages = evo.pages(request, ListSessions::page);
    while let Some(page) = pages.next().await {
        let page = page?;
        println!("{} sessions", page.items.len());
        for session in page.items {
            println!(
                "  {} {:?} {} -> {}",
                session.id.unwrap_or_default(),
                session.call_state,
                session.from_address.unwrap_or_default(),
                session.to_address.unwrap_or_default(),
            );
        }
    }
    Ok(())
}
