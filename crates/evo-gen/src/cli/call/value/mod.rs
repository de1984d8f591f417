//! Typed values: converts values from the command line so that the runtime encodes them exactly like generated types.

mod enums;
mod files;
mod keys;
mod records;
mod rust_types;
mod scalars;

use evo_runtime::wire::{Encode, ReadError, View};

pub use self::files::read_bytes;
pub use self::records::DynamicRecord;
use self::records::{Other, Typed};
use super::kinds::{Class, Field, Kind, Types};
use super::untyped::UntypedValue;
use crate::Error;
use crate::api::{Ty, Variants};
use crate::config::did_you_mean;

/// A value of a type that is known at run time.
pub struct Value(Box<dyn Encode>);

impl Value {
    fn new(value: impl Encode + 'static) -> Self {
        Self(Box::new(value))
    }
}

impl Encode for Value {
    fn view(&self) -> View<'_> {
        self.0.view()
    }

    fn is_unset(&self) -> bool {
        self.0.is_unset()
    }
}

/// The place of a value in the request.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The path in the syntax of arguments: `lines[0].sku`.
    path: String,
    /// Whether messages must not show the value.
    is_secret: bool,
}

impl Place {
    /// Returns the path, in the names of the service. It is empty for the request itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the place of a member of the value.
    pub fn member(&self, field: &Field) -> Self {
        Self { is_secret: self.is_secret || field.is_secret, ..self.inside(&field.shown_name()) }
    }

    /// Returns the place of an entry of the map.
    pub fn key(&self, key: &str) -> Self {
        let is_plain = !key.is_empty() && key.chars().all(|char| char.is_alphanumeric() || "_-:".contains(char));
        if is_plain { self.inside(key) } else { Self { path: format!("{}[{key:?}]", self.path), ..*self } }
    }

    /// Returns the place of an item of the list.
    pub fn item(&self, index: usize) -> Self {
        Self { path: format!("{}[{index}]", self.path), ..*self }
    }

    fn inside(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { path: format!("{}{dot}{name}", self.path), ..*self }
    }

    /// Returns the error for a value at this place.
    pub fn error(&self, message: &str) -> Error {
        let message = if self.is_secret { "the value is invalid (it is a secret and not shown)" } else { message };
        match self.path.as_str() {
            "" => Error::usage(format!("the request: {message}")),
            path => Error::usage(format!("`{path}`: {message}")),
        }
    }

    fn read_error(&self, error: &ReadError) -> Error {
        self.error(error.message())
    }

    /// Returns the error for a name that is not a member of the class.
    pub fn unknown_member(&self, name: &str, class: &Class<'_>) -> Error {
        let known: Vec<String> = class.fields.iter().map(Field::shown_name).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let of = match self.path.as_str() {
            "" => class.name.clone(),
            path => format!("`{path}` ({})", class.name),
        };
        let error = Error::usage(format!("{of} has no member `{name}`"));
        if known.is_empty() { error.help("it has no members") } else { error.help(did_you_mean(name, &known)) }
    }
}

/// Converts values from the command line to typed ones.
pub struct Converter<'a> {
    pub types: &'a Types<'a>,
    /// Whether unknown enum names are sent as they are.
    pub is_lenient: bool,
}

