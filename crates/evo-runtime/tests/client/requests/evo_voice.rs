//! Calls of Evo Voice: complete requests and responses.

use std::collections::BTreeMap;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, ErrorKind, Format, operation, record};

use crate::shown::shown;

#[derive(Debug, Clone, PartialEq, Default)]
struct HoldSession {
    call_sid: Option<String>,
    session_id: Option<String>,
    reason: Option<String>,
}
record!(HoldSession { call_sid: "CallSid", session_id: "SessionId", reason: "Reason" });
operation!(HoldSession: POST "/sessions/{SessionId}/hold" => SessionInfo);

#[derive(Debug, Clone, PartialEq, Default)]
struct DeleteChatMember {
    session_id: Option<String>,
    member_to_remove: Option<String>,
}
record!(DeleteChatMember { session_id: "SessionId", member_to_remove: "MemberToRemove" });
operation!(DeleteChatMember: DELETE => SessionInfo);

#[derive(Debug, Clone, PartialEq, Default)]
struct PatchSession {
    session_id: Option<String>,
    display_name: Option<String>,
    channel: Option<String>,
}
record!(PatchSession { session_id: "SessionId", display_name: "DisplayName", channel: "Channel" });
operation!(PatchSession: PATCH "/sessions/{SessionId}" => SessionInfo);

#[derive(Debug, Clone, PartialEq, Default)]
struct EndSession {
    session_id: Option<String>,
    call_sid: Option<String>,
}
record!(EndSession { session_id: "SessionId", call_sid: "CallSid" });
operation!(EndSession: DELETE "/sessions/{SessionId}" => ());

#[derive(Debug, Clone, PartialEq, Default)]
struct GetSession {
    session_id: Option<String>,
}
record!(GetSession { session_id: "SessionId" });
operation!(GetSession: GET "/sessions/{SessionId}" => SessionInfo);

#[derive(Debug, Clone, PartialEq, Default)]
struct ListSessions {
    account_ids: Option<Vec<String>>,
    page: Option<i32>,
    count_per_page: Option<i32>,
}
record!(ListSessions { account_ids: "AccountIds", page: "Page", count_per_page: "CountPerPage" });
operation!(ListSessions: GET "/sessions" => ListResponse<SessionInfo>);

#[derive(Debug, Clone, PartialEq, Default)]
struct GetFlowParameters {
    flow_id: Option<String>,
}
record!(GetFlowParameters { flow_id: "FlowId" });
operation!(GetFlowParameters: GET "/flows/{FlowId}/parameters" => BTreeMap<String, NodeParameter>);

#[derive(Debug, Clone, PartialEq, Default)]
struct ListResponse<T> {
    items: Vec<T>,
    total_count: i32,
    total_pages: i32,
    has_more_pages: bool,
}
record!(ListResponse<T> {
    items: "Items",
    total_count: "TotalCount",
    total_pages: "TotalPages",
    has_more_pages: "HasMorePages",
});

#[derive(Debug, Clone, PartialEq, Default)]
struct NodeParameter {
    id: Option<String>,
    text: Option<String>,
    struct_parameters: BTreeMap<String, NodeParameter>,
    list_parameters: Vec<BTreeMap<String, NodeParameter>>,
}
record!(NodeParameter {
    id: "Id",
    text: "Text",
    struct_parameters: "StructParameters",
    list_parameters: "ListParameters",
});

#[derive(Debug, Clone, PartialEq, Default)]
struct SessionInfo {
    dial_state: Option<String>,
    call_state: Option<String>,
    account_name: Option<String>,
    customer_id: Option<String>,
    customer_breadcrumb: Vec<IdName>,
    from_address: Option<String>,
    ended: bool,
    call_sid: Option<String>,
    hold_reason: Option<String>,
    log: Vec<LogEntry>,
    members: Vec<SessionMember>,
    id: Option<String>,
    created_by: Option<String>,
}
record!(SessionInfo {
    dial_state: "DialState",
    call_state: "CallState",
    account_name: "AccountName",
    customer_id: "CustomerId",
    customer_breadcrumb: "CustomerBreadcrumb",
    from_address: "FromAddress",
    ended: "Ended",
    call_sid: "CallSid",
    hold_reason: "HoldReason",
    log: "Log",
    members: "Members",
    id: "Id",
    created_by: "CreatedBy",
});

#[derive(Debug, Clone, PartialEq, Default)]
struct IdName {
    id: Option<String>,
    name: Option<String>,
}
record!(IdName { id: "Id", name: "Name" });

#[derive(Debug, Clone, PartialEq, Default)]
struct LogEntry {
    date: Option<String>,
    message: Option<String>,
}
record!(LogEntry { date: "Date", message: "Message" });

