//! Types that documents name without describing them: those of .NET, and those of ServiceStack that the runtime provides.

use crate::api::Ty;
use crate::lower::type_expr::split_arity;
use crate::metadata::Type;

/// Returns the Rust type of a .NET type without arguments.
pub(crate) fn scalar(name: &str) -> Option<Ty> {
    Some(match name {
        "String" | "Uri" | "Type" => Ty::Std("String"),
        "Boolean" => Ty::Std("bool"),
        "Char" => Ty::Std("char"),
        "SByte" => Ty::Std("i8"),
        "Byte" => Ty::Std("u8"),
        "Int16" => Ty::Std("i16"),
        "UInt16" => Ty::Std("u16"),
        "Int32" => Ty::Std("i32"),
        "UInt32" => Ty::Std("u32"),
        "Int64" | "IntPtr" => Ty::Std("i64"),
        "UInt64" | "UIntPtr" => Ty::Std("u64"),
        "Single" | "Half" => Ty::Std("f32"),
        "Double" => Ty::Std("f64"),
        "Decimal" => runtime("Decimal"),
        // Numbers too large for Rust's JSON numbers; some hosts quote them.
        "Int128" | "UInt128" | "BigInteger" => runtime("DecimalText"),
        "DateTime" => runtime("DateTime"),
        "DateTimeOffset" => runtime("DateTimeOffset"),
        "DateOnly" => runtime("Date"),
        "TimeOnly" => runtime("Time"),
        "TimeSpan" => runtime("TimeSpan"),
        "Guid" => runtime("Uuid"),
        "DayOfWeek" => runtime("DayOfWeek"),
        "HttpStatusCode" => runtime("HttpStatusCode"),
        // Any JSON.
        "Object" | "JsonElement" | "JsonNode" | "JsonObject" | "JsonArray" | "JsonValue" | "JsonDocument" => value(),
        _ => return None,
    })
}

/// Whether a type is a .NET value type, which always has a value.
pub(crate) fn is_value_type(ty: &Ty) -> bool {
    match ty {
        Ty::Std(name) => *name != "String",
        Ty::Runtime(name, _) => {
            !matches!(name.as_str(), "Value" | "Bytes" | "TextOrObject")
                && !name.starts_with("dto::")
                && !name.starts_with("Tuple")
        }
        _ => false,
    }
}

/// The wire form of a generic .NET type.
pub(crate) enum Generic {
    /// An array.
    List,
    /// An object whose members are the pairs.
    Map,
    /// An array of the second argument; the collection looks items up by the first.
    Keyed,
    /// The argument, or null.
    Nullable,
    /// The argument: `Task<T>`.
    Transparent,
    /// A runtime type with the same arguments.
    Runtime(String),
    /// A value tuple with this many items.
    ValueTuple(usize),
    /// Never serialized: delegates.
    Nothing,
    /// Serialized in an unknown form.
    Unknown,
}

/// Returns the wire form of a generic type from a `System*` namespace.
pub(crate) fn generic(name: &str, arity: usize) -> Generic {
    match (name, arity) {
        ("Nullable", 1) => Generic::Nullable,
        ("Task" | "ValueTask" | "Lazy", 1) => Generic::Transparent,
        ("KeyValuePair", 2) => Generic::Runtime("KeyValuePair".to_owned()),
        ("Tuple", 1..=7) => Generic::Runtime(format!("Tuple{arity}")),
        ("ValueTuple", 1..=7) => Generic::ValueTuple(arity),
        ("Func" | "Action" | "Predicate" | "EventHandler" | "Expression", _) => Generic::Nothing,
        // Structs are text on classic hosts and an array on others; a lookup is an array of groups. The rest are not collections, although
        // their names or namespaces suggest it.
        (
            "ImmutableArray" | "ReadOnlyMemory" | "Memory" | "ArraySegment" | "ILookup" | "Lookup" | "IGrouping"
            | "PriorityQueue" | "Comparer" | "IComparer" | "IEqualityComparer" | "EqualityComparer" | "IEnumerator",
            _,
        ) => Generic::Unknown,
        ("KeyedCollection", 2) => Generic::Keyed,
        (_, 1) => Generic::List,
        (_, 2) => Generic::Map,
        _ => Generic::Unknown,
    }
}

