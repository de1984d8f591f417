//! The expected result of each recorded exchange, written by hand.

use evo_voice::ListResponse;
use evo_voice::evo_runtime::ErrorKind;
use evo_voice::evo_runtime::dto::AuthenticateResponse;
use evo_voice::sessions::SessionInfo;
use serde_json::Value;

use crate::calls::{Failed, Outcome};
use crate::host::flows::{NodeParameter, NodeParameterMap};
use crate::recordings::{Exchange, Recording};
use crate::session_values::{of_host, production};

/// The expiry of the refresh tokens of the recorded sign-ins. Hosts without endpoint routing write milliseconds, others write all digits.
const EXPIRY: [(&str, &str); 6] = [
    ("10.1.5/evo.st-camel.json", "2027-11-20T20:11:45.150Z"),
    ("10.1.5/evo.st-pascal.json", "2027-11-20T20:11:46.506Z"),
    ("10.1.5/evo.stj.json", "2027-11-20T20:11:48.8856736Z"),
    ("8.5.2/evo.st-camel.json", "2027-11-20T20:12:41.956Z"),
    ("8.5.2/evo.st-pascal.json", "2027-11-20T20:12:43.301Z"),
    ("8.5.2/evo.stj.json", "2027-11-20T20:12:45.2078258Z"),
];

/// Returns the expected result of a call with the recorded response, or `None` if none is defined.
pub fn outcome(recording: &Recording, exchange: &Exchange) -> Option<Outcome> {
    let has_endpoint_routing = recording.name.ends_with("/evo.stj.json");
    let page = || failed(ErrorKind::Decode, 200, None, "the server answered a page (text/html) where JSV was expected");
    let no_reply = || {
        let message = "The operation does not exist for this service";
        failed(ErrorKind::UnknownOperation, 405, Some("NotImplementedException"), message)
    };
    Some(match exchange.id.as_str() {
        "login" => signed_in(recording, exchange),
        "anonymous-hold" => failed(ErrorKind::Unauthorized, 401, Some("Unauthorized"), "Unauthorized"),
        "outgoing-forbidden" => failed(ErrorKind::Service, 403, Some("Invalid Role"), "Invalid Role"),

        "hold-jsv-reply" | "hold-reply" | "delete-member-reply" | "delete-member-jsv" if has_endpoint_routing => {
            no_reply()
        }
        "hold-jsv-suffix" if has_endpoint_routing => failed(ErrorKind::Service, 404, Some("Not Found"), "Not Found"),
        "hold" | "hold-application-jsv" | "hold-jsv-reply" => session(production::transferring("s1")),
        "hold-api" | "hold-reply" | "hold-jsv-suffix" => session(production::held("s1")),

        "delete-member-route" | "delete-member-route-query" => {
            let message = "Could not find property memberId on DeleteChatMember";
            failed(ErrorKind::Service, 400, Some("ArgumentException"), message)
        }
        "delete-member-api" | "delete-member-api-body" | "delete-member-reply" | "delete-member-jsv" => {
            session(production::connected("s1"))
        }

        "GET /sessions?page=0&countPerPage=2" => sessions(&["s0", "s1"], 29, true),
        "GET /sessions?page=28&countPerPage=2" => sessions(&["s56"], 29, false),
        "GET /sessions?accountIds=a,b&countPerPage=1&sortOrder=Descend" => sessions(&["s0"], 57, true),
        "GET /sessions/s1" => Outcome::HostSession(Box::new(of_host::connected("s1"))),
        "GET /sessions/missing" | "GET-jsv /sessions/missing" => {
            failed(ErrorKind::Service, 404, Some("NotFound"), "Session missing does not exist")
        }
        "GET /flows/f1/parameters" => Outcome::Parameters(parameters()),
        "patch" => {
            let mut session = of_host::connected("s1");
            session.display_name = Some("renamed".to_owned());
            Outcome::HostSession(Box::new(session))
        }
        "end" => Outcome::Nothing,

        "hold-jsv"
        | "GET-jsv /sessions?page=0&countPerPage=2"
        | "GET-jsv /sessions?page=28&countPerPage=2"
        | "GET-jsv /sessions?accountIds=a,b&countPerPage=1&sortOrder=Descend"
        | "GET-jsv /sessions/s1"
        | "GET-jsv /flows/f1/parameters" => page(),
        _ => return None,
    })
}

fn failed(kind: ErrorKind, status: u16, code: Option<&str>, message: &str) -> Outcome {
    let (code, message) = (code.map(str::to_owned), message.to_owned());
    Outcome::Failed(Failed { kind, status: Some(status), code, message })
}

fn session(session: SessionInfo) -> Outcome {
    Outcome::Session(Box::new(session))
}

fn sessions(ids: &[&str], total_pages: i32, has_more_pages: bool) -> Outcome {
    let mut page = ListResponse::default();
    page.items = ids.iter().map(|id| production::connected(id)).collect();
    page.total_count = 57;
    page.total_pages = total_pages;
    page.has_more_pages = has_more_pages;
    Outcome::Sessions(page)
}

fn parameters() -> NodeParameterMap {
    let of_text = |text: &str| {
        let mut parameter = NodeParameter::default();
        parameter.text = Some(text.to_owned());
        parameter
    };
    let map = |name: &str, parameter| NodeParameterMap::from_iter([(name.to_owned(), parameter)]);
    let mut enabled = of_text("true");
    enabled.id = Some("p1".to_owned());
    let mut nested = NodeParameter::default();
    nested.id = Some("p2".to_owned());
    nested.struct_parameters = map("Inner", of_text("x"));
    nested.list_parameters = vec![map("L", of_text("y"))];
    NodeParameterMap::from_iter([("Enabled".to_owned(), enabled), ("Nested".to_owned(), nested)])
}

/// Returns the response of a sign-in. Random parts (tokens, the session ID) are read from the recording without the code under test.
fn signed_in(recording: &Recording, exchange: &Exchange) -> Outcome {
    let body: Value = serde_json::from_slice(&exchange.response.body).expect("JSON");
    let random = |name: &str| {
        let member = body.as_object().expect("an object").iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        Some(member.and_then(|(_, value)| value.as_str()).expect(name).to_owned())
    };
    let expiry = EXPIRY.iter().find(|(name, _)| *name == recording.name).map(|(_, expiry)| expiry);
    let mut answer = AuthenticateResponse::default();
    answer.user_id = Some("1".to_owned());
    answer.session_id = random("SessionId");
    answer.user_name = Some("user".to_owned());
    answer.display_name = Some("A User".to_owned());
    answer.bearer_token = random("BearerToken");
    answer.refresh_token = random("RefreshToken");
    answer.refresh_token_expiry = expiry.map(|expiry| expiry.parse().expect("a date"));
    answer.profile_url = random("ProfileUrl");
    answer.roles = vec!["User".to_owned()];
    Outcome::SignedIn(Box::new(answer))
}
