//! Every recorded request is sent to a mock of that host's document: the mock takes what the real server took, and refuses what it
//! refused with the same status and error code.

mod exchange;
mod sessions;

use std::path::PathBuf;

use evo_mock::{Casing, Dialect, Mock, User};
use exchange::{Exchange, repository, send};
use sessions::Sessions;

/// The users of the recorded hosts, and the owners of their API keys.
const USERS: [&str; 5] = ["user:p@ss:User", "admin:p@ss:Admin", "keys:ak-good", "special:ak-special", "new:p@ssw0rd"];

async fn compare(folder: &str, host: &str, dialect: &str) -> (usize, Vec<String>) {
    let folder = repository().join("fixtures/recordings").join(folder);
    let file = |dialect: &str, suffix: &str| -> PathBuf { folder.join(format!("{host}.{dialect}{suffix}.json")) };
    let own = file(dialect, ".metadata");
    let document = if own.exists() { own } else { file("st-camel", ".metadata") };
    let mut mock = Mock::of(document).casing(if dialect == "st-pascal" { Casing::Pascal } else { Casing::Camel });
    if dialect == "stj" {
        mock = mock.dialect(Dialect::Endpoints);
    }
    for user in USERS {
        mock = mock.user(User::parse(user).unwrap());
    }
    let mock = mock.start().await.unwrap();
    let sessions = Sessions::sign_in(mock.address()).await;
    let mut exchanges: Vec<Exchange> = exchange::read(&file(dialect, ""));
    let mut differences = Vec::new();
    for exchange in &mut exchanges {
        sessions.replace(exchange);
        let outcome = send(mock.address(), exchange).await;
        if outcome != exchange.outcome {
            differences.push(format!(
                "{} | {} {} | {:?} != mock {:?}",
                exchange.id, exchange.method, exchange.path, exchange.outcome, outcome
            ));
        }
    }
    (exchanges.len(), differences)
}

#[tokio::test]
async fn explore() {
    for dialect in ["st-camel", "stj"] {
        for host in
            ["wire", "types", "returns", "routes", "errors", "http", "auth", "query", "crud", "keys", "evo", "events"]
        {
            let (all, differences) = compare("10.1.5", host, dialect).await;
            println!("== {host}.{dialect}: agreed {} of {all}", all - differences.len());
            for line in differences {
                println!("   {line}");
            }
        }
    }
}
