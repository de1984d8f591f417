//! Replays.
#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what tests share fails by panicking")]

mod find;
mod hosts;
mod meaning;
mod operations;
mod recordings;
mod replaying;
mod values;

#[tokio::test]
async fn explore() {
    for host in hosts::HOSTS {
        let known = find::Host::new(host);
        for recording in recordings::of_repository(host) {
            for exchange in &recording.exchanges {
                let target = known.find(&exchange.request);
                let replayed = replaying::replay(&known, &target, exchange).await;
                let made = match &replayed.made {
                    Ok(made) => format!("{:?}", made.differences),
                    Err(error) => format!("refused {error}"),
                };
                let answer = match &replayed.answer {
                    Ok(answer) => {
                        let again = answer.again.as_ref().map(|again| {
                            again.iter().map(|a| match a { Ok(s) if *s == answer.shown => "ok".to_string(), other => format!("{other:?}") }).collect::<Vec<_>>()
                        });
                        format!("{} {}", answer.shown, if again.iter().flatten().all(|a| a == "ok") { String::new() } else { format!("NOT AGAIN {again:?}") })
                    }
                    Err(error) => format!("{error:?}"),
                };
                println!("{}\t{}\t{}{}\t{made}\t{}\t{answer}", recording.name, exchange.id.replace('\n', "\\n"), target.call.spec.name, if target.is_elsewhere {"!"} else {""}, exchange.response.status);
            }
        }
    }
}
