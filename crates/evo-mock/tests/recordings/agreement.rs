//! Every recorded request is sent to a mock of the document of its host. The mock accepts the requests that the real server accepted, and
//! rejects the others with the same status and error code.

use std::collections::BTreeSet;
use std::path::PathBuf;

use evo_mock::{Casing, Dialect, Mock, User};

use crate::exchange::{Exchange, read, repository, send};
use crate::reasons::REASONS;
use crate::services;
use crate::sessions::Sessions;

/// The users of the recorded hosts, and the owners of their API keys.
const USERS: [&str; 5] = ["user:p@ss:User", "admin:p@ss:Admin", "keys:ak-good", "special:ak-special", "new:p@ssw0rd"];

const DIALECTS: [&str; 3] = ["st-camel", "st-pascal", "stj"];

/// The results of the exchanges of one host.
#[derive(Default)]
struct Comparison {
    agreed: usize,
    all: usize,
    /// Differences with their reasons.
    explained: BTreeSet<(usize, String)>,
    unexplained: Vec<String>,
}

async fn compare(version: &str, host: &str) -> Comparison {
    let folder = repository().join("fixtures/recordings").join(version);
    let mut comparison = Comparison::default();
    for dialect in DIALECTS {
        let file = |dialect: &str, suffix: &str| -> PathBuf { folder.join(format!("{host}.{dialect}{suffix}.json")) };
        let own = file(dialect, ".metadata");
        let document = if own.exists() { own } else { file("st-camel", ".metadata") };
        let mut mock = Mock::of(document);
        mock = mock.casing(if dialect == "st-pascal" { Casing::Pascal } else { Casing::Camel });
        mock = mock.dialect(if dialect == "stj" { Dialect::Endpoints } else { Dialect::Classic });
        // The recorded hosts do not allow calls from web pages of other origins.
        mock = mock.cors(false);
        for user in USERS {
            mock = mock.user(User::parse(user).unwrap());
        }
        if host == "errors" {
            mock = services::throwing(mock);
        }
        let mock = mock.start().await.unwrap();
        let sessions = Sessions::sign_in(mock.address()).await;
        let exchanges: Vec<Exchange> = read(&file(dialect, ""));
        for mut exchange in exchanges {
            sessions.replace(&mut exchange);
            let outcome = send(mock.address(), &exchange).await;
            comparison.all += 1;
            if outcome == exchange.outcome {
                comparison.agreed += 1;
                continue;
            }
            let difference = format!(
                "{dialect}: {} ({} {}): {:?}, the mock {outcome:?}",
                exchange.id, exchange.method, exchange.path, exchange.outcome
            );
            match reason(host, dialect, &exchange.id) {
                Some(reason) => drop(comparison.explained.insert((reason, difference))),
                None => comparison.unexplained.push(difference),
            }
        }
    }
    comparison
}

/// Returns the index of the reason for a difference in the list.
fn reason(host: &str, dialect: &str, id: &str) -> Option<usize> {
    REASONS.iter().position(|(own, dialects, start, _)| {
        let is_meant = match *dialects {
            "*" => true,
            "st" => dialect != "stj",
            one => one == dialect,
        };
        *own == host && is_meant && id.starts_with(start)
    })
}

#[tokio::test]
async fn the_mock_agrees_with_recorded_hosts() {
    let hosts =
        ["auth", "crud", "errors", "events", "evo", "http", "keys", "query", "returns", "routes", "types", "wire"];
    let recorded =
        hosts.map(|host| ("10.1.5", host)).into_iter().chain(["auth", "errors", "evo"].map(|host| ("8.5.2", host)));
    let mut used = BTreeSet::new();
    let mut unexplained = Vec::new();
    for (version, host) in recorded {
        let comparison = compare(version, host).await;
        println!("{version} {host}: agreed {} of {}", comparison.agreed, comparison.all);
        let reasons: BTreeSet<usize> = comparison.explained.iter().map(|(reason, _)| *reason).collect();
        for index in reasons {
            let (_, _, id, reason) = REASONS[index];
            let count = comparison.explained.iter().filter(|(own, _)| *own == index).count();
            println!("    {count} of `{id}..`: {reason}");
            used.insert(index);
        }
        unexplained.extend(comparison.unexplained.into_iter().map(|line| format!("{version} {host}.{line}")));
    }
    assert_eq!(unexplained, Vec::<String>::new());
    let unused: Vec<_> = (0..REASONS.len()).filter(|index| !used.contains(index)).map(|index| REASONS[index]).collect();
    assert_eq!(unused, []);
}
