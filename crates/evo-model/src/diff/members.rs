//! Compares members of classes.

use super::change::Class;
use super::comparison::{Comparison, Finding};
use super::items::{deprecated, docs};
use super::rules::{compare_hints, compare_rules};
use super::subject::{Pair, Part, Subject};
use super::types::{Direction, effect_of_type};
use crate::api::{Member, Record, Ty};

/// Reports a removed member.
pub(super) fn report_removed(comparison: &mut Comparison<'_>, pair: Pair, member: &Member, is_argument: bool) {
    let member = &comparison.new.own_member(member);
    let own = &comparison.old.item(pair.0).simple_name;
    let class = member.declared_by.as_deref().map_or(own.as_str(), |class| class.rsplit('.').next().unwrap_or(class));
    let finding = Finding::new("member-removed", Class::Breaking, "was removed")
        .because(format!("code that uses `{class}::{}` does not compile", member.name))
        .because_if(is_argument, "`new` no longer takes it")
        .because_if(comparison.was_sent(pair), "the service ignores it")
        .because_if(comparison.was_received(pair), "the service does not return it")
        .values(Some(comparison.old.api.spell(&member.ty)), None);
    comparison.report(&Subject::part(pair, Some(Part::Member(member)), None), finding);
}

/// Reports an added member.
pub(super) fn report_added(
    comparison: &mut Comparison<'_>,
    pair: Pair,
    member: &Member,
    [old, new]: [&Record; 2],
    is_argument: bool,
) {
    let member = &comparison.old.own_member(member);
    let class = &comparison.new.item(pair.1).name;
    // Code contains no literals of types that are only received.
    let is_literal_broken = old.new.is_some() && new.new.is_some();
    let is_broken = is_literal_broken || (is_argument && old.new.is_some());
    let message = if member.required { "was added as a required member" } else { "was added" };
    let mut finding = Finding::new("member-added", if is_broken { Class::Breaking } else { Class::Additive }, message);
    if is_argument && old.new.is_some() {
        finding = finding.because(format!("`{class}::new` takes it, so that code that calls it does not compile"));
    } else if is_literal_broken {
        finding = finding.because("struct literals without `..` do not compile");
    }
    let is_asked_for = member.required && comparison.was_sent(pair);
    let finding = finding
        .because_if(is_asked_for, "the service may reject a request that does not set it")
        .values(None, Some(comparison.new.api.spell(&member.ty)));
    comparison.report(&Subject::part(pair, None, Some(Part::Member(member))), finding);
}

/// Compares a member of both classes. `arguments` indicates whether it is an argument of `new`.
pub(super) fn compare_members(
    comparison: &mut Comparison<'_>,
    pair: Pair,
    [old, new]: [&Member; 2],
    records: [&Record; 2],
    arguments: [bool; 2],
) {
    let subject = Subject::part(pair, Some(Part::Member(old)), Some(Part::Member(new)));
    let direction = Direction { sent: comparison.was_sent(pair), received: comparison.was_received(pair) };
    compare_names(comparison, &subject, [old, new], direction);
    compare_types(comparison, &subject, [old, new], records, direction);
    let are_sent = records.iter().all(|record| record.new.is_some());
    if are_sent {
        compare_arguments(comparison, &subject, [old, new], arguments);
    }
    compare_rules(comparison, &subject, &old.rules, &new.rules, new.counts_items, direction.sent);
    compare_hints(comparison, &subject, &old.hints, &new.hints, direction.sent);
    if old.secret != new.secret {
        let words = if new.secret { "is not shown by `Debug`" } else { "is shown by `Debug`" };
        comparison.report(&subject, Finding::new("member-secret", Class::Attention, words));
    }
    if old.docs != new.docs || old.upload_to != new.upload_to {
        comparison.report(&subject, docs());
    }
    if let Some(finding) = deprecated(old.deprecated.as_ref(), new.deprecated.as_ref()) {
        comparison.report(&subject, finding);
    }
}

fn compare_names(
    comparison: &mut Comparison<'_>,
    subject: &Subject<'_>,
    [old, new]: [&Member; 2],
    direction: Direction,
) {
    if old.name != new.name {
        let finding =
            Finding::replaced("member-renamed", Class::Breaking, "is called", old.name.clone(), new.name.clone());
        comparison.report(subject, finding.because("code that uses it does not compile"));
    }
    let wire = |member: &Member| member.wire_name.clone().unwrap_or_else(|| member.dotnet_name.clone());
    let (old_wire, new_wire) = (wire(old), wire(new));
    if old_wire != new_wire {
        let differs_by_case = old_wire.eq_ignore_ascii_case(&new_wire);
        let class = if differs_by_case { Class::Documentation } else { Class::Wire };
        let finding = Finding::replaced("member-wire-name", class, "has the wire name", old_wire, new_wire)
            .because_if(differs_by_case, "services and clients ignore the case of names")
            .because_if(!differs_by_case && direction.sent, "the service ignores what an old client sends")
            .because_if(!differs_by_case && direction.received, "an old client does not find it");
        comparison.report(subject, finding);
    }
}

