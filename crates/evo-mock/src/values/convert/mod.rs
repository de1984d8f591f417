//! Converts received values according to the type of their member, as servers do (reference, Appendix A).

mod containers;
mod defaults;
mod enums;
mod scalars;

pub(crate) use self::defaults::default_of;
use super::Value;
use crate::schema::{Schema, Shape, Type};

/// The form in which a value was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON read by `ServiceStack.Text`, which drops invalid values without an error.
    ClassicJson,
    /// JSON read by `System.Text.Json`, which rejects requests with invalid values.
    StrictJson,
    /// A value in a query, path or form, or in a JSV body. All hosts read it in the same way.
    Text,
}

/// A value that was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mismatch(pub(crate) String);

/// A converted value, or `None` if it is dropped without an error.
pub(crate) type Converted = Result<Option<Value>, Mismatch>;

pub(crate) struct Converter<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) form: Form,
}

impl Converter<'_> {
    /// Converts the value of an entire request, a member or an item.
    pub(crate) fn convert(&self, shape: &Shape, value: Value) -> Converted {
        if let Some(fault) = self.forbidden_type(shape, &value) {
            return Err(fault);
        }
        if value.is_null() {
            return match shape {
                Shape::Nullable(_) | Shape::Text | Shape::Any | Shape::Bytes | Shape::List(_) | Shape::Map(..) => {
                    Ok(None)
                }
                Shape::Defined(id) if !matches!(self.schema.get(*id), Type::Enum(_)) => Ok(None),
                _ if self.form == Form::StrictJson => self.mismatch("null"),
                _ => Ok(None),
            };
        }
        match shape {
            Shape::Nullable(inner) if self.is_empty_scalar(inner, &value) => Ok(None),
            Shape::Nullable(inner) => self.convert(inner, value),
            Shape::Bool => self.convert_bool(&value),
            Shape::Char => self.convert_char(&value),
            Shape::Integer { min, max } => self.convert_integer(&value, *min, *max),
            Shape::Float => self.convert_float(&value),
            Shape::Decimal => self.convert_decimal(&value),
            Shape::Text => self.convert_text(value),
            Shape::DateTime | Shape::DateTimeOffset => self.convert_date(&value, false),
            Shape::Date => self.convert_date(&value, true),
            Shape::Time => self.convert_span(&value, true),
            Shape::Span => self.convert_span(&value, false),
            Shape::Guid => self.convert_guid(&value),
            Shape::Bytes => self.convert_bytes(&value),
            Shape::Any => Ok(Some(value)),
            Shape::List(item) => self.convert_list(item, value),
            Shape::Map(key, item) => self.convert_map(key, item, value),
            Shape::Struct(inner) => self.convert_struct(inner, value),
            Shape::Tuple(inner) => self.convert_tuple(inner, value),
            Shape::Defined(id) => match self.schema.get(*id) {
                Type::Record(record) => self.convert_record(record, value),
                Type::Enum(own) => self.convert_enum(own, &value),
                Type::Alias(shape) => self.convert(shape, value),
                Type::Variants(variants) if variants.is_abstract => self.convert_abstract(&value),
                Type::Variants(variants) => match variants.base {
                    Some(base) => self.convert(&Shape::Defined(base), value),
                    None => Ok(Some(value)),
                },
                Type::Opaque => Ok(Some(value)),
            },
        }
    }

    /// Returns the error for a forbidden `__type` in a request: hosts refuse to instantiate a type that the sender specifies (reference
    /// 3.10).
    fn forbidden_type(&self, shape: &Shape, value: &Value) -> Option<Mismatch> {
        let Value::Object(members) = value else { return None };
        let named = members.first().and_then(full_type)?;
        let is_made = match shape {
            Shape::Any => self.form != Form::StrictJson,
            Shape::Defined(id) => match self.schema.get(*id) {
                Type::Record(_) => self.form != Form::StrictJson,
                Type::Variants(_) => true,
                _ => false,
            },
            _ => false,
        };
        // `ServiceStack.Text` instantiates a `[DataContract]` that the sender specifies.
        let is_allowed = self.form != Form::StrictJson && self.schema.is_data_contract(named);
        (is_made && !is_allowed).then(|| Mismatch("__type".to_owned()))
    }

    /// Returns the outcome for a value that servers reject, or drop without an error.
    fn mismatch(&self, text: &str) -> Converted {
        match self.form {
            Form::ClassicJson => Ok(None),
            Form::StrictJson | Form::Text => Err(Mismatch(text.to_owned())),
        }
    }

    fn reject(&self, value: &Value) -> Converted {
        match value {
            Value::Text(text) | Value::Number(text) => self.mismatch(text),
            Value::Bool(flag) => self.mismatch(&flag.to_string()),
            Value::List(_) => self.mismatch("a list"),
            Value::Object(_) => self.mismatch("an object"),
            Value::Null => self.mismatch("null"),
        }
    }

    /// Whether a value is an empty string for a nullable scalar, which is read as null outside `System.Text.Json`.
    fn is_empty_scalar(&self, shape: &Shape, value: &Value) -> bool {
        let is_scalar = !matches!(shape, Shape::Text | Shape::Bytes | Shape::Any | Shape::List(_) | Shape::Map(..));
        self.form != Form::StrictJson && is_scalar && *value == Value::text("")
    }
}

/// Returns the type in `"__type": "Ns.Dog, Asm"`. Hosts do not know short names.
fn full_type((name, value): &(String, Value)) -> Option<&str> {
    let Value::Text(text) = value else { return None };
    let named = text.split(',').next().unwrap_or_default().trim();
    (name == "__type" && named.contains('.')).then_some(named)
}
