//! The code behind [`variants!`](crate::variants): abstract classes and interfaces, whose runtime type is given by `__type`.

use std::borrow::Cow;

use serde_json::{Map as JsonMap, Value};

use crate::wire::buffered::BufferedMap;
use crate::wire::object::TYPE_MEMBER;
use crate::wire::{Decode, Encode, Input, Map, MapInput, ReadError, Record, Segment, View, read_members_and};

/// An object of a class that the client does not know or the server did not name: the members of the base class, and the rest as received.
///
/// System.Text.Json writes no `__type` and only the members of the declared class, so all values from such a server are of this type. It is
/// written without `__type` unless it is in a `typed` [`variants!`](crate::variants), because servers refuse types that they do not allow
/// explicitly.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Other<B> {
    /// The full name of the class without its assembly, if the server wrote one.
    pub type_name: Option<String>,
    /// The assembly of the class, if the server wrote one after its name.
    pub assembly: Option<String>,
    /// The members of the base class.
    pub base: B,
    /// The members that the base class does not have.
    pub rest: JsonMap<String, Value>,
}

impl<B: Default> Other<B> {
    /// Creates an empty value of a class from its full name, with or without the assembly.
    #[must_use]
    pub fn of_type(type_name: Option<&str>) -> Self {
        let mut other = Self::default();
        if let Some(type_name) = type_name {
            other.set_type(type_name);
        }
        other
    }
}

impl<B> Other<B> {
    /// Returns the name of the class as in `__type`: with the assembly, if known.
    #[must_use]
    pub fn qualified_name(&self) -> Option<Cow<'_, str>> {
        self.type_name.as_deref().map(|name| qualified(name, self.assembly.as_deref().as_slice()))
    }

    fn set_type(&mut self, qualified: &str) {
        let (name, assembly) = split_assembly(qualified);
        self.type_name = Some(name.to_owned());
        self.assembly = assembly.map(str::to_owned);
    }
}

/// The name of a class with its assembly, if there is one, as in `__type`.
#[must_use]
pub fn qualified<'a>(name: &'a str, assembly: &[&str]) -> Cow<'a, str> {
    match assembly.first() {
        Some(assembly) => Cow::Owned(format!("{name}, {assembly}")),
        None => Cow::Borrowed(name),
    }
}

impl<B: Record> Encode for Other<B> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<B: Record> Decode for Other<B> {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let map = match input {
            Input::Null => {
                self.absent();
                return Ok(false);
            }
            Input::Map(map) => map,
            other => return Err(other.unexpected("an object")),
        };
        let class = read_class_members(&mut self.base, &mut self.rest, map)?;
        if let (None, Some(class)) = (&self.type_name, class) {
            self.set_type(&class);
        }
        Ok(true)
    }

    fn absent(&mut self) {
        self.base.absent();
    }
}

/// Reads the members of a base class, and the rest. Returns the class, if it is named.
fn read_class_members(
    base: &mut dyn Record,
    rest: &mut JsonMap<String, Value>,
    map: &mut dyn MapInput,
) -> Result<Option<String>, ReadError> {
    let mut class = None;
    let mut unknown = |name: &str, value: Value| match value {
        Value::String(text) if name == TYPE_MEMBER => {
            class.get_or_insert(text);
        }
        _ if name == TYPE_MEMBER => {}
        value => {
            rest.entry(name).or_insert(value);
        }
    };
    read_members_and(base, map, Some(&mut unknown))?;
    Ok(class)
}

impl<B: Record> Map for Other<B> {
    fn has_members(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool) {
        if each_member(&self.base, visit) {
            self.rest.each(visit);
        }
    }
}

/// Visits each member that is set. Returns whether the visitor wants more.
fn each_member(base: &dyn Record, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool) -> bool {
    let shape = base.shape();
    let mut goes_on = true;
    base.members(&mut |members| {
        for (index, member) in members.iter().enumerate().filter(|(_, member)| !member.is_unset()) {
            goes_on = goes_on && visit(shape.written_name(index), *member);
        }
    });
    goes_on
}

impl<B: Record> serde::Serialize for Other<B> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::wire::bridge::write(self, serializer)
    }
}

impl<'de, B: Record + Default> serde::Deserialize<'de> for Other<B> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::wire::bridge::read(deserializer)
    }
}

/// An enum over the known subclasses of a class. Implemented by [`variants!`](crate::variants).
pub trait Variants {
    /// Becomes an empty value of the class with this full name, without the assembly; `None` if the server named no class. `qualified` is
    /// the name with the assembly.
    fn choose(&mut self, type_name: Option<&str>, qualified: Option<&str>);

    /// The content of the variant.
    fn content(&self) -> &dyn Encode;

    /// The content of the variant, to read into.
    fn content_mut(&mut self) -> &mut dyn Decode;

    /// The name of the class as in `__type`, if it is to be written.
    fn class(&self) -> Option<Cow<'_, str>> {
        None
    }
}

/// The value as it is written.
#[must_use]
pub fn view(variants: &dyn Variants) -> View<'_> {
    match variants.class() {
        Some(class) => View::Typed(class, Box::new(variants.content())),
        None => variants.content().view(),
    }
}

/// Reads an object as the class that its `__type` names, wherever that appears among the members.
///
/// # Errors
///
/// If the input is not an object, or the value of a member cannot be read.
pub fn read(variants: &mut dyn Variants, input: Input<'_>) -> Result<bool, ReadError> {
    let map = match input {
        Input::Null => {
            variants.content_mut().absent();
            return Ok(false);
        }
        Input::Map(map) => map,
        other => return Err(other.unexpected("an object")),
    };
    let mut key = String::new();
    if !map.key(&mut |text| text.clone_into(&mut key))? {
        variants.choose(None, None);
        variants.content_mut().absent();
        return Ok(true);
    }
    if key == TYPE_MEMBER {
        // ServiceStack.Text writes it first, so nothing has to be buffered.
        let mut name = None::<String>;
        map.value(&mut name).map_err(|error| error.within(Segment::Member(key)))?;
        return read_class(variants, name.as_deref(), map);
    }
    let mut buffered = BufferedMap::read_from(key, map)?;
    let name = buffered.text(TYPE_MEMBER).map(str::to_owned);
    read_class(variants, name.as_deref(), &mut buffered)
}

fn read_class(variants: &mut dyn Variants, name: Option<&str>, map: &mut dyn MapInput) -> Result<bool, ReadError> {
    variants.choose(name.map(|name| split_assembly(name).0), name);
    variants.content_mut().read(Input::Map(map))
}

/// The full name of a class and its assembly: the parts before and after the comma that is outside the arguments of a generic class.
fn split_assembly(qualified: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    let end = qualified.find(|c: char| match c {
        '[' => {
            depth += 1;
            false
        }
        ']' => {
            depth = depth.saturating_sub(1);
            false
        }
        ',' => depth == 0,
        _ => false,
    });
    match end.and_then(|end| qualified.split_at_checked(end)) {
        Some((name, assembly)) => (name.trim(), Some(assembly.trim_start_matches(',').trim())),
        None => (qualified.trim(), None),
    }
}
