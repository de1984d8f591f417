//! Replays what was recorded between a client and real servers of all kinds: clients are generated from what the servers say about
//! themselves, every request is made anew and compared by meaning, every answer is taken and compared as a whole with the snapshot of its
//! recording.
//!
//! `EVO_RECORDINGS` names folders with recordings of the same hosts from other versions: their answers must be understood, too.
#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what tests share fails by panicking")]

mod answers;
#[cfg(all(feature = "reqwest", feature = "gzip", feature = "brotli"))]
mod compressed;
mod find;
mod hosts;
mod meaning;
mod operations;
mod recordings;
mod replaying;
mod unlike;
mod values;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use answers::Understood;
use find::Host;
use recordings::{Exchange, Recording};
use replaying::Replayed;
use unlike::Recorded;

/// The parts of an error that a change would show in.
fn shown_error(error: &evo_runtime::Error) -> String {
    let status = error.status().map(|status| status.as_u16());
    format!(
        "Error {{ kind: {:?}, operation: {:?}, status: {status:?}, error_code: {:?}, message: {:?}, field_errors: {:?}, .. }}",
        error.kind(),
        error.operation(),
        error.error_code(),
        error.message(),
        error.field_errors(),
    )
}

#[tokio::test]
async fn every_exchange_is_replayed() {
    let (mut exchanges, mut answers, mut requests) = (0, 0, 0);
    let mut wrong = Vec::new();
    let (mut reasons, mut exceptions) = (BTreeSet::new(), BTreeSet::new());
    for name in hosts::HOSTS {
        let host = Host::new(name);
        for recording in recordings::of_repository(name) {
            let mut snapshot = String::new();
            for exchange in &recording.exchanges {
                exchanges += 1;
                let target = host.find(&exchange.request);
                let replayed = replaying::replay(&host, &target, exchange).await;
                let values = values::of(&exchange.request, &target);
                let recorded = Recorded {
                    host: name,
                    id: &exchange.id,
                    request: &exchange.request,
                    target: &target,
                    values: &values,
                };
                let reason = recorded.reason();
                reasons.extend(reason);
                let made = match &replayed.made {
                    Ok(made) if made.differences.is_empty() => None,
                    Ok(made) => Some(made.differences.join(", ")),
                    Err(why) => Some(why.clone()),
                };
                requests += usize::from(made.is_none());
                if made.is_some() != reason.is_some() {
                    wrong.push(format!("{}#{}: {made:?}, but {reason:?}", recording.name, exchange.id));
                }
                let mut exception = None;
                match answers::understood(exchange, &replayed.answer) {
                    Understood::Yes => answers += 1,
                    Understood::No(reason) => exception = Some(reason),
                    Understood::Wrong(what) => wrong.push(format!("{}#{}: {what}", recording.name, exchange.id)),
                }
                exceptions.extend(exception);
                show(&mut snapshot, exchange, &replayed, reason, exception);
            }
            let file = recording.name.replace(['/', '.'], "_");
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(file.trim_end_matches("_json"), snapshot);
            });
        }
    }
    // Not with `println!`, since cargo captures its output.
    let mut out = std::io::stdout();
    for reason in &reasons {
        let _ = writeln!(out, "not requested: {reason}");
    }
    for exception in &exceptions {
        let _ = writeln!(out, "not read: {exception}");
    }
    let _ = writeln!(out, "replayed: {answers} of {exchanges} answers, {requests} of {exchanges} requests");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unused: Vec<_> = unlike::RULES.iter().map(|rule| rule.0).filter(|reason| !reasons.contains(reason)).collect();
    assert_eq!(unused, Vec::<&str>::new(), "rules without a request");
    let unused: Vec<_> =
        answers::EXCEPTIONS.iter().map(|rule| rule.0).filter(|rule| !exceptions.contains(rule)).collect();
    assert_eq!(unused, Vec::<&str>::new(), "exceptions without an answer");
}

/// The result of an exchange in a readable form.
fn show(
    snapshot: &mut String,
    exchange: &Exchange,
    replayed: &Replayed,
    reason: Option<&str>,
    exception: Option<&str>,
) {
    let request = match (&replayed.made, reason) {
        (_, Some(reason)) => format!("not made: {reason}"),
        (Ok(made), None) => {
            let body = made.request.body.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
            format!("{} {} {body}", made.request.verb, made.request.path).trim_end().to_owned()
        }
        (Err(why), None) => format!("not made: {why}"),
    };
    let answer = match (&replayed.answer, exception) {
        (_, Some(exception)) => format!("not read: {exception}"),
        (Ok(answer), None) => answer.shown.clone(),
        (Err(error), None) => shown_error(error),
    };
    let id = exchange.id.escape_debug();
    let _ = write!(snapshot, "{id}\n  > {}\n  < {}\n", request.escape_debug(), answer);
}

#[tokio::test]
async fn every_value_survives_being_written_and_read() {
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for name in hosts::HOSTS {
        let host = Host::new(name);
        for recording in recordings::of_repository(name) {
            for exchange in &recording.exchanges {
                let replayed = replaying::replay(&host, &host.find(&exchange.request), exchange).await;
                let Ok(answer) = &replayed.answer else { continue };
                match answers::survives(answer) {
                    Ok(exception) => used.extend(exception),
                    Err(what) => wrong.push(format!("{}#{}: {what}", recording.name, exchange.id)),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unused: Vec<_> = answers::CHANGES.iter().map(|rule| rule.0).filter(|rule| !used.contains(rule)).collect();
    assert_eq!(unused, Vec::<&str>::new(), "changes without a value");
}

#[tokio::test]
async fn recordings_of_other_versions_are_understood() {
    for (name, recording) in recordings::of_environment(&hosts::HOSTS) {
        let wrong = misunderstood(&Host::new(name), &recording).await;
        let count = recording.exchanges.len();
        let _ =
            writeln!(std::io::stdout(), "{}: understood {} of {count} answers", recording.name, count - wrong.len());
        assert!(wrong.is_empty(), "{}: {}", recording.name, wrong.join("\n"));
    }
}

async fn misunderstood(host: &Host, recording: &Recording) -> Vec<String> {
    let mut wrong = Vec::new();
    for exchange in &recording.exchanges {
        let answer = replaying::replay(host, &host.find(&exchange.request), exchange).await.answer;
        let what = match (answers::understood(exchange, &answer), &answer) {
            (Understood::Wrong(what), _) => what,
            (_, Ok(answer)) => match answers::survives(answer) {
                Ok(_) => continue,
                Err(what) => what,
            },
            _ => continue,
        };
        wrong.push(format!("{}: {what}", exchange.id));
    }
    wrong
}

#[test]
fn every_recording_has_a_host() {
    let mut known: Vec<&str> = hosts::HOSTS.to_vec();
    // The client of Evo Voice replays its own.
    known.push("evo");
    for folder in recordings::folders() {
        for file in folder.read_dir().expect("recordings") {
            let file = file.expect("a file").file_name().into_string().expect("UTF-8");
            let host = file.split('.').next().unwrap_or_default();
            assert!(known.contains(&host), "{} of {}", file, folder.display());
        }
    }
}

#[test]
fn every_listed_difference_was_recorded() {
    for (host, id) in unlike::NULLS.into_iter().chain(unlike::OTHER_FORMS) {
        let recorded =
            recordings::of_repository(host).iter().all(|recording| recording.exchanges.iter().any(|e| e.id == id));
        assert!(recorded, "{host} has no exchange {id}");
    }
}
