//! Compares operations: their calls, their access, and their responses.

use super::change::Class;
use super::comparison::{Comparison, Finding};
use super::rules::compare_rules;
use super::subject::{Pair, Part, Subject};
use crate::api::{Access, Answer, Api, Operation, Route};

/// Compares the operations of two requests.
pub(super) fn compare_operations(comparison: &mut Comparison<'_>, pair: Pair) {
    let (old, new) = (comparison.old.item(pair.0), comparison.new.item(pair.1));
    let subject = Subject::item(pair);
    let (old, new) = match (old.operation(), new.operation()) {
        (Some(old), Some(new)) => (old, new),
        (Some(_), None) => {
            let finding = Finding::new("operation-removed", Class::Breaking, "is no longer an operation")
                .because("code that calls it does not compile");
            return comparison.report(&subject, finding);
        }
        (None, Some(_)) => {
            return comparison
                .report(&subject, Finding::new("operation-added", Class::Additive, "is now an operation"));
        }
        (None, None) => return,
    };
    if old.name != new.name {
        let (old, new) = (old.name.clone(), new.name.clone());
        comparison.report(&subject, Finding::replaced("operation-name", Class::Wire, "is called", old, new));
    }
    if old.verb != new.verb {
        let (old, new) = (old.verb.name().to_owned(), new.verb.name().to_owned());
        let finding = Finding::replaced("verb-changed", Class::Wire, "is sent with", old, new);
        comparison.report(&subject, finding.because("the service may reject what an old client sends"));
    }
    compare_answers(comparison, &subject, &old.answer, &new.answer);
    compare_routes(comparison, pair, old, new);
    compare_other_verbs(comparison, &subject, old, new);
    compare_rows(comparison, &subject, old, new);
    compare_access(comparison, &subject, &old.access, &new.access);
    compare_rules(comparison, &subject, &old.checks, &new.checks, false, true);
    let texts = [
        ("has different tags", old.tags != new.tags),
        ("states different statuses", (&old.errors, &old.successes) != (&new.errors, &new.successes)),
        ("changes rows differently", old.table != new.table),
    ];
    for (words, _) in texts.into_iter().filter(|(_, differs)| *differs) {
        comparison.report(&subject, Finding::new("documentation", Class::Documentation, words));
    }
}

fn compare_answers(comparison: &mut Comparison<'_>, subject: &Subject<'_>, old: &Answer, new: &Answer) {
    let is_same = match (old, new) {
        (Answer::Json(old), Answer::Json(new)) => comparison.is_same_type(old, new, [&[], &[]]),
        (old, new) => old == new,
    };
    if is_same {
        return;
    }
    let (before, now) = (describe_answer(old, comparison.old.api), describe_answer(new, comparison.new.api));
    let finding = Finding::replaced("answer-changed", Class::Breaking, "returns", before, now)
        .because("code that uses the response does not compile")
        .because_if(*new == Answer::Nothing, "the response has no body")
        .because_if(*new == Answer::Download, "the response is a stream");
    comparison.report(subject, finding);
}

fn describe_answer(answer: &Answer, api: &Api) -> String {
    match answer {
        Answer::Nothing => "()".to_owned(),
        Answer::Json(ty) => api.spell(ty),
        Answer::Text => "String".to_owned(),
        Answer::Bytes => "Bytes".to_owned(),
        Answer::Download => "Download".to_owned(),
    }
}

/// Compares the routes that calls can use, and those that are only documented.
fn compare_routes(comparison: &mut Comparison<'_>, pair: Pair, old: &Operation, new: &Operation) {
    let calls = |operation: &Operation| -> Vec<String> {
        let verb = operation.verb.name();
        operation.routes.iter().map(|route| format!("{verb} {}", Route::template(route))).collect()
    };
    let path = |call: &str| call.split_once(' ').map_or_else(String::new, |(_, path)| path.to_owned());
    let (old_calls, new_calls) = (calls(old), calls(new));
    // Hosts ignore case in routes and in the names of variables.
    let lacks = |calls: &[String], call: &str| calls.iter().all(|other| !path(other).eq_ignore_ascii_case(&path(call)));
    let mut is_reported = false;
    for call in old_calls.iter().filter(|call| lacks(&new_calls, call)) {
        is_reported = true;
        let finding = Finding::new("route-removed", Class::Wire, format!("no longer has the route `{}`", path(call)))
            .because("old clients that call it by its routes get an error")
            .values(Some(path(call)), None);
        comparison.report(&Subject::part(pair, Some(Part::Route(call)), None), finding);
    }
    for call in new_calls.iter().filter(|call| lacks(&old_calls, call)) {
        is_reported = true;
        let finding = Finding::new("route-added", Class::Additive, format!("has the route `{}`", path(call)))
            .values(None, Some(path(call)));
        comparison.report(&Subject::part(pair, None, Some(Part::Route(call))), finding);
    }
    if old.only_routes != new.only_routes {
        let words =
            if new.only_routes { "is called only by its routes" } else { "is no longer called only by its routes" };
        comparison.report(&Subject::item(pair), Finding::new("operation-name", Class::Wire, words));
    }
    let listed = |operation: &Operation| -> Vec<(String, Vec<String>)> {
        operation.declared.iter().map(|route| (route.to_string(), route.docs.clone())).collect()
    };
    let is_verb_reported = old.verb != new.verb || old.other_verbs != new.other_verbs;
    if !is_reported && !is_verb_reported && listed(old) != listed(new) {
        let finding =
            Finding::new("route-text", Class::Documentation, "lists different routes, or describes them differently")
                .because("calls use none of them");
        comparison.report(&Subject::item(pair), finding);
    }
}

