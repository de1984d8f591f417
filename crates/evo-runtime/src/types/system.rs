//! Enums of .NET itself, which metadata documents name and do not describe.

use super::choice::UnknownValue;

/// `System.DayOfWeek`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum DayOfWeek {
    /// `Sunday`.
    #[default]
    Sunday,
    /// `Monday`.
    Monday,
    /// `Tuesday`.
    Tuesday,
    /// `Wednesday`.
    Wednesday,
    /// `Thursday`.
    Thursday,
    /// `Friday`.
    Friday,
    /// `Saturday`.
    Saturday,
    /// A value that .NET does not have.
    Unknown(UnknownValue),
}

crate::choice!(DayOfWeek {
    Sunday: "Sunday" = 0,
    Monday: "Monday" = 1,
    Tuesday: "Tuesday" = 2,
    Wednesday: "Wednesday" = 3,
    Thursday: "Thursday" = 4,
    Friday: "Friday" = 5,
    Saturday: "Saturday" = 6,
} else Unknown);

/// `System.Net.HttpStatusCode`. Where .NET has two names for a number, each has its variant, and the number is read as
/// the first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HttpStatusCode {
    /// 100, `Continue`.
    Continue,
    /// 101, `SwitchingProtocols`.
    SwitchingProtocols,
    /// 102, `Processing`.
    Processing,
    /// 103, `EarlyHints`.
    EarlyHints,
    /// 200, `OK`.
    Ok,
    /// 201, `Created`.
    Created,
    /// 202, `Accepted`.
    Accepted,
    /// 203, `NonAuthoritativeInformation`.
    NonAuthoritativeInformation,
    /// 204, `NoContent`.
    NoContent,
    /// 205, `ResetContent`.
    ResetContent,
    /// 206, `PartialContent`.
    PartialContent,
    /// 207, `MultiStatus`.
    MultiStatus,
    /// 208, `AlreadyReported`.
    AlreadyReported,
    /// 226, `IMUsed`.
    ImUsed,
    /// 300, `MultipleChoices`.
    MultipleChoices,
    /// 300, `Ambiguous`.
    Ambiguous,
    /// 301, `MovedPermanently`.
    MovedPermanently,
    /// 301, `Moved`.
    Moved,
    /// 302, `Found`.
    Found,
    /// 302, `Redirect`.
    Redirect,
    /// 303, `SeeOther`.
    SeeOther,
    /// 303, `RedirectMethod`.
    RedirectMethod,
    /// 304, `NotModified`.
    NotModified,
    /// 305, `UseProxy`.
    UseProxy,
    /// 306, `Unused`.
    Unused,
    /// 307, `TemporaryRedirect`.
    TemporaryRedirect,
    /// 307, `RedirectKeepVerb`.
    RedirectKeepVerb,
    /// 308, `PermanentRedirect`.
    PermanentRedirect,
    /// 400, `BadRequest`.
    BadRequest,
    /// 401, `Unauthorized`.
    Unauthorized,
    /// 402, `PaymentRequired`.
    PaymentRequired,
    /// 403, `Forbidden`.
    Forbidden,
    /// 404, `NotFound`.
    NotFound,
    /// 405, `MethodNotAllowed`.
    MethodNotAllowed,
    /// 406, `NotAcceptable`.
    NotAcceptable,
    /// 407, `ProxyAuthenticationRequired`.
    ProxyAuthenticationRequired,
    /// 408, `RequestTimeout`.
    RequestTimeout,
    /// 409, `Conflict`.
    Conflict,
    /// 410, `Gone`.
    Gone,
    /// 411, `LengthRequired`.
    LengthRequired,
    /// 412, `PreconditionFailed`.
    PreconditionFailed,
    /// 413, `RequestEntityTooLarge`.
    RequestEntityTooLarge,
    /// 414, `RequestUriTooLong`.
    RequestUriTooLong,
    /// 415, `UnsupportedMediaType`.
    UnsupportedMediaType,
    /// 416, `RequestedRangeNotSatisfiable`.
    RequestedRangeNotSatisfiable,
    /// 417, `ExpectationFailed`.
    ExpectationFailed,
    /// 421, `MisdirectedRequest`.
    MisdirectedRequest,
    /// 422, `UnprocessableEntity`.
    UnprocessableEntity,
    /// 422, `UnprocessableContent`.
    UnprocessableContent,
    /// 423, `Locked`.
    Locked,
    /// 424, `FailedDependency`.
    FailedDependency,
    /// 426, `UpgradeRequired`.
    UpgradeRequired,
    /// 428, `PreconditionRequired`.
    PreconditionRequired,
    /// 429, `TooManyRequests`.
    TooManyRequests,
    /// 431, `RequestHeaderFieldsTooLarge`.
    RequestHeaderFieldsTooLarge,
    /// 451, `UnavailableForLegalReasons`.
    UnavailableForLegalReasons,
    /// 500, `InternalServerError`.
    InternalServerError,
    /// 501, `NotImplemented`.
    NotImplemented,
    /// 502, `BadGateway`.
    BadGateway,
    /// 503, `ServiceUnavailable`.
    ServiceUnavailable,
    /// 504, `GatewayTimeout`.
    GatewayTimeout,
    /// 505, `HttpVersionNotSupported`.
    HttpVersionNotSupported,
    /// 506, `VariantAlsoNegotiates`.
    VariantAlsoNegotiates,
    /// 507, `InsufficientStorage`.
    InsufficientStorage,
    /// 508, `LoopDetected`.
    LoopDetected,
    /// 510, `NotExtended`.
    NotExtended,
    /// 511, `NetworkAuthenticationRequired`.
    NetworkAuthenticationRequired,
    /// A status that .NET has no name for.
    Unknown(UnknownValue),
}

