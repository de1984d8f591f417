//! Names of types in C# syntax.

use std::fmt;

use super::{Part, Route, Schema, Segment, Shape, Type};

impl Schema {
    /// Returns the C# name of a type, such as `int?` or `List<string>`.
    pub(crate) fn type_name(&self, shape: &Shape) -> String {
        let name = match shape {
            Shape::Bool => "bool",
            Shape::Char => "char",
            Shape::Integer { min, max } => integer_name(*min, *max),
            Shape::Float => "double",
            Shape::Decimal => "decimal",
            Shape::Text => "string",
            Shape::DateTime => "DateTime",
            Shape::DateTimeOffset => "DateTimeOffset",
            Shape::Date => "DateOnly",
            Shape::Time => "TimeOnly",
            Shape::Span => "TimeSpan",
            Shape::Guid => "Guid",
            Shape::Bytes => "byte[]",
            Shape::Any => "object",
            Shape::List(item) => return format!("List<{}>", self.type_name(item)),
            Shape::Map(key, value) => return format!("Dictionary<{}, {}>", self.type_name(key), self.type_name(value)),
            Shape::Struct(inner) | Shape::Tuple(inner) | Shape::Nullable(inner) => return self.type_name(inner),
            Shape::Defined(id) => match self.get(*id) {
                Type::Record(record) => &record.name,
                Type::Enum(own) => &own.name,
                Type::Alias(shape) => return self.type_name(shape),
                Type::Variants(variants) => match variants.base {
                    Some(base) => return self.type_name(&Shape::Defined(base)),
                    None => "object",
                },
                Type::Opaque => "object",
            },
        };
        if name.is_empty() { "object".to_owned() } else { name.to_owned() }
    }
}

fn integer_name(min: i128, max: i128) -> &'static str {
    let names = [
        (i8::MIN.into(), i8::MAX.into(), "sbyte"),
        (0, u8::MAX.into(), "byte"),
        (i16::MIN.into(), i16::MAX.into(), "short"),
        (0, u16::MAX.into(), "ushort"),
        (i32::MIN.into(), i32::MAX.into(), "int"),
        (0, u32::MAX.into(), "uint"),
        (i64::MIN.into(), i64::MAX.into(), "long"),
        (0, u64::MAX.into(), "ulong"),
    ];
    let own = names.into_iter().find(|(low, high, _): &(i128, i128, _)| (*low, *high) == (min, max));
    own.map_or("long", |(_, _, name)| name)
}

impl fmt::Display for Route {
    /// Formats the route as `GET, POST /sessions/{Id}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verbs = if self.verbs.is_empty() { "ANY".to_owned() } else { self.verbs.join(", ") };
        write!(f, "{verbs} /")?;
        for (index, segment) in self.segments.iter().enumerate() {
            if index > 0 {
                f.write_str("/")?;
            }
            match segment {
                Segment::Tail(name) => write!(f, "{{{name}*}}")?,
                Segment::Parts(parts) => {
                    for part in parts {
                        match part {
                            Part::Literal(text) => f.write_str(text)?,
                            Part::Variable(name) => write!(f, "{{{name}}}")?,
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Splits the name of a member into words: `ArtistId` becomes `Artist Id`.
pub(crate) fn split_words(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (index, c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index));
        let after = chars.get(index + 1);
        let is_lower = |c: Option<&char>| c.is_some_and(|c| !c.is_uppercase());
        let begins_word = index > 0 && c.is_uppercase() && (is_lower(before) || is_lower(after));
        if begins_word {
            words.push(' ');
        }
        words.push(*c);
    }
    words.trim().to_owned()
}
