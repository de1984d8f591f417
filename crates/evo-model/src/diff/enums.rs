//! Compares enums and flags.

use super::change::Class;
use super::comparison::{Comparison, Finding};
use super::items::{deprecated, docs};
use super::subject::{Pair, Part, Subject};
use crate::api::{Enum, EnumMember, Flags};

/// Compares two enums.
pub(super) fn compare_enums(comparison: &mut Comparison<'_>, pair: Pair, old: &Enum, new: &Enum) {
    if old.is_number != new.is_number {
        let form = |is_number: bool| if is_number { "numbers" } else { "names" };
        let (before, now) = (form(old.is_number), form(new.is_number));
        let finding = Finding::new("enum-form", Class::Wire, format!("is sent as {now} instead of {before}"))
            .because("clients read both")
            .values(Some(before.to_owned()), Some(now.to_owned()));
        comparison.report(&Subject::item(pair), finding);
    }
    if old.unknown != new.unknown {
        report_renamed(comparison, &Subject::item(pair), [&old.unknown, &new.unknown]);
    }
    let first = |choice: &Enum| choice.members.first().map(|member| member.name.clone());
    if let (Some(before), Some(now)) = (first(old), first(new))
        && before != now
        && new.members.iter().any(|member| member.name == before)
    {
        let finding = Finding::replaced("value-default", Class::Attention, "has the default", before, now)
            .because("an absent value is read as the default");
        comparison.report(&Subject::item(pair), finding);
    }
    let is_named = !new.is_number;
    compare_values(comparison, pair, &old.members, &new.members, is_named);
}

/// Compares two sets of flags, which are numbers on the wire.
pub(super) fn compare_flags(comparison: &mut Comparison<'_>, pair: Pair, old: &Flags, new: &Flags) {
    compare_values(comparison, pair, &old.flags, &new.flags, false);
}

fn compare_values(
    comparison: &mut Comparison<'_>,
    pair: Pair,
    old: &[EnumMember],
    new: &[EnumMember],
    travels_by_name: bool,
) {
    let class = comparison.old.item(pair.0).name.clone();
    for value in old {
        let partner = new.iter().find(|other| other.dotnet_name == value.dotnet_name);
        let subject = Subject::part(pair, Some(Part::Value(value)), partner.map(Part::Value));
        match partner {
            Some(partner) => compare_value(comparison, &subject, value, partner, travels_by_name),
            None => {
                let finding = Finding::new("value-removed", Class::Breaking, "was removed")
                    .because(format!("code that names `{class}::{}` does not compile", value.name))
                    .because_if(comparison.was_sent(pair), "the service rejects it");
                comparison.report(&subject, finding);
            }
        }
    }
    let is_received = comparison.is_received(pair);
    for value in new.iter().filter(|value| old.iter().all(|other| other.dotnet_name != value.dotnet_name)) {
        // If the enum is only sent, old clients are not affected.
        let class = if is_received { Class::Attention } else { Class::Additive };
        let finding = Finding::new("value-added", class, "was added")
            .because_if(is_received, "responses may contain it, and old clients read it as an unknown value");
        comparison.report(&Subject::part(pair, None, Some(Part::Value(value))), finding);
    }
}

fn compare_value(
    comparison: &mut Comparison<'_>,
    subject: &Subject<'_>,
    old: &EnumMember,
    new: &EnumMember,
    travels_by_name: bool,
) {
    if old.name != new.name {
        report_renamed(comparison, subject, [&old.name, &new.name]);
    }
    if old.value != new.value {
        let class = if travels_by_name { Class::Attention } else { Class::Wire };
        let text = |value: Option<i128>| value.map_or_else(|| "unknown".to_owned(), |value| value.to_string());
        let finding = Finding::replaced("value-number", class, "is", text(old.value), text(new.value))
            .because(if travels_by_name { "code may store or compare numbers" } else { "it is encoded as its number" });
        comparison.report(subject, finding);
    }
    if old.wire_name != new.wire_name {
        let wire = |value: &EnumMember| value.wire_name.clone().unwrap_or_else(|| value.dotnet_name.clone());
        let finding = Finding::replaced("value-wire-name", Class::Wire, "has the wire name", wire(old), wire(new))
            .because("the service does not know the old name, or old clients do not know the new one");
        comparison.report(subject, finding);
    }
    if old.docs != new.docs {
        comparison.report(subject, docs());
    }
    if let Some(finding) = deprecated(old.deprecated.as_ref(), new.deprecated.as_ref()) {
        comparison.report(subject, finding);
    }
}

fn report_renamed(comparison: &mut Comparison<'_>, subject: &Subject<'_>, [old, new]: [&String; 2]) {
    let finding = Finding::replaced("value-renamed", Class::Breaking, "is called", old.clone(), new.clone());
    comparison.report(subject, finding.because("code that names it does not compile"));
}