#[derive(Debug, Clone, PartialEq, Default)]
struct SessionMember {
    identity: Option<String>,
    is_original_member: bool,
    application_data: BTreeMap<String, String>,
    role: Option<String>,
    muted: bool,
}
record!(SessionMember {
    identity: "Identity",
    is_original_member: "IsOriginalMember",
    application_data: "ApplicationData",
    role: "Role",
    muted: "Muted",
});

const HELD: &str = r#"{"dialState":"Active","callState":"Hold","queueState":"None","accountId":"a1","accountName":"Acme, \"Inc\"","customerBreadcrumb":[{"id":"c1","name":"Top"}],"fromAddress":"+18144043093","channel":"Voice","ended":false,"callSid":"CA1","holdReason":"Transferring","displayName":"Call 1","log":[{"date":"2026-05-01T00:00:01Z","message":"dialed, {then} [answered]"}],"members":[{"identity":"u1","isOriginalMember":false,"applicationData":{"key:1":"v,1"},"callState":"Connected","role":"Agent","muted":true}],"direction":"Outgoing","wasMissed":false,"id":"s1","dateCreated":"2026-05-01T00:00:00Z","createdBy":"someone@example.org"}"#;

const HELD_PASCAL: &str = r#"{"DialState":"Active","CallState":"Hold","QueueState":"None","AccountId":"a1","AccountName":"Acme, \"Inc\"","CustomerBreadcrumb":[{"Id":"c1","Name":"Top"}],"FromAddress":"+18144043093","Channel":"Voice","Ended":false,"CallSid":"CA1","HoldReason":"Transferring","DisplayName":"Call 1","Log":[{"Date":"2026-05-01T00:00:01Z","Message":"dialed, {then} [answered]"}],"Members":[{"Identity":"u1","IsOriginalMember":false,"ApplicationData":{"key:1":"v,1"},"CallState":"Connected","Role":"Agent","Muted":true}],"Direction":"Outgoing","WasMissed":false,"Id":"s1","DateCreated":"2026-05-01T00:00:00Z","CreatedBy":"someone@example.org"}"#;

const HELD_JSV: &str = r#"{dialState:Active,callState:Hold,queueState:None,accountId:a1,accountName:"Acme, ""Inc""",customerBreadcrumb:[{id:c1,name:Top}],fromAddress:+18144043093,channel:Voice,ended:False,callSid:CA1,holdReason:Transferring,displayName:Call 1,log:[{date:"2026-05-01T00:00:01Z",message:"dialed, {then} [answered]"}],members:[{identity:u1,isOriginalMember:False,applicationData:{"key:1":"v,1"},callState:Connected,role:Agent,muted:True}],direction:Outgoing,wasMissed:False,id:s1,dateCreated:"2026-05-01T00:00:00Z",createdBy:someone@example.org}"#;

#[expect(clippy::unnecessary_wraps, reason = "what a member of a DTO holds")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn held() -> SessionInfo {
    SessionInfo {
        dial_state: text("Active"),
        call_state: text("Hold"),
        account_name: text("Acme, \"Inc\""),
        customer_id: None,
        customer_breadcrumb: vec![IdName { id: text("c1"), name: text("Top") }],
        from_address: text("+18144043093"),
        ended: false,
        call_sid: text("CA1"),
        hold_reason: text("Transferring"),
        log: vec![LogEntry { date: text("2026-05-01T00:00:01Z"), message: text("dialed, {then} [answered]") }],
        members: vec![SessionMember {
            identity: text("u1"),
            is_original_member: false,
            application_data: BTreeMap::from([("key:1".to_owned(), "v,1".to_owned())]),
            role: text("Agent"),
            muted: true,
        }],
        id: text("s1"),
        created_by: text("someone@example.org"),
    }
}

fn hold() -> HoldSession {
    HoldSession { call_sid: text("CA1"), session_id: text("s1"), reason: text("Transferring") }
}

fn remove() -> DeleteChatMember {
    DeleteChatMember { session_id: text("s1"), member_to_remove: text("m1") }
}

const JSON: &str = "application/json; charset=utf-8";

fn evo(addresses: &[Address], answers: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(answers);
    let client = Client::builder("https://evovoice.io").transport(server.clone()).build().unwrap();
    (client.with_addresses(addresses), server)
}

fn only_request(server: &ScriptedTransport) -> String {
    let requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    shown(&requests[0])
}

