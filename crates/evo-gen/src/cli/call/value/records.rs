//! Records with members that are known only at run time.

use std::borrow::Cow;

use evo_runtime::wire::{Decode, Encode, Map, Record, Shape, View};

use super::Value;

/// A record with the members of a class.
pub struct DynamicRecord {
    shape: &'static Shape,
    members: Vec<Value>,
}

impl DynamicRecord {
    /// Creates a record with a value for each member of the shape.
    pub fn new(shape: &'static Shape, members: Vec<Value>) -> Self {
        Self { shape, members }
    }

    /// Returns the values of the members, in the order of the shape.
    pub fn values(&self) -> &[Value] {
        &self.members
    }
}

impl Record for DynamicRecord {
    fn shape(&self) -> &'static Shape {
        self.shape
    }

    fn members(&self, visit: &mut dyn FnMut(&[&dyn Encode])) {
        let members: Vec<&dyn Encode> = self.members.iter().map(|member| member as &dyn Encode).collect();
        visit(&members);
    }

    // These records are only encoded.
    fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Decode])) {
        visit(&mut []);
    }
}

/// A record with the name of its class, which is encoded as `__type`.
pub struct Typed {
    class: String,
    record: DynamicRecord,
}

impl Typed {
    pub fn new(class: &str, record: DynamicRecord) -> Self {
        Self { class: class.to_owned(), record }
    }
}

impl Encode for Typed {
    fn view(&self) -> View<'_> {
        View::Typed(Cow::Borrowed(&self.class), Box::new(&self.record as &dyn Record))
    }
}

/// A record of an unknown class: the members of its base class, and the rest.
pub struct Other {
    base: DynamicRecord,
    rest: serde_json::Map<String, serde_json::Value>,
}

impl Other {
    pub fn new(base: DynamicRecord, rest: serde_json::Map<String, serde_json::Value>) -> Self {
        Self { base, rest }
    }
}

impl Encode for Other {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl Map for Other {
    fn has_members(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool) {
        let members = self.base.members.iter().enumerate().filter(|(_, member)| !member.is_unset());
        let mut members = members.map(|(index, member)| (self.base.shape.written_name(index), member));
        if members.all(|(name, member)| visit(name, member)) {
            self.rest.iter().all(|(name, value)| visit(name, value));
        }
    }
}