/// Whether a name ends like that of a .NET collection.
pub(crate) fn is_collection_name(name: &str) -> bool {
    ["List", "Collection", "Enumerable", "Set", "Queue", "Stack", "Dictionary", "Array", "Bag", "Queryable"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Returns the Rust type of a `NodaTime` type, as its serializers write it. If the namespace is not certain, only names that no other type
/// has are recognized.
pub(crate) fn noda_time(name: &str, is_certain: bool) -> Option<Ty> {
    match name {
        "Instant" | "LocalDateTime" => Some(runtime("DateTime")),
        "OffsetDateTime" => Some(runtime("DateTimeOffset")),
        "LocalDate" => Some(runtime("Date")),
        // Strings in special forms.
        "LocalTime" | "ZonedDateTime" | "OffsetDate" | "OffsetTime" | "YearMonth" | "AnnualDate" => {
            Some(Ty::Std("String"))
        }
        "Duration" | "Period" | "Offset" | "DateTimeZone" | "CalendarSystem" if is_certain => Some(Ty::Std("String")),
        _ => None,
    }
}

/// Whether members of this type are never serialized, although documents describe them.
pub(crate) fn is_never_serialized(name: &str) -> bool {
    matches!(name, "Stream" | "Action" | "Delegate" | "MulticastDelegate" | "CancellationToken")
}

/// Whether a type in namespace `ServiceStack.Web` is a file that is sent alongside the request.
pub(crate) fn is_file(name: &str) -> bool {
    matches!(name, "IHttpFile" | "HttpFile")
}

/// Whether a type in namespace `ServiceStack.Web` is the HTTP request or response itself, which is never serialized as a member.
pub(crate) fn is_http_message(name: &str) -> bool {
    matches!(name, "IRequest" | "IResponse" | "IHttpRequest" | "IHttpResponse")
}

/// Whether a response of this type is the raw body.
pub(crate) fn is_raw_answer(name: &str) -> bool {
    matches!(
        name,
        "Stream"
            | "MemoryStream"
            | "HttpResult"
            | "IHttpResult"
            | "HttpWebResponse"
            | "HttpResponseMessage"
            | "IStreamWriterAsync"
    )
}

/// Returns the runtime's version of a ServiceStack type that the runtime itself works with, by its name without arity.
pub(crate) fn runtime_dto(name: &str, arity: usize) -> Option<String> {
    const DTOS: [&str; 16] = [
        "AssignRoles",
        "AssignRolesResponse",
        "Authenticate",
        "AuthenticateResponse",
        "ConvertSessionToToken",
        "ConvertSessionToTokenResponse",
        "GetAccessToken",
        "GetAccessTokenResponse",
        "Register",
        "RegisterResponse",
        "ResponseError",
        "ResponseStatus",
        "UnAssignRoles",
        "UnAssignRolesResponse",
        "UpdateEventSubscriber",
        "UpdateEventSubscriberResponse",
    ];
    let is_known = match arity {
        0 => DTOS.contains(&name),
        1 => name == "QueryResponse",
        _ => false,
    };
    is_known.then(|| format!("dto::{name}"))
}

/// Whether a type that the runtime provides is the request or the response of one of the runtime's operations.
pub(crate) fn belongs_to_runtime_operation(name: &str) -> bool {
    !matches!(name, "ResponseError" | "ResponseStatus") && runtime_dto(name, 0).is_some()
}

/// Whether a described type is a ServiceStack marker interface, which has no wire form. Versions 5.11 to 6.8 describe them, and some of
/// these versions do not mark them as interfaces.
pub(crate) fn is_marker(definition: &Type) -> bool {
    is_service_stack(&definition.namespace)
        && (definition.is_interface || MARKERS.contains(&split_arity(&definition.name).0))
}

const MARKERS: [&str; 21] = [
    "IReturn",
    "IReturnVoid",
    "IVerb",
    "IGet",
    "IPost",
    "IPut",
    "IPatch",
    "IDelete",
    "IOptions",
    "IStream",
    "IMeta",
    "IHasSessionId",
    "IHasBearerToken",
    "IHasVersion",
    "IQuery",
    "IJoin",
    "ICreateDb",
    "IUpdateDb",
    "IPatchDb",
    "IDeleteDb",
    "ISaveDb",
];

/// Whether a namespace belongs to .NET.
pub(crate) fn is_system(namespace: &str) -> bool {
    namespace == "System" || namespace.starts_with("System.")
}

/// Whether a namespace is one of ServiceStack's. Services can have their own namespaces below `ServiceStack`.
pub(crate) fn is_service_stack(namespace: &str) -> bool {
    const NAMESPACES: [&str; 15] = [
        "ServiceStack",
        "ServiceStack.Admin",
        "ServiceStack.Api.OpenApi",
        "ServiceStack.Auth",
        "ServiceStack.Caching",
        "ServiceStack.Configuration",
        "ServiceStack.Data",
        "ServiceStack.IO",
        "ServiceStack.Jobs",
        "ServiceStack.Logging",
        "ServiceStack.Messaging",
        "ServiceStack.Model",
        "ServiceStack.NativeTypes",
        "ServiceStack.Redis",
        "ServiceStack.Web",
    ];
    NAMESPACES.contains(&namespace)
}

pub(crate) fn runtime(name: &str) -> Ty {
    Ty::Runtime(name.to_owned(), Vec::new())
}

/// Any JSON.
pub(crate) fn value() -> Ty {
    runtime("Value")
}
