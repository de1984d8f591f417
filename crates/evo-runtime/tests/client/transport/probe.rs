//! The facts of a host, and how a client uses them.

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, ErrorKind, Facts, Operation, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Hello {}
record!(Hello {});
operation!(Hello: GET "/hello" => ());

const JSON: &str = "application/json; charset=utf-8";

/// Returns the facts in one line, and the requested addresses.
async fn probed(replies: impl IntoIterator<Item = HttpReply>) -> (Result<Facts, ErrorKind>, Vec<String>) {
    let server = ScriptedTransport::new(replies);
    let client = Client::builder("https://h/v1").transport(server.clone()).build().unwrap();
    let facts = client.probe().await.map_err(|error| error.kind());
    let asked =
        server.requests().iter().map(|request| format!("{} {}", request.method(), request.uri().path())).collect();
    (facts, asked)
}

fn facts(endpoint_routing: Option<bool>, api: Option<bool>, version: Option<&str>) -> Facts {
    let mut facts = Facts::default();
    (facts.endpoint_routing, facts.api) = (endpoint_routing, api);
    facts.version = version.map(str::to_owned);
    facts
}

#[tokio::test]
async fn public_metadata_states_all_facts_at_once() {
    for (case, body, expected) in [
        (
            "10.1.5, classic",
            r#"{"app":{"serviceStackVersion":"10.15","jsTextCase":"CamelCase","useSystemJson":"Never"},"httpHandlers":{"ApiHandlers.Json":"/api/{Request}"}}"#,
            facts(Some(false), Some(true), Some("10.15")),
        ),
        (
            "10.1.5, endpoints",
            r#"{"app":{"serviceStackVersion":"10.15","jsTextCase":"CamelCase","useSystemJson":"Always","endpointRouting":["map","use","force"]},"httpHandlers":{"ApiHandlers.Json":"/api/{Request}"}}"#,
            facts(Some(true), Some(true), Some("10.15")),
        ),
        (
            "6.1, Pascal, without /api",
            r#"{"App":{"ServiceStackVersion":"6.10","JsTextCase":"Default"},"HttpHandlers":{}}"#,
            facts(Some(false), Some(false), Some("6.10")),
        ),
        (
            "snake, nulls",
            r#"{"app":{"service_stack_version":null,"js_text_case":"SnakeCase","use_system_json":"Never"},"http_handlers":null}"#,
            facts(Some(false), Some(false), None),
        ),
    ] {
        let (found, asked) = probed([HttpReply::of(200, JSON, body)]).await;
        assert_eq!((found, asked.as_slice()), (Ok(expected), &["GET /v1/metadata/app.json".to_owned()][..]), "{case}");
    }
}

#[tokio::test]
async fn a_host_without_public_metadata_is_probed_without_calls() {
    let unknown = r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"The operation does not exist for this service"}}"#;
    let types = r#"{"Config":{"BaseUrl":"x"},"Types":[],"Operations":[]}"#;
    let gone = || HttpReply::of(404, "", "");
    for (case, replies, expected) in [
        (
            "no metadata at all, classic",
            [
                gone(),
                gone(),
                HttpReply::of(405, JSON, unknown).with_header("x-powered-by", "ServiceStack/8.52 NET8/Linux"),
            ],
            Ok(facts(Some(false), Some(true), Some("8.52"))),
        ),
        (
            "types alone, without an answer of /api",
            [HttpReply::of(500, "", ""), HttpReply::of(200, JSON, types), gone()],
            Ok(facts(None, None, None)),
        ),
        ("another kind of host", [HttpReply::of(200, "text/html", "<p>"), gone(), gone()], Err(ErrorKind::Decode)),
    ] {
        let (found, asked) = probed(replies).await;
        assert_eq!(found, expected, "{case}");
        assert_eq!(asked[1..], ["GET /v1/types/metadata.json", "GET /v1/api/EvoProbeOfAddresses"], "{case}");
    }
    assert_eq!(probed([]).await.0, Err(ErrorKind::Connect));
}

#[tokio::test]
async fn facts_decide_the_addresses_of_operations() {
    use Address::{Api, Reply, Routes};

    for (case, addresses, endpoint_routing, api, path) in [
        ("as it is", &[Api][..], Some(false), Some(true), "/api/Hello"),
        ("no /api", &[Api], Some(false), Some(false), "/json/reply/Hello"),
        ("no /json/reply", &[Reply], Some(true), Some(true), "/api/Hello"),
        ("the next one", &[Reply, Api], Some(true), None, "/api/Hello"),
        ("routes stay", &[Routes, Reply], Some(true), Some(true), "/hello"),
        ("nothing is known", &[Reply], None, None, "/json/reply/Hello"),
    ] {
        let client = Client::builder("https://h").transport(ScriptedTransport::default()).addresses(addresses.to_vec());
        let facts = facts(endpoint_routing, api, None);
        let client = client.build().unwrap().with_facts(&facts);
        assert_eq!(client.prepare(&Hello::SPEC, &Hello {}).unwrap().url().path(), path, "{case}");
        assert_eq!((client.service().has_endpoint_routing(), client.service().has_api()), (endpoint_routing, api));
        assert_eq!(client.facts(), Some(&facts));
    }
}
