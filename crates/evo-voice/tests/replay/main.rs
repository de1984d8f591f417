//! Replays recordings of real servers with the classes of Evo Voice: the clients make every request, which is compared by meaning, and
//! decode every response, which is compared as a whole.
//!
//! `EVO_RECORDINGS` contains folders with recordings of other server versions, whose responses must be decoded, too.
#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![expect(clippy::field_reassign_with_default, reason = "received types are non_exhaustive")]

mod calls;
mod expected;
// The client of the recorded hosts, which have operations and members that the production server does not have.
mod host;
mod meaning;
#[path = "../../../evo-runtime/tests/replay/recordings.rs"]
mod recordings;
mod session_values;
mod unlike;

use std::collections::BTreeSet;
use std::io::Write as _;

use calls::Outcome;
use evo_voice::evo_runtime::ErrorKind;
use evo_voice::evo_runtime::auth::Credentials;
use evo_voice::evo_runtime::transport::ScriptedTransport;
use evo_voice::evo_runtime::wire::{json, jsv};
use evo_voice::sessions::{HoldSession, SessionHoldReasons};
use recordings::{Exchange, Recording};
use unlike::UNLIKE;

#[tokio::test]
async fn every_exchange_is_replayed() {
    let (mut exchanges, mut answers, mut requests) = (0, 0, 0);
    let mut wrong = Vec::new();
    for recording in recordings::of_repository("evo") {
        for exchange in &recording.exchanges {
            exchanges += 1;
            let name = format!("{}#{}", recording.name, exchange.id);
            let (Some(call), Some(expected)) =
                (calls::of_exchange(&exchange.id), expected::outcome(&recording, exchange))
            else {
                wrong.push(format!("{name}: no expected result is defined"));
                continue;
            };
            let routes = call.routes();
            let (made, outcome) = call.replay(exchange.response.reply()).await;
            answers += 1;
            if outcome != expected {
                wrong.push(format!("{name}: {outcome:#?} instead of {expected:#?}"));
            }
            let listed = UNLIKE.iter().find(|(id, ..)| *id == exchange.id).map_or(&[][..], |(_, parts, _)| parts);
            let differences = meaning::differences(&made, &exchange.request, routes);
            if differences != listed {
                wrong.push(format!(
                    "{name}: the request differs in {differences:?}, not in {listed:?}: {} {} {:?}",
                    made.method(),
                    made.uri(),
                    made.body()
                        .as_bytes()
                        .filter(|body| !body.is_empty())
                        .map(|body| String::from_utf8_lossy(body).into_owned())
                ));
            }
            requests += usize::from(differences.is_empty());
        }
    }
    // cargo captures the output of `println!`.
    let mut out = std::io::stdout();
    for (id, parts, reason) in UNLIKE {
        let _ = writeln!(out, "not requested: {id}: {}: {reason}", parts.join(", "));
    }
    let _ = writeln!(out, "replayed: {answers} of {exchanges} answers, {requests} of {exchanges} requests");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_listed_exchange_was_recorded() {
    let recorded: BTreeSet<String> =
        recordings::of_repository("evo").into_iter().flat_map(|recording| recording.exchanges).map(|e| e.id).collect();
    let listed: BTreeSet<String> = UNLIKE.iter().map(|(id, ..)| (*id).to_owned()).collect();
    assert_eq!(listed.len(), UNLIKE.len(), "an id is listed twice");
    assert_eq!(listed.difference(&recorded).collect::<Vec<_>>(), Vec::<&String>::new(), "listed, but not recorded");
}

#[tokio::test]
async fn every_value_round_trips() {
    let mut survived = 0;
    for recording in recordings::of_repository("evo") {
        for exchange in &recording.exchanges {
            let call = calls::of_exchange(&exchange.id).unwrap_or_else(|| panic!("{}", exchange.id));
            let (_, outcome) = call.replay(exchange.response.reply()).await;
            survived += usize::from(survives(&outcome, &format!("{}#{}", recording.name, exchange.id)));
        }
    }
    // Hosts with endpoint routing return five values fewer per recording: they have no reply addresses, and no suffix on a POST.
    assert_eq!(survived, 4 * 17 + 2 * 12, "values");
}

#[tokio::test]
async fn recordings_of_other_versions_are_decoded() {
    for (_, recording) in recordings::of_environment(&["evo"]) {
        let (mut understood, mut unknown) = (0, Vec::new());
        for exchange in &recording.exchanges {
            let name = format!("{}#{}", recording.name, exchange.id);
            let Some(call) = calls::of_exchange(&exchange.id).or_else(|| calls::at_address(&exchange.request)) else {
                unknown.push(format!("{} {} {}", exchange.id, exchange.request.verb, exchange.request.path));
                continue;
            };
            let (_, outcome) = call.replay(exchange.response.reply()).await;
            assert!(is_understood(exchange, &outcome), "{name}: {outcome:#?}");
            survives(&outcome, &name);
            understood += 1;
        }
        let mut out = std::io::stdout();
        let count = recording.exchanges.len();
        let _ = writeln!(out, "{}: understood {understood} of {count} answers", recording.name);
        for exchange in unknown {
            let _ = writeln!(out, "  not asked by any operation: {exchange}");
        }
        assert!(understood > 0, "{}: no exchange of a known operation", recording.name);
    }
}

/// Whether the result is plausible: HTML pages cannot be decoded, errors contain the error of the server, and all others are values.
fn is_understood(exchange: &Exchange, outcome: &Outcome) -> bool {
    let response = &exchange.response;
    let is_page = response.body.trim_ascii_start().starts_with(b"<");
    match outcome {
        Outcome::Failed(failed) if failed.kind == ErrorKind::Decode => is_page,
        Outcome::Failed(failed) => failed.status == Some(response.status) && !failed.message.is_empty(),
        _ => response.status < 300,
    }
}

/// Whether there is a value. Panics if it does not round-trip through JSON and JSV.
fn survives(outcome: &Outcome, name: &str) -> bool {
    let Some((value, empty)) = outcome.value() else { return false };
    let written = json::to_vec(value).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut again = empty.clone();
    let into = again.value_mut().expect("a value");
    json::read_slice(&written, into).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(&again, outcome, "{name} in JSON: {}", String::from_utf8_lossy(&written));

    let written = jsv::to_vec(value).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut again = empty;
    let into = again.value_mut().expect("a value");
    jsv::read_slice(&written, into).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(&again, outcome, "{name} in JSV: {}", String::from_utf8_lossy(&written));
    true
}

#[tokio::test]
async fn a_client_with_credentials_signs_in_before_the_first_call() {
    for recording in recordings::of_repository("evo") {
        let [login, hold] = ["login", "hold"].map(|id| exchange_of(&recording, id));
        let server = ScriptedTransport::new([login.response.reply(), hold.response.reply()]);
        let client = evo_voice::Client::builder("https://evovoice.io").transport(server.clone()).build().unwrap();
        let client = client.with_auth(Credentials::new("user", "p@ss"));
        let answer = client
            .send(HoldSession::new("s1").call_sid("CA1").reason(SessionHoldReasons::Transferring))
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", recording.name));
        assert_eq!(answer, session_values::production::transferring("s1"), "{}", recording.name);

        let requests = server.requests();
        assert_eq!(requests.len(), 2, "{}", recording.name);
        for (made, recorded) in requests.iter().zip([login, hold]) {
            let routes = ["/sessions/{SessionId}/hold"];
            let differences = meaning::differences(made, &recorded.request, &routes);
            assert_eq!(differences, Vec::<&str>::new(), "{}#{}", recording.name, recorded.id);
        }
        let cookies: Vec<&str> = login
            .response
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
            .filter_map(|(_, cookie)| cookie.split(';').next())
            .collect();
        let sent = requests[1].headers().get("cookie").map(|value| value.to_str().unwrap());
        assert_eq!(sent, Some(cookies.join("; ").as_str()), "{}", recording.name);
    }
}

fn exchange_of<'a>(recording: &'a Recording, id: &str) -> &'a Exchange {
    let found = recording.exchanges.iter().find(|exchange| exchange.id == id);
    found.unwrap_or_else(|| panic!("{} has no exchange {id}", recording.name))
}
