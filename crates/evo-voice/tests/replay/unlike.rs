//! Recorded requests that no client of ours makes: probes of what a server does with them.

/// The id of an exchange, the parts of its request that no call can make, and why. Their answers are replayed all the same.
pub const UNLIKE: [(&str, &[&str], &str); 13] = [
    ("hold-jsv", &["accept", "content-type"], TEXT_JSV),
    ("hold-jsv-reply", &["address"], "JSV goes to a declared route before it goes to /jsv/reply"),
    (
        "hold-jsv-suffix",
        &["address", "accept", "content-type"],
        "the header Accept asks for JSV; the suffix is for links",
    ),
    (
        "delete-member-api-body",
        &["query", "content-type", "body"],
        "a DELETE has its values in the query where that can carry them",
    ),
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

const TEXT_JSV: &str = "servers answer `Accept: text/jsv` with a page: clients ask for `application/jsv`";
const LOST_VARIABLE: &str = "the route has a variable that no member fills: clients never take it";
