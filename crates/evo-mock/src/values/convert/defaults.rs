//! Default values of .NET types.

use crate::schema::{Schema, Shape, Type};
use crate::values::Value;

/// Returns the default of a type.
pub(crate) fn default_of(schema: &Schema, shape: &Shape) -> Value {
    match shape {
        Shape::Bool => Value::Bool(false),
        Shape::Char => Value::text("\0"),
        Shape::Integer { .. } | Shape::Float | Shape::Decimal => Value::number(0),
        Shape::DateTime => Value::text("0001-01-01T00:00:00"),
        Shape::DateTimeOffset => Value::text("0001-01-01T00:00:00Z"),
        Shape::Date => Value::text("0001-01-01"),
        Shape::Time | Shape::Span => Value::text("PT0S"),
        Shape::Guid => Value::text("00000000-0000-0000-0000-000000000000"),
        Shape::Defined(id) => match schema.get(*id) {
            Type::Enum(own) => match own.members.iter().find(|member| member.value == Some(0)) {
                Some(member) if !own.is_number => Value::text(member.name.as_str()),
                _ => Value::number(0),
            },
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}