/// 0, for which there is no name, as in .NET.
impl Default for HttpStatusCode {
    fn default() -> Self {
        Self::Unknown(UnknownValue::Number(0))
    }
}

crate::choice!(HttpStatusCode {
    Continue: "Continue" = 100,
    SwitchingProtocols: "SwitchingProtocols" = 101,
    Processing: "Processing" = 102,
    EarlyHints: "EarlyHints" = 103,
    Ok: "OK" = 200,
    Created: "Created" = 201,
    Accepted: "Accepted" = 202,
    NonAuthoritativeInformation: "NonAuthoritativeInformation" = 203,
    NoContent: "NoContent" = 204,
    ResetContent: "ResetContent" = 205,
    PartialContent: "PartialContent" = 206,
    MultiStatus: "MultiStatus" = 207,
    AlreadyReported: "AlreadyReported" = 208,
    ImUsed: "IMUsed" = 226,
    MultipleChoices: "MultipleChoices" = 300,
    Ambiguous: "Ambiguous" = 300,
    MovedPermanently: "MovedPermanently" = 301,
    Moved: "Moved" = 301,
    Found: "Found" = 302,
    Redirect: "Redirect" = 302,
    SeeOther: "SeeOther" = 303,
    RedirectMethod: "RedirectMethod" = 303,
    NotModified: "NotModified" = 304,
    UseProxy: "UseProxy" = 305,
    Unused: "Unused" = 306,
    TemporaryRedirect: "TemporaryRedirect" = 307,
    RedirectKeepVerb: "RedirectKeepVerb" = 307,
    PermanentRedirect: "PermanentRedirect" = 308,
    BadRequest: "BadRequest" = 400,
    Unauthorized: "Unauthorized" = 401,
    PaymentRequired: "PaymentRequired" = 402,
    Forbidden: "Forbidden" = 403,
    NotFound: "NotFound" = 404,
    MethodNotAllowed: "MethodNotAllowed" = 405,
    NotAcceptable: "NotAcceptable" = 406,
    ProxyAuthenticationRequired: "ProxyAuthenticationRequired" = 407,
    RequestTimeout: "RequestTimeout" = 408,
    Conflict: "Conflict" = 409,
    Gone: "Gone" = 410,
    LengthRequired: "LengthRequired" = 411,
    PreconditionFailed: "PreconditionFailed" = 412,
    RequestEntityTooLarge: "RequestEntityTooLarge" = 413,
    RequestUriTooLong: "RequestUriTooLong" = 414,
    UnsupportedMediaType: "UnsupportedMediaType" = 415,
    RequestedRangeNotSatisfiable: "RequestedRangeNotSatisfiable" = 416,
    ExpectationFailed: "ExpectationFailed" = 417,
    MisdirectedRequest: "MisdirectedRequest" = 421,
    UnprocessableEntity: "UnprocessableEntity" = 422,
    UnprocessableContent: "UnprocessableContent" = 422,
    Locked: "Locked" = 423,
    FailedDependency: "FailedDependency" = 424,
    UpgradeRequired: "UpgradeRequired" = 426,
    PreconditionRequired: "PreconditionRequired" = 428,
    TooManyRequests: "TooManyRequests" = 429,
    RequestHeaderFieldsTooLarge: "RequestHeaderFieldsTooLarge" = 431,
    UnavailableForLegalReasons: "UnavailableForLegalReasons" = 451,
    InternalServerError: "InternalServerError" = 500,
    NotImplemented: "NotImplemented" = 501,
    BadGateway: "BadGateway" = 502,
    ServiceUnavailable: "ServiceUnavailable" = 503,
    GatewayTimeout: "GatewayTimeout" = 504,
    HttpVersionNotSupported: "HttpVersionNotSupported" = 505,
    VariantAlsoNegotiates: "VariantAlsoNegotiates" = 506,
    InsufficientStorage: "InsufficientStorage" = 507,
    LoopDetected: "LoopDetected" = 508,
    NotExtended: "NotExtended" = 510,
    NetworkAuthenticationRequired: "NetworkAuthenticationRequired" = 511,
} else Unknown);