#[tokio::test]
async fn hold_session_uses_its_route_and_reads_every_casing() {
    for (case, body) in [("EVO-01", HELD), ("EVO-07", HELD_PASCAL)] {
        let (client, server) = evo(&[Address::Routes, Address::Reply], [HttpReply::of(200, JSON, body)]);
        assert_eq!(client.send(hold()).await.unwrap(), held(), "{case}");
        assert_eq!(
            only_request(&server),
            "POST https://evovoice.io/sessions/s1/hold\naccept: application/json\ncontent-type: application/json\n\n\
             {\"callSid\":\"CA1\",\"sessionId\":\"s1\",\"reason\":\"Transferring\"}",
            "{case}"
        );
    }
}

#[tokio::test]
async fn holding_a_session_in_jsv() {
    let (client, server) = evo(&[Address::Routes, Address::Reply], [HttpReply::of(200, "application/jsv", HELD_JSV)]);
    assert_eq!(client.with_format(Format::Jsv).send(hold()).await.unwrap(), held());
    assert_eq!(
        only_request(&server),
        "POST https://evovoice.io/sessions/s1/hold\naccept: application/jsv\ncontent-type: application/jsv\n\n\
         {callSid:CA1,sessionId:s1,reason:Transferring}",
    );
}

#[tokio::test]
async fn an_operation_without_a_usable_route_is_sent_to_the_next_address() {
    for (case, addresses, format, expected) in [
        (
            "EVO-03",
            &[Address::Routes, Address::Api],
            Format::Json,
            "DELETE https://evovoice.io/api/DeleteChatMember?sessionId=s1&memberToRemove=m1\naccept: application/json\n",
        ),
        (
            "EVO-04",
            &[Address::Routes, Address::Reply],
            Format::Json,
            "DELETE https://evovoice.io/json/reply/DeleteChatMember?sessionId=s1&memberToRemove=m1\naccept: application/json\n",
        ),
        (
            "EVO-05",
            &[Address::Routes, Address::Reply],
            Format::Jsv,
            "DELETE https://evovoice.io/jsv/reply/DeleteChatMember?sessionId=s1&memberToRemove=m1\naccept: application/jsv\n",
        ),
    ] {
        let (content_type, body) = if format == Format::Jsv { ("application/jsv", HELD_JSV) } else { (JSON, HELD) };
        let (client, server) = evo(addresses, [HttpReply::of(200, content_type, body)]);
        assert_eq!(client.with_format(format).send(remove()).await.unwrap(), held(), "{case}");
        assert_eq!(only_request(&server), expected, "{case}");
    }
}

#[tokio::test]
async fn an_error_of_a_broken_route_is_an_error_of_the_service() {
    let body = r#"{"responseStatus":{"errorCode":"ArgumentException","message":"Could not find property memberId on DeleteChatMember","errors":[]}}"#;
    let (client, _) = evo(&[Address::Api], [HttpReply::of(400, JSON, body).with_reason("Bad Request")]);
    let error = client.send(remove()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "DeleteChatMember: 400 ArgumentException: Could not find property memberId on DeleteChatMember"
    );
    assert_eq!((error.kind(), error.field_errors()), (ErrorKind::Service, &[][..]), "EVO-06");
}

#[tokio::test]
async fn escaped_characters_of_system_text_json_are_read() {
    let body = "{\"accountName\":\"Acme, \\u0022Inc\\u0022\",\"fromAddress\":\"\\u002B18144043093\",\"ended\":false,\"id\":\"s1\"}";
    let (client, server) = evo(&[Address::Api], [HttpReply::of(200, JSON, body)]);
    let answer = client.send(HoldSession { reason: None, call_sid: None, ..hold() }).await.unwrap();
    assert_eq!(
        answer,
        SessionInfo {
            account_name: text("Acme, \"Inc\""),
            from_address: text("+18144043093"),
            id: text("s1"),
            ..SessionInfo::default()
        },
        "EVO-08"
    );
    assert_eq!(
        only_request(&server),
        "POST https://evovoice.io/api/HoldSession\naccept: application/json\ncontent-type: application/json\n\n{\"sessionId\":\"s1\"}"
    );
}

#[tokio::test]
async fn signing_out_returns_nothing() {
    let (client, server) = evo(&[Address::Routes], [HttpReply::of(204, "", "").with_reason("No Content")]);
    client.send(EndSession { session_id: text("s1"), call_sid: text("CA1") }).await.unwrap();
    assert_eq!(
        only_request(&server),
        "DELETE https://evovoice.io/sessions/s1?callSid=CA1\naccept: application/json\n",
        "EVO-09"
    );
}

