//! ServiceStack's error responses: <https://docs.servicestack.net/error-handling>.

use std::collections::BTreeMap;
use std::fmt;

use crate::record;

/// The error in a response.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ResponseStatus {
    /// The exception class, the code of the first violated rule, or a code defined by the service.
    pub error_code: Option<String>,
    /// The error message.
    pub message: Option<String>,
    /// The stack trace, from hosts in debug mode.
    pub stack_trace: Option<String>,
    /// The errors of individual members.
    pub errors: Option<Vec<ResponseError>>,
    /// Additional details. Every host keeps the case of the keys.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(ResponseStatus {
    error_code: "ErrorCode",
    message: "Message",
    stack_trace: "StackTrace",
    errors: "Errors",
    meta: "Meta"
});

/// The error of an individual member.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ResponseError {
    /// The code of the violated rule.
    pub error_code: Option<String>,
    /// The C# name of the member, or the name as sent if it could not be bound.
    pub field_name: Option<String>,
    /// The error message.
    pub message: Option<String>,
    /// The parameters of the rule. Every host keeps the case of the keys. Null parameters are empty.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(ResponseError { error_code: "ErrorCode", field_name: "FieldName", message: "Message", meta: "Meta" });

/// Omits the rejected value, which may be a password.
impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value): (&String, &String)| {
            let is_value = name.eq_ignore_ascii_case("PropertyValue") && !value.is_empty();
            (name.clone(), if is_value { "<value>".to_owned() } else { value.clone() })
        };
        f.debug_struct("ResponseError")
            .field("error_code", &self.error_code)
            .field("field_name", &self.field_name)
            .field("message", &self.message)
            .field("meta", &self.meta.as_ref().map(|meta| meta.iter().map(shown).collect::<BTreeMap<_, _>>()))
            .finish()
    }
}
