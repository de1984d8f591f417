//! Enums over the classes of a hierarchy.

use super::files::visibility;
use super::layout::{Definition, Entry, Field, MacroCall, literal};
use super::records::{dotnet_name, item_docs};
use super::scope::{Scope, spelled};
use super::{attributes, docs, lints};
use crate::Error;
use crate::api::{Item, Variants};

/// The enum, and how its classes are told apart.
pub(super) fn variants(item: &Item, hierarchy: &Variants, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("variants");
    let (name, other) = (spelled(&item.name), spelled(&hierarchy.other));
    let mut fields = Vec::new();
    let mut entries = Vec::new();
    for variant in &hierarchy.variants {
        let name = spelled(&variant.name);
        fields.push(Field {
            docs: docs::lines(&[dotnet_name(&variant.dotnet)]),
            attributes: Vec::new(),
            text: format!("{name}(Box<{}>)", scope.item(variant.item)),
        });
        entries.push(Entry { docs: Vec::new(), text: format!("{name}: {}", literal(&variant.dotnet)) });
    }
    fields.push(Field {
        docs: vec!["A class that this client does not know.".to_owned()],
        attributes: Vec::new(),
        text: format!("{other}(Box<{}<{}>>)", scope.runtime("Other"), scope.item(hierarchy.base.item)),
    });
    let attributes = attributes::of_item(item, true, lints::of_variants(item, hierarchy), scope.api);
    let head = format!("{} enum {name}", visibility(scope.api));
    let definition = Definition { docs: docs::lines(&item_docs(item)), attributes, head, fields }.text()?;
    let untyped = hierarchy.base.untyped.and_then(|index| hierarchy.variants.get(index));
    let untyped = untyped.map(|variant| format!("untyped {} ", spelled(&variant.name))).unwrap_or_default();
    let typed = if hierarchy.is_typed { "typed " } else { "" };
    let tail = format!("{typed}{untyped}else {other}");
    let call = MacroCall { name: "variants", head: name.into_owned(), entries: Some(entries), tail };
    Ok(vec![definition, call.text()])
}