fn compare_other_verbs(comparison: &mut Comparison<'_>, subject: &Subject<'_>, old: &Operation, new: &Operation) {
    for verb in old.other_verbs.iter().filter(|verb| !new.other_verbs.contains(verb) && **verb != new.verb) {
        let finding = Finding::new("verb-removed", Class::Wire, format!("no longer has a route for {}", verb.name()))
            .because("calls with this verb are rejected");
        comparison.report(subject, finding);
    }
    for verb in new.other_verbs.iter().filter(|verb| !old.other_verbs.contains(verb) && **verb != old.verb) {
        let finding = Finding::new("verb-added", Class::Additive, format!("also has a route for {}", verb.name()));
        comparison.report(subject, finding);
    }
}

fn compare_rows(comparison: &mut Comparison<'_>, subject: &Subject<'_>, old: &Operation, new: &Operation) {
    let same = |(old, new): (&_, &_)| comparison.pairs.new_of(*old) == Some(*new);
    if old.rows.len() == new.rows.len() && old.rows.iter().zip(&new.rows).all(same) {
        return;
    }
    let names = |api: &Api, operation: &Operation| {
        let names: Vec<&str> = operation.rows.iter().map(|id| api.items[*id].name.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let (old, new) = (names(comparison.old.api, old), names(comparison.new.api, new));
    let finding = Finding::replaced("rows-changed", Class::Attention, "finds rows of", old, new)
        .because("conditions on other members are rejected at run time");
    comparison.report(subject, finding);
}

/// Compares the access. All requirements must be met, so an additional one is stricter.
fn compare_access(comparison: &mut Comparison<'_>, subject: &Subject<'_>, old: &[Access], new: &[Access]) {
    if old == new {
        return;
    }
    let (before, now) = (describe_requirements(old), describe_requirements(new));
    let is_laxer = new.iter().all(|access| access.is_implied_by(old));
    let is_stricter = old.iter().all(|access| access.is_implied_by(new));
    let (kind, class) = match (is_stricter, is_laxer) {
        // The order is irrelevant.
        (true, true) => return,
        (false, true) => ("access-laxer", Class::Additive),
        (true | false, false) => ("access-stricter", Class::Attention),
    };
    let finding = Finding::new(kind, class, format!("requires {now} instead of {before}"))
        .because_if(class == Class::Attention, "callers that were allowed may be rejected")
        .values(Some(before), Some(now));
    comparison.report(subject, finding);
}

fn describe_requirements(access: &[Access]) -> String {
    if access.is_empty() {
        "nothing".to_owned()
    } else {
        access.iter().map(|access| access.phrase(str::to_owned)).collect::<Vec<_>>().join(" and ")
    }
}

impl Access {
    /// Whether a caller who meets all of `others` also meets this requirement.
    fn is_implied_by(&self, others: &[Self]) -> bool {
        let has_all = |names: &[String], wanted: &[String]| wanted.iter().all(|name| names.contains(name));
        others.iter().any(|other| match (self, other) {
            (Self::ApiKey, other) => *other == Self::ApiKey,
            // Only users have roles and permissions.
            (Self::SignedIn, other) => *other != Self::ApiKey,
            (Self::AllRoles(wanted), Self::AllRoles(names))
            | (Self::AllPermissions(wanted), Self::AllPermissions(names)) => has_all(names, wanted),
            (Self::AnyRole(allowed), Self::AnyRole(names))
            | (Self::AnyPermission(allowed), Self::AnyPermission(names)) => has_all(allowed, names),
            (Self::AnyRole(allowed), Self::AllRoles(names))
            | (Self::AnyPermission(allowed), Self::AllPermissions(names)) => {
                names.iter().any(|name| allowed.contains(name))
            }
            (Self::AllRoles(wanted), Self::AnyRole(names))
            | (Self::AllPermissions(wanted), Self::AnyPermission(names)) => {
                names.iter().all(|name| wanted.iter().all(|wanted| wanted == name))
            }
            _ => false,
        })
    }
}