#[tokio::test]
async fn missing_and_forbidden_resources_are_distinguished() {
    let missing =
        r#"{"responseStatus":{"errorCode":"NotFound","message":"Session missing does not exist","errors":[]}}"#;
    let forbidden = "Forbidden\r\n\r\nRequest.HttpMethod: POST\r\nRequest.PathInfo: /sessions/outgoing\r\nRequest.QueryString: \r\n\r\n";
    for (case, reply, kind, display, body) in [
        (
            "EVO-10",
            HttpReply::of(404, JSON, missing).with_reason("NotFound"),
            ErrorKind::Service,
            "GetSession: 404 NotFound: Session missing does not exist",
            missing,
        ),
        (
            "EVO-11 anonymous",
            HttpReply::of(401, "", "")
                .with_reason("Unauthorized")
                .with_header("www-authenticate", "credentials realm=\"/auth/credentials\""),
            ErrorKind::Unauthorized,
            "GetSession: 401 Unauthorized",
            "",
        ),
        (
            "EVO-11 forbidden",
            HttpReply::of(403, "text/plain", forbidden).with_reason("Invalid Role"),
            ErrorKind::Service,
            "GetSession: 403 Invalid Role",
            forbidden,
        ),
    ] {
        let (client, _) = evo(&[Address::Routes], [reply]);
        let error = client.send(GetSession { session_id: text("s1") }).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string().as_str(), std::str::from_utf8(error.body()).unwrap()),
            (kind, display, body),
            "{case}"
        );
    }
}

#[tokio::test]
async fn sessions_are_returned_page_by_page() {
    let body = format!(r#"{{"items":[{HELD}],"totalCount":57,"totalPages":29,"hasMorePages":false}}"#);
    let (client, server) = evo(&[Address::Routes], [HttpReply::of(200, JSON, body)]);
    let page = client.send(ListSessions { page: Some(28), count_per_page: Some(2), account_ids: None }).await.unwrap();
    assert_eq!(
        page,
        ListResponse { items: vec![held()], total_count: 57, total_pages: 29, has_more_pages: false },
        "EVO-13"
    );
    assert_eq!(
        only_request(&server),
        "GET https://evovoice.io/sessions?page=28&countPerPage=2\naccept: application/json\n"
    );
}

#[tokio::test]
async fn a_map_as_the_whole_response_keeps_the_case_of_its_keys() {
    let body = r#"{"Enabled":{"id":"p1","text":"true"},"Nested":{"id":"p2","structParameters":{"Inner":{"text":"x"}},"listParameters":[{"L":{"text":"y"}}]}}"#;
    let parameter = |value: &str| NodeParameter { text: text(value), ..NodeParameter::default() };
    let (client, server) = evo(&[Address::Routes], [HttpReply::of(200, JSON, body)]);
    let parameters = client.send(GetFlowParameters { flow_id: text("f1") }).await.unwrap();
    assert_eq!(
        parameters,
        BTreeMap::from([
            ("Enabled".to_owned(), NodeParameter { id: text("p1"), ..parameter("true") }),
            (
                "Nested".to_owned(),
                NodeParameter {
                    id: text("p2"),
                    text: None,
                    struct_parameters: BTreeMap::from([("Inner".to_owned(), parameter("x"))]),
                    list_parameters: vec![BTreeMap::from([("L".to_owned(), parameter("y"))])],
                }
            ),
        ]),
        "EVO-14"
    );
    assert_eq!(only_request(&server), "GET https://evovoice.io/flows/f1/parameters\naccept: application/json\n");
}

#[tokio::test]
async fn a_patch_contains_only_the_members_that_were_set() {
    let (client, server) = evo(&[Address::Routes], [HttpReply::of(200, JSON, HELD)]);
    let patch = PatchSession { session_id: text("s1"), display_name: text("renamed"), channel: None };
    assert_eq!(client.send(patch).await.unwrap(), held());
    assert_eq!(
        only_request(&server),
        "PATCH https://evovoice.io/sessions/s1\naccept: application/json\ncontent-type: application/json\n\n\
         {\"sessionId\":\"s1\",\"displayName\":\"renamed\"}",
        "EVO-15"
    );
}

#[tokio::test]
async fn an_id_that_a_path_cannot_carry_is_sent_to_the_next_address() {
    let (client, server) = evo(&[Address::Routes, Address::Api], [HttpReply::of(200, JSON, HELD)]);
    client.send(HoldSession { session_id: text("a/b c"), ..HoldSession::default() }).await.unwrap();
    assert_eq!(
        only_request(&server),
        "POST https://evovoice.io/api/HoldSession\naccept: application/json\ncontent-type: application/json\n\n\
         {\"sessionId\":\"a/b c\"}",
        "EVO-16"
    );
}
