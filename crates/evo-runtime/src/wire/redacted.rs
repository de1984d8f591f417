//! Values without their secrets, for logs, `Debug` and messages.

use std::fmt;

use super::{Decode, Encode, List, Map, Record, Shape, View};

/// The text shown in place of a secret value.
pub const SECRET: &str = "<secret>";

/// A value that is safe to show: secret members of records, at any depth, are replaced by the text [`SECRET`].
///
/// ```
/// use evo_runtime::record;
/// use evo_runtime::wire::{Redacted, json};
///
/// #[derive(Clone, PartialEq, Default)]
/// struct Login { user_name: Option<String>, password: Option<String> }
/// record!(Login { user_name: "UserName", password: secret "Password" });
///
/// let logins = vec![Login { user_name: Some("ada".to_owned()), password: Some("p4ss".to_owned()) }, Login::default()];
/// assert_eq!(json::to_string(&Redacted::new(&logins))?, r#"[{"userName":"ada","password":"<secret>"},{}]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Redacted<'a> {
    value: &'a dyn Encode,
    is_secret: bool,
}

impl<'a> Redacted<'a> {
    /// Wraps a value that may contain secrets.
    #[must_use]
    pub fn new(value: &'a dyn Encode) -> Self {
        Self { value, is_secret: false }
    }

    /// Wraps a value that is secret as a whole.
    #[must_use]
    pub fn secret(value: &'a dyn Encode) -> Self {
        Self { value, is_secret: true }
    }
}

/// Whether a secret member is set, at any depth.
#[must_use]
pub fn has_secrets(value: &dyn Encode) -> bool {
    let mut found = false;
    match value.view() {
        View::Typed(_, content) | View::Made(content) => found = has_secrets(&*content),
        View::Record(record) => record.members(&mut |members| {
            let mut members = record.shape().members().iter().zip(members);
            found = members.any(|(shape, member)| !member.is_unset() && (shape.secret || has_secrets(*member)));
        }),
        View::List(list) => list.each(&mut |item| {
            found = has_secrets(item);
            !found
        }),
        View::Map(map) => map.each(&mut |_, value| {
            found = has_secrets(value);
            !found
        }),
        _ => {}
    }
    found
}

/// `None` if there is no value, [`SECRET`] for a secret, and JSON for any other value.
impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_secret, self.is_unset()) {
            (_, true) => f.write_str("None"),
            (true, false) => f.write_str(SECRET),
            (false, false) => f.write_str(&super::json::to_string(self).map_err(|_| fmt::Error)?),
        }
    }
}

impl Encode for Redacted<'_> {
    fn view(&self) -> View<'_> {
        if self.is_secret && !self.is_unset() {
            return View::Str(SECRET);
        }
        match self.value.view() {
            View::List(_) => View::List(self),
            View::Map(_) => View::Map(self),
            View::Record(record) => View::Made(Box::new(RedactedRecord(record))),
            View::Typed(class, content) => View::Typed(class, Box::new(OwnedRedacted(content))),
            View::Made(content) => View::Made(Box::new(OwnedRedacted(content))),
            scalar => scalar,
        }
    }

    fn is_unset(&self) -> bool {
        self.value.is_unset()
    }
}

impl List for Redacted<'_> {
    fn len(&self) -> usize {
        if let View::List(list) = self.value.view() { list.len() } else { 0 }
    }

    fn each(&self, visit: &mut dyn FnMut(&dyn Encode) -> bool) {
        if let View::List(list) = self.value.view() {
            list.each(&mut |item| visit(&Redacted::new(item)));
        }
    }
}

impl Map for Redacted<'_> {
    fn has_members(&self) -> bool {
        matches!(self.value.view(), View::Map(map) if map.has_members())
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool) {
        if let View::Map(map) = self.value.view() {
            map.each(&mut |key, value| visit(key, &Redacted::new(value)));
        }
    }
}

/// A record that is safe to show, like [`Redacted`].
pub struct RedactedRecord<'a>(pub &'a dyn Record);

impl Record for RedactedRecord<'_> {
    fn shape(&self) -> &'static Shape {
        self.0.shape()
    }

    fn members(&self, visit: &mut dyn FnMut(&[&dyn Encode])) {
        self.0.members(&mut |members| {
            let members = self.shape().members().iter().zip(members);
            let members: Vec<_> =
                members.map(|(shape, member)| Redacted { value: *member, is_secret: shape.secret }).collect();
            let members: Vec<&dyn Encode> = members.iter().map(|member| member as &dyn Encode).collect();
            visit(&members);
        });
    }

    fn members_mut(&mut self, _: &mut dyn FnMut(&mut [&mut dyn Decode])) {}
}

/// An owned value, redacted.
struct OwnedRedacted<'a>(Box<dyn Encode + 'a>);

impl Encode for OwnedRedacted<'_> {
    fn view(&self) -> View<'_> {
        View::Made(Box::new(Redacted::new(&*self.0)))
    }
}
