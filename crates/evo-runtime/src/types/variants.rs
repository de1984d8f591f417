//! What is behind [`variants!`](crate::variants): abstract classes and interfaces, whose runtime type `__type` names.

use serde_json::{Map as JsonMap, Value};

use super::buffered::BufferedMap;
use crate::wire::value::TYPE_MEMBER;
use crate::wire::{Input, Map, MapInput, ReadError, Record, Segment, View, Wire, read_members_and};

/// A class that the client does not know, or that the server did not name: the members of the base class, and the rest
/// as it came.
///
/// System.Text.Json writes no `__type` and only the members of the declared class, so from such a server every value is
/// one of these. Written without `__type`: servers refuse types that they did not allow.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Other<B> {
    /// The full name of the class without its assembly, where the server wrote one.
    pub type_name: Option<String>,
    /// The members of the base class.
    pub base: B,
    /// The members that the base class does not have.
    pub rest: JsonMap<String, Value>,
}

impl<B: Default> Other<B> {
    /// An empty value of a class.
    #[must_use]
    pub fn of_type(type_name: Option<&str>) -> Self {
        Self { type_name: type_name.map(str::to_owned), ..Self::default() }
    }
}

impl<B: Record> Wire for Other<B> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        let map = match input {
            Input::Null => return Ok(()),
            Input::Map(map) => map,
            other => return Err(other.unexpected("an object")),
        };
        let Self { type_name, base, rest } = self;
        let mut unknown = |name: &str, value: Value| match value {
            Value::String(text) if name == TYPE_MEMBER => {
                type_name.get_or_insert_with(|| class_name(&text).to_owned());
            }
            _ if name == TYPE_MEMBER => {}
            value => {
                rest.entry(name).or_insert(value);
            }
        };
        read_members_and(base, map, Some(&mut unknown))
    }
}

impl<B: Record> Map for Other<B> {
    fn len(&self) -> usize {
        let mut set = 0;
        self.base.members(&mut |members| set = members.iter().filter(|member| !member.is_unset()).count());
        set + Map::len(&self.rest)
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Wire) -> bool) {
        let shape = self.base.shape();
        let mut goes_on = true;
        self.base.members(&mut |members| {
            for (index, member) in members.iter().enumerate().filter(|(_, member)| !member.is_unset()) {
                goes_on = goes_on && visit(shape.written_name(index), *member);
            }
        });
        if goes_on {
            self.rest.each(visit);
        }
    }
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

/// An enum of the known subclasses of a class; implemented by [`variants!`](crate::variants).
pub trait Variants {
    /// Becomes an empty value of the class of this full name, without the assembly; without a name the server named
    /// none.
    fn choose(&mut self, type_name: Option<&str>);

    /// What the variant holds.
    fn content(&self) -> &dyn Wire;

    /// What the variant holds, to be read.
    fn content_mut(&mut self) -> &mut dyn Wire;
}

/// Reads an object as the class that its `__type` names, wherever that stands among the members.
///
/// # Errors
///
/// When the input is no object, or a member does not take its value.
pub fn read(variants: &mut dyn Variants, input: Input<'_>) -> Result<(), ReadError> {
    let map = match input {
        Input::Null => return Ok(()),
        Input::Map(map) => map,
        other => return Err(other.unexpected("an object")),
    };
    let mut key = String::new();
    if !map.key(&mut |text| text.clone_into(&mut key))? {
        variants.choose(None);
        return Ok(());
    }
    if key == TYPE_MEMBER {
        // ServiceStack.Text writes it first: nothing has to be kept.
        let mut name = None::<String>;
        map.value(&mut name).map_err(|error| error.within(Segment::Member(key)))?;
        return read_class(variants, name.as_deref(), map);
    }
    let mut buffered = BufferedMap::read_from(key, map)?;
    let name = buffered.text(TYPE_MEMBER).map(str::to_owned);
    read_class(variants, name.as_deref(), &mut buffered)
}

fn read_class(variants: &mut dyn Variants, name: Option<&str>, map: &mut dyn MapInput) -> Result<(), ReadError> {
    variants.choose(name.map(class_name));
    variants.content_mut().read(Input::Map(map))
}

/// The full name of a class without its assembly: what stands before the comma, unless that is one between the
/// arguments of a generic class.
fn class_name(qualified: &str) -> &str {
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
    end.and_then(|end| qualified.get(..end)).unwrap_or(qualified).trim()
}
