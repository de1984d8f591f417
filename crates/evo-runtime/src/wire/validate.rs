//! Members that a service declares as required.
//!
//! The declaration is a hint: some hosts enforce it with status 400, others do not, so nothing here prevents a call.

use std::fmt;

use super::{Encode, View};

/// Required members that are not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingMembers {
    paths: Vec<String>,
}

impl MissingMembers {
    /// Returns the path to each member, in C# names: `Lines[0].Sku`.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }
}

impl fmt::Display for MissingMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "required members are not set: {}", self.paths.join(", "))
    }
}

impl std::error::Error for MissingMembers {}

/// Checks that every required member is set, here and in nested records.
///
/// # Errors
///
/// If a member is missing.
pub fn validate(value: &dyn Encode) -> Result<(), MissingMembers> {
    let mut paths = Vec::new();
    visit(value, "", &mut paths);
    if paths.is_empty() { Ok(()) } else { Err(MissingMembers { paths }) }
}

fn visit(value: &dyn Encode, path: &str, missing: &mut Vec<String>) {
    match value.view() {
        View::Typed(_, content) => visit(&*content, path, missing),
        View::Record(record) => record.members(&mut |members| {
            if let (true, [content]) = (record.shape().is_collection(), members) {
                return visit(*content, path, missing);
            }
            let dot = if path.is_empty() { "" } else { "." };
            for (member, shape) in members.iter().zip(record.shape().members()) {
                let path = format!("{path}{dot}{}", shape.name);
                if shape.required && member.is_unset() {
                    missing.push(path);
                } else {
                    visit(*member, &path, missing);
                }
            }
        }),
        View::List(list) => {
            let mut index = 0;
            list.each(&mut |item| {
                visit(item, &format!("{path}[{index}]"), missing);
                index += 1;
                true
            });
        }
        View::Map(map) => map.each(&mut |key, value| {
            visit(value, &format!("{path}[{key:?}]"), missing);
            true
        }),
        _ => {}
    }
}
