//! The calls that correspond to the recorded requests.

use evo_voice::evo_runtime::auth::Credentials;
use evo_voice::evo_runtime::dto::AuthenticateResponse;
use evo_voice::evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_voice::evo_runtime::wire::{Decode, Encode};
use evo_voice::evo_runtime::{Address, Client, Error, ErrorKind, Format, Operation};
use evo_voice::sessions::{DeleteChatMember, EndSession, HoldSession, ListSessions, NewOutgoingSession};
use evo_voice::{ListResponse, SortOrders, sessions};

use crate::host;
use crate::recordings::Request;

/// The addresses of the production server, and of hosts with endpoint routing.
const ROUTES: &[Address] = &[Address::Routes, Address::Reply];
const API: &[Address] = &[Address::Api];
const REPLY: &[Address] = &[Address::Reply];

/// A call of a client.
pub struct Call {
    pub asks: Asks,
    pub addresses: &'static [Address],
    pub format: Format,
}

/// The operation of a call, in the client of the production server, or in that of the recorded host if only the host has the operation
/// or its members.
pub enum Asks {
    SignIn,
    Hold(HoldSession),
    Remove(DeleteChatMember),
    List(Box<ListSessions>),
    End(EndSession),
    Outgoing(NewOutgoingSession),
    Get(host::sessions::GetSession),
    Patch(host::sessions::PatchSession),
    Parameters(host::flows::GetFlowParameters),
}

/// The result of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    SignedIn(Box<AuthenticateResponse>),
    Session(Box<sessions::SessionInfo>),
    HostSession(Box<host::sessions::SessionInfo>),
    Sessions(ListResponse<sessions::SessionInfo>),
    Parameters(host::flows::NodeParameterMap),
    Nothing,
    Failed(Failed),
}

/// The parts of an error that are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    pub kind: ErrorKind,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub message: String,
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Failed(Failed {
            kind: error.kind(),
            status: error.status().map(|status| status.as_u16()),
            code: error.error_code().map(str::to_owned),
            message: error.message().to_owned(),
        })
    }
}

impl Outcome {
    /// Returns the value, if there is one, and an empty value of its type.
    pub fn value(&self) -> Option<(&dyn Encode, Outcome)> {
        match self {
            Self::SignedIn(value) => Some((&**value, Self::SignedIn(Box::default()))),
            Self::Session(value) => Some((&**value, Self::Session(Box::default()))),
            Self::HostSession(value) => Some((&**value, Self::HostSession(Box::default()))),
            Self::Sessions(value) => Some((value, Self::Sessions(ListResponse::default()))),
            Self::Parameters(value) => Some((value, Self::Parameters(host::flows::NodeParameterMap::default()))),
            Self::Nothing | Self::Failed(_) => None,
        }
    }

    /// Returns the value, to decode into it.
    pub fn value_mut(&mut self) -> Option<&mut dyn Decode> {
        match self {
            Self::SignedIn(value) => Some(&mut **value),
            Self::Session(value) => Some(&mut **value),
            Self::HostSession(value) => Some(&mut **value),
            Self::Sessions(value) => Some(value),
            Self::Parameters(value) => Some(value),
            Self::Nothing | Self::Failed(_) => None,
        }
    }
}

/// Returns the call whose request is most similar to that of a recorded exchange.
pub fn of_exchange(id: &str) -> Option<Call> {
    let remove = || Asks::Remove(DeleteChatMember::new().session_id("s1").member_to_remove("m1"));
    let transfer =
        || Asks::Hold(HoldSession::new("s1").call_sid("CA1").reason(sessions::SessionHoldReasons::Transferring));
    let page = |page, count| Asks::List(Box::new(ListSessions::new().page(page).count_per_page(count)));
    let archive = || {
        let accounts = vec!["a".to_owned(), "b".to_owned()];
        let list = ListSessions::new().account_ids(accounts).count_per_page(1).sort_order(SortOrders::Descend);
        Asks::List(Box::new(list))
    };
    let (id, format) = match id.strip_prefix("GET-jsv ") {
        Some(path) => (format!("GET {path}"), Format::Jsv),
        None if id.contains("jsv") => (id.to_owned(), Format::Jsv),
        None => (id.to_owned(), Format::Json),
    };
    let (asks, addresses) = match id.as_str() {
        "login" => (Asks::SignIn, ROUTES),
        "anonymous-hold" => (Asks::Hold(HoldSession::new("s1")), ROUTES),
        "hold" | "hold-jsv" | "hold-application-jsv" => (transfer(), ROUTES),
        "hold-jsv-reply" => (transfer(), REPLY),
        "hold-jsv-suffix" => (Asks::Hold(HoldSession::new("s1").reason(sessions::SessionHoldReasons::None)), ROUTES),
        "hold-api" => (Asks::Hold(HoldSession::new("s1")), API),
        "hold-reply" => (Asks::Hold(HoldSession::new("s1")), REPLY),
        "delete-member-api" | "delete-member-api-body" => (remove(), API),
        "delete-member-route" | "delete-member-route-query" | "delete-member-reply" | "delete-member-jsv" => {
            (remove(), ROUTES)
        }
        "GET /sessions?page=0&countPerPage=2" => (page(0, 2), ROUTES),
        "GET /sessions?page=28&countPerPage=2" => (page(28, 2), ROUTES),
        "GET /sessions?accountIds=a,b&countPerPage=1&sortOrder=Descend" => (archive(), ROUTES),
        "GET /sessions/s1" => (Asks::Get(host::sessions::GetSession::new("s1")), ROUTES),
        "GET /sessions/missing" => (Asks::Get(host::sessions::GetSession::new("missing")), ROUTES),
        "GET /flows/f1/parameters" => (Asks::Parameters(host::flows::GetFlowParameters::new("f1")), ROUTES),
        "patch" => (Asks::Patch(host::sessions::PatchSession::new("s1").display_name("renamed")), ROUTES),
        "end" => (Asks::End(EndSession::new("s1").call_sid("CA1")), ROUTES),
        "outgoing-forbidden" => (Asks::Outgoing(NewOutgoingSession::new().flow_id("f")), ROUTES),
        _ => return None,
    };
    Some(Call { asks, addresses, format })
}

