//! The clients that evo-gen generated for the recorded hosts call every operation of a mock of their host and decode every answer.

use std::path::Path;

use crate::{calling, hosts};

#[tokio::test]
async fn generated_clients_call_every_operation_of_every_host() {
    let recordings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/recordings/10.1.5");
    let mut wrong = Vec::new();
    for host in hosts::HOSTS {
        let document = recordings.join(format!("{host}.st-camel.metadata.json"));
        let failures = calling::call_all(&document, &hosts::operations(host)).await;
        wrong.extend(failures.into_iter().map(|failure| format!("{host}.{failure}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
