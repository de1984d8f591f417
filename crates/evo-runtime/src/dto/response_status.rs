//! How ServiceStack says what went wrong: <https://docs.servicestack.net/error-handling>.

use std::collections::BTreeMap;
use std::fmt;

use crate::record;

/// The error part of a response.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ResponseStatus {
    /// The class of the exception, the code of the first rule that failed, or a code of the service's own.
    pub error_code: Option<String>,
    /// What went wrong.
    pub message: Option<String>,
    /// Where it went wrong, from hosts in debug mode.
    pub stack_trace: Option<String>,
    /// The errors of single members.
    pub errors: Option<Vec<ResponseError>>,
    /// More about it; keys keep their case on every host.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(ResponseStatus {
    error_code: "ErrorCode",
    message: "Message",
    stack_trace: "StackTrace",
    errors: "Errors",
    meta: "Meta"
});

/// The error of one member.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ResponseError {
    /// The code of the rule that failed.
    pub error_code: Option<String>,
    /// The C# name of the member, or the name that was sent if it could not be bound.
    pub field_name: Option<String>,
    /// What is wrong.
    pub message: Option<String>,
    /// The parameters of the rule; keys keep their case on every host. A parameter that is null is empty.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(ResponseError { error_code: "ErrorCode", field_name: "FieldName", message: "Message", meta: "Meta" });

/// Without the value that was refused, which may be a password.
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
