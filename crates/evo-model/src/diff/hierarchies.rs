//! Compares enums over the classes of a hierarchy.

use super::change::Class;
use super::comparison::{Comparison, Finding};
use super::subject::{Pair, Part, Subject};
use crate::api::{Variant, Variants};

/// Compares the classes of a hierarchy, and the methods for their common members.
pub(super) fn compare_hierarchies(comparison: &mut Comparison<'_>, pair: Pair, old: &Variants, new: &Variants) {
    let subject = Subject::item(pair);
    let name = comparison.old.item(pair.0).name.clone();
    let find = |classes: &[Variant], comparison: &Comparison<'_>, old: &Variant| {
        classes.iter().position(|new| comparison.pairs.new_of(old.item) == Some(new.item))
    };
    let mut matched = Vec::new();
    for class in &old.variants {
        let partner = find(&new.variants, comparison, class);
        matched.extend(partner);
        let Some(partner) = partner.and_then(|at| new.variants.get(at)) else {
            let finding = Finding::new("class-removed", Class::Breaking, format!("is no longer a class of {name}"))
                .because(format!("code that names `{name}::{}` does not compile", class.name));
            comparison.report(&Subject::part(pair, Some(Part::Class(class)), None), finding);
            continue;
        };
        if class.name != partner.name || class.accessor != partner.accessor {
            let (before, now) = (format!("{name}::{}", class.name), format!("{name}::{}", partner.name));
            let finding = Finding::replaced("class-renamed", Class::Breaking, "is the variant", before, now);
            let subject = Subject::part(pair, Some(Part::Class(class)), Some(Part::Class(partner)));
            comparison.report(&subject, finding.because("code that names it does not compile"));
        }
    }
    let is_received = comparison.is_received(pair);
    for (_, class) in new.variants.iter().enumerate().filter(|(place, _)| !matched.contains(place)) {
        let level = if is_received { Class::Attention } else { Class::Additive };
        let finding = Finding::new("class-added", level, format!("is now a class of {name}"))
            .because_if(is_received, "responses may contain it, and old clients read it as an unknown class");
        comparison.report(&Subject::part(pair, None, Some(Part::Class(class))), finding);
    }
    compare_untyped(comparison, &subject, old, new);
    if old.is_typed != new.is_typed {
        let words = if new.is_typed { "is sent with the names of classes" } else { "is sent without names of classes" };
        comparison.report(&subject, Finding::new("class-typed", Class::Wire, words));
    }
    if old.other != new.other {
        let finding = Finding::replaced(
            "class-renamed",
            Class::Breaking,
            "has the variant for unknown classes",
            old.other.clone(),
            new.other.clone(),
        );
        comparison.report(&subject, finding.because("code that names the variant does not compile"));
    }
}

/// Compares the classes of values without a type name.
fn compare_untyped(comparison: &mut Comparison<'_>, subject: &Subject<'_>, old: &Variants, new: &Variants) {
    let class = |variants: &Variants| variants.untyped().map(|class| class.dotnet.clone());
    let (old, new) = (class(old), class(new));
    if old.is_some() != new.is_some() {
        let text = |class: &Option<String>| class.clone().unwrap_or_else(|| "unknown".to_owned());
        let finding = Finding::replaced(
            "class-default",
            Class::Wire,
            "reads values without a type name as",
            text(&old),
            text(&new),
        );
        comparison.report(subject, finding);
    }
}