fn compare_types(
    comparison: &mut Comparison<'_>,
    subject: &Subject<'_>,
    [old, new]: [&Member; 2],
    [old_record, new_record]: [&Record; 2],
    direction: Direction,
) {
    let parameters = [old_record.parameters.as_slice(), new_record.parameters.as_slice()];
    if !comparison.is_same_type(&old.ty, &new.ty, parameters) {
        let effect = effect_of_type(comparison, &old.ty, &new.ty, parameters, direction);
        let (old, new) = (comparison.old.api.spell(&old.ty), comparison.new.api.spell(&new.ty));
        let mut finding = if old == new {
            // Two types with the same name in different modules.
            Finding::new("member-type", Class::Breaking, "has a different type with the same name")
        } else {
            Finding::replaced("member-type", Class::Breaking, "is", old, new)
        };
        finding = finding.because("code that uses its type does not compile");
        if let Some(effect) = effect {
            finding = finding.because(effect);
        }
        comparison.report(subject, finding);
        return;
    }
    let (old_type, old_nullable) = without_nullable(&old.dotnet_type);
    let (new_type, new_nullable) = without_nullable(&new.dotnet_type);
    let mentions_types = new.ty.any(|ty| matches!(ty, Ty::Item(..) | Ty::Parameter(_)));
    if old_type != new_type && !mentions_types {
        let is_collection = new.ty.any(|ty| matches!(ty, Ty::List(_) | Ty::Map(..)));
        let class = if is_collection { Class::Documentation } else { Class::Attention };
        let finding = Finding::replaced(
            "member-spelling",
            class,
            "has the .NET type",
            old.dotnet_type.clone(),
            new.dotnet_type.clone(),
        )
        .because("the Rust type is the same");
        comparison.report(subject, finding);
    } else if direction.sent && old_nullable != new_nullable && old.is_value != new.is_value {
        let finding = if new_nullable {
            Finding::new("member-nullable", Class::Attention, "is nullable in .NET")
                .because("the service distinguishes an absent member from its default")
        } else {
            Finding::new("member-nullable", Class::Attention, "is no longer nullable in .NET")
                .because("the service uses the default of its type if it is absent")
        };
        comparison.report(subject, finding);
    }
}

/// Splits `type?` into the type and whether it is nullable.
fn without_nullable(dotnet_type: &str) -> (&str, bool) {
    match dotnet_type.strip_suffix('?') {
        Some(inner) => (inner, true),
        None => (dotnet_type, false),
    }
}

/// Compares whether the service requires the member, and whether it is an argument of `new`.
fn compare_arguments(
    comparison: &mut Comparison<'_>,
    subject: &Subject<'_>,
    [old, new]: [&Member; 2],
    [was_argument, is_argument]: [bool; 2],
) {
    let (kind, words) = match (old.required, new.required) {
        (false, true) => ("member-required", "is required"),
        (true, false) => ("member-not-required", "is no longer required"),
        _ if is_argument => ("member-argument", "became an argument of `new`"),
        _ => ("member-argument", "is no longer an argument of `new`"),
    };
    let finding = match (was_argument, is_argument) {
        (false, true) => {
            Finding::new(kind, Class::Breaking, words).because("code that calls `new` or the setter does not compile")
        }
        (true, false) => {
            Finding::new(kind, Class::Breaking, words).because("code that passes it to `new` does not compile")
        }
        _ if old.required == new.required => return compare_setters(comparison, subject, [old, new]),
        _ if new.required => Finding::new(kind, Class::Attention, words),
        _ => Finding::new(kind, Class::Additive, words),
    };
    let is_asked_for = new.required && !old.required;
    comparison
        .report(subject, finding.because_if(is_asked_for, "the service may reject a request that does not set it"));
}

fn compare_setters(comparison: &mut Comparison<'_>, subject: &Subject<'_>, [old, new]: [&Member; 2]) {
    let methods = [old, new].map(|member| member.setter.as_ref().map(|setter| &setter.method));
    // A setter has the name of its member, and a change of that name is reported already.
    if let [Some(before), Some(now)] = methods
        && before != now
        && old.name == new.name
    {
        let finding =
            Finding::replaced("member-setter", Class::Breaking, "is set by the method", before.clone(), now.clone());
        comparison.report(subject, finding.because("code that calls it does not compile"));
    }
}
