//! Compares classes.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Class;
use super::comparison::{Comparison, Finding};
use super::members;
use super::subject::{Pair, Subject};
use crate::api::{FilePart, Member, Record};

/// Compares two classes: whether they are sent and received, their members, and the arguments of `new`.
pub(super) fn compare_records(comparison: &mut Comparison<'_>, pair: Pair, old: &Record, new: &Record) {
    let subject = Subject::item(pair);
    if old.parameters.len() != new.parameters.len() {
        let (before, now) = (old.parameters.len(), new.parameters.len());
        let message = format!("has {now} type parameters instead of {before}");
        let finding = Finding::new("type-parameters", Class::Breaking, message)
            .because("code that names it does not compile")
            .values(Some(before.to_string()), Some(now.to_string()));
        comparison.report(&subject, finding);
    }
    if old.new.is_some() && new.new.is_none() {
        let finding = Finding::new("type-not-sent", Class::Breaking, "is now only received")
            .because("code that calls its `new` or its setters, or that writes a literal of it, does not compile");
        comparison.report(&subject, finding);
    } else if old.new.is_none() && new.new.is_some() {
        comparison.report(
            &subject,
            Finding::new("type-sent", Class::Additive, "is also sent now").because("it has `new` and setters"),
        );
    }
    compare_members(comparison, pair, old, new);
    compare_files(comparison, &subject, &old.files, &new.files);
    if old.validate != new.validate
        && let Some(method) = &old.validate
    {
        let finding = Finding::new("type-method", Class::Breaking, format!("no longer has the method `{method}`"))
            .because("code that calls it does not compile");
        comparison.report(&subject, finding);
    }
}

fn compare_members(comparison: &mut Comparison<'_>, pair: Pair, old: &Record, new: &Record) {
    let partners = find_partners(&old.members, &new.members);
    let matched: BTreeSet<usize> = partners.iter().flatten().copied().collect();
    let mut are_arguments_reported = false;
    for (place, (member, partner)) in old.members.iter().zip(&partners).enumerate() {
        let is_argument = is_argument_of_new(old, place);
        let Some((partner, new_member)) = partner.and_then(|at| Some((at, new.members.get(at)?))) else {
            are_arguments_reported |= is_argument;
            members::report_removed(comparison, pair, member, is_argument);
            continue;
        };
        let arguments = [is_argument, is_argument_of_new(new, partner)];
        are_arguments_reported |= is_argument != is_argument_of_new(new, partner);
        members::compare_members(comparison, pair, [member, new_member], [old, new], arguments);
    }
    for (place, member) in new.members.iter().enumerate().filter(|(place, _)| !matched.contains(place)) {
        are_arguments_reported |= is_argument_of_new(new, place);
        members::report_added(comparison, pair, member, [old, new], is_argument_of_new(new, place));
    }
    let names = |record: &Record| -> Vec<String> {
        let places = record.new.iter().flatten();
        places.filter_map(|place| Some(record.members.get(*place)?.dotnet_name.to_lowercase())).collect()
    };
    if old.new.is_some() && new.new.is_some() && !are_arguments_reported && names(old) != names(new) {
        let finding = Finding::replaced(
            "type-arguments",
            Class::Breaking,
            "has the constructor arguments",
            names(old).join(", "),
            names(new).join(", "),
        );
        comparison
            .report(&Subject::item(pair), finding.because("code that calls `new` does not compile, or mixes them up"));
    }
}

/// Whether a member is an argument of `new`.
fn is_argument_of_new(record: &Record, place: usize) -> bool {
    record.new.as_ref().is_some_and(|new| new.contains(&place))
}

/// Returns the new member for each old one: with the same name, otherwise with a name that differs only in case.
fn find_partners(old: &[Member], new: &[Member]) -> Vec<Option<usize>> {
    let exact: BTreeMap<&str, usize> =
        new.iter().enumerate().map(|(place, member)| (member.dotnet_name.as_str(), place)).collect();
    let mut partners: Vec<Option<usize>> =
        old.iter().map(|member| exact.get(member.dotnet_name.as_str()).copied()).collect();
    let taken: BTreeSet<usize> = partners.iter().flatten().copied().collect();
    if taken.len() == new.len() {
        return partners;
    }
    let mut folded: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, member) in new.iter().enumerate().filter(|(place, _)| !taken.contains(place)) {
        folded.entry(member.dotnet_name.to_lowercase()).or_default().push(place);
    }
    for (member, partner) in old.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
        if let Some([place]) = folded.remove(&member.dotnet_name.to_lowercase()).as_deref() {
            *partner = Some(*place);
        }
    }
    partners
}

fn compare_files(comparison: &mut Comparison<'_>, subject: &Subject<'_>, old: &[FilePart], new: &[FilePart]) {
    for file in old {
        match new.iter().find(|other| other.name == file.name) {
            None => {
                let finding =
                    Finding::new("file-removed", Class::Wire, format!("no longer takes the file {}", file.name))
                        .because("the service ignores it");
                comparison.report(subject, finding);
            }
            Some(other) if other.location != file.location => {
                let finding = Finding::new(
                    "documentation",
                    Class::Documentation,
                    format!("stores the file {} elsewhere", file.name),
                );
                comparison.report(subject, finding.values(file.location.clone(), other.location.clone()));
            }
            Some(_) => {}
        }
    }
    for file in new.iter().filter(|file| old.iter().all(|other| other.name != file.name)) {
        comparison
            .report(subject, Finding::new("file-added", Class::Additive, format!("takes the file {}", file.name)));
    }
}