impl Converter<'_> {
    /// Converts a value to a type without unbound parameters.
    pub fn value(&self, untyped: &UntypedValue, ty: &Ty, place: &Place) -> Result<Value, Error> {
        if *untyped == UntypedValue::Null {
            return Ok(self.unset(ty));
        }
        let kind = self.types.kind(ty);
        // For strings, `null` is a word like any other.
        let is_text =
            matches!(&kind, Kind::Any | Kind::TextOr(_)) || matches!(&kind, Kind::Scalar(name) if name == "String");
        if matches!(untyped, UntypedValue::Word(word) if word == "null") && !is_text {
            return Ok(self.unset(ty));
        }
        match kind {
            Kind::Any => Ok(Value::new(untyped.to_value())),
            Kind::Scalar(name) => scalars::read(&name, untyped, place),
            Kind::Choice(choice) => enums::choice(choice, untyped, self.is_lenient, place),
            Kind::Flags(flags) => enums::flags(flags, untyped, place),
            Kind::List(item) => self.list(untyped, &item, place),
            Kind::Map(key, value) => self.map(untyped, &key, &value, place),
            Kind::Class(class) => self.record(untyped, &class, place).map(Value::new),
            Kind::Variants(variants) => self.variant(untyped, variants, place),
            Kind::TextOr(object) => match untyped {
                UntypedValue::Word(word) => match UntypedValue::from_word(word) {
                    Some(untyped) => self.value(&untyped, &object, place),
                    None => Ok(Value::new(word.clone())),
                },
                UntypedValue::Text(text) => Ok(Value::new(text.clone())),
                untyped => self.value(untyped, &object, place),
            },
        }
    }

    /// Returns the items of a list, which are separated by commas in an argument.
    pub fn items(untyped: &UntypedValue, place: &Place) -> Result<Vec<UntypedValue>, Error> {
        match untyped {
            UntypedValue::Null => Ok(Vec::new()),
            UntypedValue::List(items) => Ok(items.clone()),
            UntypedValue::Word(word) => match UntypedValue::from_word(word) {
                Some(UntypedValue::List(items)) => Ok(items),
                Some(object) => Ok(vec![object]),
                None if word.is_empty() => Ok(Vec::new()),
                None => Ok(word.split(',').map(|item| UntypedValue::Word(item.trim().to_owned())).collect()),
            },
            other => Err(place.error(&format!("expected a list, found {}", other.kind()))),
        }
    }

    fn list(&self, untyped: &UntypedValue, ty: &Ty, place: &Place) -> Result<Value, Error> {
        let items = Self::items(untyped, place)?;
        let values = items.iter().enumerate().map(|(index, item)| self.value(item, ty, &place.item(index)));
        Ok(Value::new(values.collect::<Result<Vec<Value>, Error>>()?))
    }

    /// Returns the members or entries of an object.
    pub fn pairs(untyped: &UntypedValue, place: &Place) -> Result<Vec<(String, UntypedValue)>, Error> {
        match untyped {
            UntypedValue::Null => Ok(Vec::new()),
            UntypedValue::Object(pairs) => Ok(pairs.clone()),
            UntypedValue::Word(word) => match UntypedValue::from_word(word) {
                Some(UntypedValue::Object(pairs)) => Ok(pairs),
                _ => {
                    Err(place.error("expected an object as JSON, or its members one by one as in `member.name=value`"))
                }
            },
            other => Err(place.error(&format!("expected an object, found {}", other.kind()))),
        }
    }

    fn map(&self, untyped: &UntypedValue, key: &Ty, value: &Ty, place: &Place) -> Result<Value, Error> {
        let pairs = Self::pairs(untyped, place)?;
        let values = pairs.into_iter().map(|(name, untyped)| {
            let value = self.value(&untyped, value, &place.key(&name))?;
            Ok((name, value))
        });
        let values = values.collect::<Result<Vec<_>, Error>>()?;
        keys::map(&self.types.kind(key), values).map_err(|error| place.read_error(&error))
    }

    /// Converts an object to a class. Absent members are unset.
    pub fn record(&self, untyped: &UntypedValue, class: &Class<'_>, place: &Place) -> Result<DynamicRecord, Error> {
        let mut members: Vec<Option<Value>> = class.fields.iter().map(|_| None).collect();
        for (name, untyped) in Self::pairs(untyped, place)? {
            let index = class.find(&name).ok_or_else(|| place.unknown_member(&name, class))?;
            // Like servers, this uses the first of two members with the same name.
            if let (Some(field), Some(member @ None)) = (class.fields.get(index), members.get_mut(index)) {
                *member = Some(self.value(&untyped, &field.ty, &place.member(field))?);
            }
        }
        let members = members.into_iter().zip(&class.fields);
        let members = members.map(|(member, field)| member.unwrap_or_else(|| self.unset(&field.ty))).collect();
        Ok(DynamicRecord::new(self.types.shape(class), members))
    }

    /// Converts an object to the class that its `__type` specifies.
    fn variant(&self, untyped: &UntypedValue, variants: &Variants, place: &Place) -> Result<Value, Error> {
        let mut pairs = Self::pairs(untyped, place)?;
        let stated = pairs.iter().position(|(name, _)| name == "__type").map(|index| pairs.remove(index).1);
        let stated = match &stated {
            Some(UntypedValue::Text(name) | UntypedValue::Word(name)) => {
                Some(name.split(',').next().unwrap_or(name).trim())
            }
            Some(other) => return Err(place.error(&format!("`__type` is {}, not a name", other.kind()))),
            None => None,
        };
        let names: Vec<&str> = variants.variants.iter().map(|variant| variant.dotnet.as_str()).collect();
        let index = match stated {
            None => variants.base.untyped,
            Some(name) => names.iter().position(|own| *own == name).or_else(|| {
                names
                    .iter()
                    .position(|own| own.rsplit(['.', '+']).next().is_some_and(|own| own.eq_ignore_ascii_case(name)))
            }),
        };
        let Some((index, variant)) = index.and_then(|index| Some((index, variants.variants.get(index)?))) else {
            return match stated.filter(|_| !names.is_empty()) {
                Some(name) => {
                    let error = place.error(&format!("the class `{name}` is not allowed here"));
                    Err(error.help(format!("expected one of `{}`", names.join("`, `"))))
                }
                None => self.other(pairs, variants, place).map(Value::new),
            };
        };
        let Kind::Class(class) = self.types.kind(&Ty::Item(variant.item, Vec::new())) else {
            return Ok(Value::new(untyped.to_value()));
        };
        let record = self.record(&UntypedValue::Object(pairs), &class, place)?;
        let is_named = variants.is_typed && variants.base.untyped != Some(index);
        Ok(if is_named { Value::new(Typed::new(&variant.dotnet, record)) } else { Value::new(record) })
    }

    /// Converts an object of an unknown class, which has the members of the base class and any others.
    fn other(&self, pairs: Vec<(String, UntypedValue)>, variants: &Variants, place: &Place) -> Result<Other, Error> {
        let Kind::Class(base) = self.types.kind(&Ty::Item(variants.base.item, Vec::new())) else {
            return Err(place.error("the class of the value is unknown"));
        };
        let (own, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| base.find(name).is_some());
        let rest = rest.into_iter().map(|(name, untyped)| (name, untyped.to_value())).collect();
        Ok(Other::new(self.record(&UntypedValue::Object(own), &base, place)?, rest))
    }

    /// Returns the value of an absent member: unset for an `Option`, otherwise the default of the Rust type.
    pub fn unset(&self, ty: &Ty) -> Value {
        if let Ty::Option(_) = ty {
            return Value::new(None::<String>);
        }
        match self.types.kind(ty) {
            Kind::Any => Value::new(serde_json::Value::Null),
            Kind::Scalar(name) => scalars::default(&name),
            Kind::Choice(choice) => enums::first(choice),
            Kind::Flags(flags) => enums::none(flags),
            Kind::List(_) => Value::new(Vec::<Value>::new()),
            Kind::Map(..) => Value::new(std::collections::BTreeMap::<String, Value>::new()),
            Kind::Class(class) => Value::new(self.empty(&class)),
            Kind::TextOr(_) => Value::new(String::new()),
            Kind::Variants(variants) => match self.types.kind(&Ty::Item(variants.untyped_class(), Vec::new())) {
                Kind::Class(class) => Value::new(self.empty(&class)),
                _ => Value::new(serde_json::Value::Null),
            },
        }
    }

    fn empty(&self, class: &Class<'_>) -> DynamicRecord {
        let members = class.fields.iter().map(|field| self.unset(&field.ty)).collect();
        DynamicRecord::new(self.types.shape(class), members)
    }
}
