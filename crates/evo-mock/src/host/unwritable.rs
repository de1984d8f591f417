//! Detects values that the serializer of a host cannot write as JSON (reference 3.1 to 3.3).

use crate::reply::Failure;
use crate::schema::{Schema, Shape, Type};
use crate::values::Value;

/// Returns why a response cannot be written; `None` if it can.
pub(super) fn unwritable(schema: &Schema, is_strict: bool, shape: &Shape, value: &Value) -> Option<Failure> {
    if is_strict {
        if value.has_nan() {
            let message = ".NET number values such as positive and negative infinity cannot be written as valid JSON.";
            return Some(Failure::new(400, "ArgumentException", message));
        }
        let class = find_clash(schema, shape, value)?;
        let message = format!("The JSON property name for '{class}' collides with another property.");
        return Some(Failure::new(200, "InvalidOperationException", message));
    }
    has_bad_null(schema, shape, value).then(|| {
        let message = "Object reference not set to an instance of an object.";
        Failure::new(500, "NullReferenceException", message)
    })
}

/// Finds a class whose members differ only in case, which `System.Text.Json` cannot use.
fn find_clash(schema: &Schema, shape: &Shape, value: &Value) -> Option<String> {
    if let (Some(record), Value::Object(_)) = (schema.record(shape), value)
        && record.has_clash()
    {
        return Some(record.name.clone());
    }
    inside(schema, shape, value).find_map(|(shape, value)| find_clash(schema, shape, value))
}

/// Whether a list contains a null that `ServiceStack.Text` fails to write: in place of a list of strings, a date or a time.
fn has_bad_null(schema: &Schema, shape: &Shape, value: &Value) -> bool {
    let is_bad_item = |item: &Shape| match item {
        Shape::List(inner) => **inner == Shape::Text,
        Shape::Nullable(inner) => matches!(**inner, Shape::Date | Shape::Time),
        _ => false,
    };
    match (shape, value) {
        (Shape::List(item), Value::List(items)) if is_bad_item(item) && items.iter().any(Value::is_null) => true,
        _ => inside(schema, shape, value).any(|(shape, value)| has_bad_null(schema, shape, value)),
    }
}

/// Returns the values directly inside a value, with their types.
fn inside<'a>(
    schema: &'a Schema,
    shape: &'a Shape,
    value: &'a Value,
) -> Box<dyn Iterator<Item = (&'a Shape, &'a Value)> + 'a> {
    match (shape, value) {
        (Shape::Nullable(inner), _) => Box::new(std::iter::once((&**inner, value))),
        (Shape::List(item), Value::List(items)) => Box::new(items.iter().map(move |value| (&**item, value))),
        (Shape::Map(_, item), Value::Object(pairs)) => Box::new(pairs.iter().map(move |(_, value)| (&**item, value))),
        (Shape::Defined(id), Value::Object(members)) => match schema.get(*id) {
            Type::Record(record) => Box::new(members.iter().filter_map(|(name, value)| {
                let member = record.members.iter().find(|member| member.name == *name)?;
                Some((&member.shape, value))
            })),
            _ => Box::new(std::iter::empty()),
        },
        (Shape::Defined(id), Value::List(_)) => match schema.get(*id) {
            Type::Alias(shape) => Box::new(std::iter::once((shape, value))),
            _ => Box::new(std::iter::empty()),
        },
        _ => Box::new(std::iter::empty()),
    }
}
