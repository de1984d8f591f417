//! The reasons why the mock cannot behave like a recorded host, and the exchanges that each of them explains.

/// The host, the dialect or `*`, the beginning of the id of the exchange, and the reason.
pub const REASONS: &[(&str, &str, &str, &str)] = &[
    // Behaviour of the service's code, which no document describes.
    ("errors", "*", "/text-error", "the service returns text with an error status"),
    ("errors", "*", "post /text-error", "the service returns text with an error status"),
    ("errors", "*", "post /api/TextError", "the service returns text with an error status"),
    (
        "errors",
        "stj",
        "batch-",
        "version 8.5.2 has no batches with endpoint routing, and the document does not tell the version",
    ),
    ("http", "*", "created", "the service chooses its status"),
    ("http", "*", "moved", "the service redirects"),
    ("http", "*", "tagged", "the service sends ETags"),
    ("http", "*", "dated", "the service sends Last-Modified"),
    ("http", "*", "file range", "that the bytes come as a file, which has ranges, is not in the document"),
    ("returns", "*", "widgets-0", "the service does not find what was asked for"),
    ("returns", "*", "batch GetWidget", "the service does not find what was asked for"),
    ("evo", "*", "GET /sessions/missing", "the service does not find what was asked for"),
    ("evo", "*", "GET-jsv /sessions/missing", "the service does not find what was asked for"),
    ("wire", "stj", "sample-floats", "the service returns NaN, which a sample never is"),
    ("crud", "*", "update-missing", "the database has no such row"),
    ("crud", "*", "patch-missing", "the database has no such row"),
    ("crud", "*", "patch-album-stale", "the database knows the version of the row"),
    ("crud", "*", "delete-foreign", "the database refuses to break a reference"),
    ("query", "*", "artists include=", "aggregates are left to the database"),
    ("events", "*", "query /rockstars?include=", "aggregates are left to the database"),
    // Features of the host that its document does not list.
    ("types", "*", "GET /things/small/x", "the constraint of the route is not in the document"),
    ("types", "*", "internal", "the operation is not in the document"),
    ("types", "stj", "nully-missing", "`required` of C# looks like a nullable annotation in the document"),
    ("types", "stj", "secure-put", "the host has endpoint routing and no sign-in of ASP.NET"),
    ("keys", "*", "/special", "the scope that the operation demands is not in the document"),
    ("keys", "*", "/unkeyed expired", "the key is expired, which only its host knows"),
];
