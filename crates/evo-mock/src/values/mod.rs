//! Values of requests and responses.

pub(crate) mod convert;
pub(crate) mod csv;
pub(crate) mod dates;
pub(crate) mod durations;
pub(crate) mod json_reader;
pub(crate) mod json_writer;
pub(crate) mod jsv;
pub(crate) mod xml;

/// A value, before or after its type is known.
///
/// A converted value is canonical: members have their C# names, dates are ISO 8601 strings, durations are XSD strings, GUIDs have dashes,
/// and enum values are C# names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    Bool(bool),
    /// The digits of a number, so that a decimal keeps its scale.
    Number(String),
    Text(String),
    List(Vec<Value>),
    /// Members or pairs, in order.
    Object(Vec<(String, Value)>),
}

impl Value {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    #[expect(clippy::needless_pass_by_value, reason = "a number is small, or is not needed any more")]
    pub(crate) fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    pub(crate) fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// Returns the member with this name, ignoring case.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether the value contains `NaN` or an infinity.
    pub(crate) fn has_nan(&self) -> bool {
        match self {
            Self::Number(digits) => matches!(digits.as_str(), "NaN" | "Infinity" | "-Infinity"),
            Self::List(items) => items.iter().any(Self::has_nan),
            Self::Object(members) => members.iter().any(|(_, value)| value.has_nan()),
            _ => false,
        }
    }

    /// Returns the number as an integer.
    pub(crate) fn as_integer(&self) -> Option<i128> {
        let Self::Number(digits) = self else { return None };
        digits.parse().ok()
    }

    /// Converts the value for users of the crate. Numbers that JSON libraries cannot represent exactly become strings.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(flag) => (*flag).into(),
            Self::Number(digits) => serde_json::from_str(digits).unwrap_or_else(|_| digits.clone().into()),
            Self::Text(text) => text.clone().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// Converts a value from a user of the crate.
    pub(crate) fn from_json(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(flag) => Self::Bool(*flag),
            serde_json::Value::Number(number) => Self::Number(number.to_string()),
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Array(items) => Self::List(items.iter().map(Self::from_json).collect()),
            serde_json::Value::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::from_json(value))).collect())
            }
        }
    }
}
