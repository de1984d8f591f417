//! .NET's own enums, which metadata documents name but do not describe.

use super::choice::UnknownValue;

/// Defines a .NET enum with its default and the names and numbers of its members.
macro_rules! system_enum {
    ($(#[$doc:meta])* $type:ident = $default:expr; { $($variant:ident: $name:literal = $number:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $type {
            $(
                #[doc = concat!("`", $name, "`, ", stringify!($number), ".")]
                $variant,
            )*
            /// A value that .NET does not name.
            Unknown(UnknownValue),
        }

        impl Default for $type {
            fn default() -> Self {
                $default
            }
        }

        crate::choice!($type { $($variant: $name = $number),* } else Unknown);
    };
}

system_enum! {
    /// `System.DayOfWeek`.
    DayOfWeek = Self::Sunday; {
        Sunday: "Sunday" = 0,
        Monday: "Monday" = 1,
        Tuesday: "Tuesday" = 2,
        Wednesday: "Wednesday" = 3,
        Thursday: "Thursday" = 4,
        Friday: "Friday" = 5,
        Saturday: "Saturday" = 6,
    }
}

system_enum! {
    /// `System.Net.HttpStatusCode`. Where .NET has two names for a number, each has a variant, and the number is read as the first. The
    /// default is 0, which has no name in .NET either.
    HttpStatusCode = Self::Unknown(UnknownValue::Number(0)); {
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
    }
}