/// Returns a call whose operation has the address of a recorded request, with any values.
pub fn at_address(request: &Request) -> Option<Call> {
    let path = request.path.split('?').next().unwrap_or_default();
    let path = path.strip_suffix(".jsv").or(path.strip_suffix(".json")).unwrap_or(path);
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let asks = match (request.verb.as_str(), segments.as_slice()) {
        ("POST", ["auth", "credentials"]) => Asks::SignIn,
        ("POST", ["sessions", "outgoing"]) | (_, ["api" | "json" | "jsv", .., "NewOutgoingSession"]) => {
            Asks::Outgoing(NewOutgoingSession::new())
        }
        ("POST", ["sessions", _, "hold"]) | (_, ["api" | "json" | "jsv", .., "HoldSession"]) => {
            Asks::Hold(HoldSession::new("s1"))
        }
        ("DELETE", ["sessions", _, "members", _]) | (_, ["api" | "json" | "jsv", .., "DeleteChatMember"]) => {
            Asks::Remove(DeleteChatMember::new())
        }
        ("GET", ["sessions"]) | (_, ["api" | "json" | "jsv", .., "ListSessions"]) => Asks::List(Box::default()),
        ("DELETE", ["sessions", _]) | (_, ["api" | "json" | "jsv", .., "EndSession"]) => {
            Asks::End(EndSession::new("s1"))
        }
        ("GET", ["sessions", _]) | (_, ["api" | "json" | "jsv", .., "GetSession"]) => {
            Asks::Get(host::sessions::GetSession::new("s1"))
        }
        ("PATCH", ["sessions", _]) | (_, ["api" | "json" | "jsv", .., "PatchSession"]) => {
            Asks::Patch(host::sessions::PatchSession::new("s1"))
        }
        ("GET", ["flows", _, "parameters"]) | (_, ["api" | "json" | "jsv", .., "GetFlowParameters"]) => {
            Asks::Parameters(host::flows::GetFlowParameters::new("f1"))
        }
        _ => return None,
    };
    Some(Call { asks, addresses: ROUTES, format: Format::Json })
}

impl Call {
    /// Makes the call with this response. Returns the request and the result.
    pub async fn replay(self, answer: HttpReply) -> (evo_voice::evo_runtime::http::Request<Body>, Outcome) {
        let server = ScriptedTransport::new([answer]);
        // The recordings were made without `jsconfig`.
        let client = evo_voice::Client::builder("https://evovoice.io")
            .addresses(self.addresses.iter().copied())
            .format(self.format)
            .iso_dates(false)
            .transport(server.clone())
            .build()
            .expect("a client");
        let outcome = self.asks.ask(client.into()).await;
        let request = server.requests().pop();
        (request.unwrap_or_else(|| panic!("nothing was sent: {outcome:?}")), outcome)
    }

    /// Returns the declared routes that the call may use.
    pub fn routes(&self) -> &'static [&'static str] {
        match self.asks {
            Asks::SignIn => &[],
            Asks::Hold(_) => HoldSession::SPEC.routes,
            Asks::Remove(_) => DeleteChatMember::SPEC.routes,
            Asks::List(_) => ListSessions::SPEC.routes,
            Asks::End(_) => EndSession::SPEC.routes,
            Asks::Outgoing(_) => NewOutgoingSession::SPEC.routes,
            Asks::Get(_) => host::sessions::GetSession::SPEC.routes,
            Asks::Patch(_) => host::sessions::PatchSession::SPEC.routes,
            Asks::Parameters(_) => host::flows::GetFlowParameters::SPEC.routes,
        }
    }
}

impl Asks {
    async fn ask(self, client: Client) -> Outcome {
        let session = |info| Outcome::Session(Box::new(info));
        let host_session = |info| Outcome::HostSession(Box::new(info));
        match self {
            Self::SignIn => {
                let client = client.with_auth(Credentials::new("user", "p@ss"));
                client.login().await.map_or_else(Outcome::from, |answer| Outcome::SignedIn(Box::new(answer)))
            }
            Self::Hold(hold) => client.send(hold).await.map_or_else(Outcome::from, session),
            Self::Remove(remove) => client.send(remove).await.map_or_else(Outcome::from, session),
            Self::List(list) => client.send(*list).await.map_or_else(Outcome::from, Outcome::Sessions),
            Self::End(end) => client.send(end).await.map_or_else(Outcome::from, |()| Outcome::Nothing),
            Self::Outgoing(call) => client.send(call).await.map_or_else(Outcome::from, |()| Outcome::Nothing),
            Self::Get(get) => client.send(get).await.map_or_else(Outcome::from, host_session),
            Self::Patch(patch) => client.send(patch).await.map_or_else(Outcome::from, host_session),
            Self::Parameters(get) => client.send(get).await.map_or_else(Outcome::from, Outcome::Parameters),
        }
    }
}
