//! Recorded requests that the clients never make. They probe the behaviour of servers.

/// The ID of an exchange, the parts of its request that no call can produce, and the reason. The responses are replayed nevertheless.
pub const UNLIKE: [(&str, &[&str], &str); 13] = [
    ("hold-jsv", &["accept", "content-type"], TEXT_JSV),
    ("hold-jsv-reply", &["address"], "JSV uses a declared route rather than /jsv/reply"),
    (
        "hold-jsv-suffix",
        &["address", "accept", "content-type"],
        "the header Accept requests JSV; the suffix is for links",
    ),
    ("delete-member-api-body", &["query", "content-type", "body"], "a DELETE has its values in the query if possible"),
    ("delete-member-route", &["address", "query"], LOST_VARIABLE),
    ("delete-member-route-query", &["address", "query"], LOST_VARIABLE),
    ("delete-member-jsv", &["accept"], TEXT_JSV),
    ("GET-jsv /sessions?page=0&countPerPage=2", &["accept"], TEXT_JSV),
    ("GET-jsv /sessions?page=28&countPerPage=2", &["accept"], TEXT_JSV),
    ("GET-jsv /sessions?accountIds=a,b&countPerPage=1&sortOrder=Descend", &["accept"], TEXT_JSV),
    ("GET-jsv /sessions/s1", &["accept"], TEXT_JSV),
    ("GET-jsv /sessions/missing", &["accept"], TEXT_JSV),
    ("GET-jsv /flows/f1/parameters", &["accept"], TEXT_JSV),
];

const TEXT_JSV: &str = "servers respond to `Accept: text/jsv` with an HTML page: clients request `application/jsv`";
const LOST_VARIABLE: &str = "the route has a variable without a member: clients never use it";
