//! What a service declares about the values of a member without checking it: attributes, and hints for user interfaces.

use crate::api::{Hints, Ty};
use crate::lower::builtin;
use crate::lower::resolve::Meaning;
use crate::metadata::Property;

/// Reads the hints of a member.
pub(super) fn read_hints(property: &Property, meaning: &Meaning) -> Hints {
    let is_set = |name: &str| property.attributes.iter().any(|attribute| attribute.name == name);
    Hints {
        allowed: read_allowed(property),
        min: property.allowable_min.clone(),
        max: property.allowable_max.clone(),
        max_length: read_max_length(property),
        refers_to: read_reference(property).filter(|_| is_key(meaning)),
        is_computed: is_set("Computed"),
    }
}

/// Reads the help text for forms, unless it repeats the description.
pub(super) fn read_help(property: &Property) -> Option<String> {
    let help = property.form_help.as_deref()?.trim();
    (!help.is_empty() && property.description.as_deref().map(str::trim) != Some(help)).then(|| help.to_owned())
}

/// Reads the values of `[ApiAllowableValues]`, or those offered by a form if there are none.
fn read_allowed(property: &Property) -> Vec<String> {
    let stated = &property.allowable_values;
    if stated.is_empty() { property.form_values.clone() } else { stated.clone() }
}

/// Reads the length of `[StringLength]`, which is that of the column; the maximum number means no limit.
fn read_max_length(property: &Property) -> Option<u32> {
    let attribute = property.attributes.iter().find(|attribute| attribute.name == "StringLength")?;
    let (_, value) = attribute.args.iter().find(|(name, _)| name.eq_ignore_ascii_case("maximumLength"))?;
    value.parse::<i32>().ok().filter(|length| (1..i32::MAX).contains(length))?.try_into().ok()
}

/// Reads the class of a foreign key: `[References(typeof(Music.Artist))]`, or the one that a form looks up.
fn read_reference(property: &Property) -> Option<String> {
    let attribute = property.attributes.iter().find(|attribute| attribute.name == "References");
    let stated = attribute.and_then(|attribute| {
        let (_, value) = attribute.args.first()?;
        value.strip_prefix("typeof(")?.strip_suffix(')')
    });
    let model = stated.or(property.form_reference.as_deref())?;
    Some(model.rsplit('.').next().unwrap_or(model).to_owned()).filter(|model| !model.is_empty())
}

/// Whether the member holds a key rather than the object itself.
fn is_key(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Type(Ty::Option(inner)) => is_key_type(inner),
        Meaning::Type(ty) => is_key_type(ty),
        Meaning::Nothing | Meaning::File => false,
    }
}

fn is_key_type(ty: &Ty) -> bool {
    matches!(ty, Ty::Std(_)) || *ty == builtin::runtime("Uuid")
}
