//! The generated clients of the recorded hosts call every operation of a mock of their host, and decode every response.

use std::path::Path;

use crate::{calling, hosts};

/// The operations whose response a host with endpoint routing cannot write according to its recording: a class has two members with the
/// same name in JSON.
const UNWRITABLE: [&str; 2] = ["types.GetEverything (endpoints", "types.Send (endpoints"];

#[tokio::test]
async fn generated_clients_call_every_operation_of_every_host() {
    let recordings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/recordings/10.1.5");
    let (mut wrong, mut unwritable) = (Vec::new(), 0);
    for host in hosts::HOSTS {
        let document = recordings.join(format!("{host}.st-camel.metadata.json"));
        let failures = calling::call_all(&document, &hosts::operations(host)).await;
        for failure in failures.into_iter().map(|failure| format!("{host}.{failure}")) {
            if UNWRITABLE.iter().any(|start| failure.starts_with(start)) && failure.contains("collides with another") {
                unwritable += 1;
            } else {
                wrong.push(failure);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(unwritable, 6, "both operations fail by each of the three ways to call a host with endpoint routing");
}
