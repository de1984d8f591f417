//! Compares the validation rules and the documented values: whether the service accepts more or less.

use super::change::Class;
use super::comparison::{Comparison, Finding};
use super::subject::Subject;
use crate::api::{Check, Hints, Operand, Rule};

/// Compares the rules of a member or of a request. With `counts_items`, lengths count items.
pub(super) fn compare_rules(
    comparison: &mut Comparison<'_>,
    subject: &Subject<'_>,
    old: &[Rule],
    new: &[Rule],
    counts_items: bool,
    is_sent: bool,
) {
    if old == new {
        return;
    }
    let (old_text, new_text) = (describe_rules(old, counts_items), describe_rules(new, counts_items));
    let finding = if is_sent && old_text != new_text {
        let (kind, class, words) = match Trend::of(old, new) {
            Trend { is_stricter: true, is_laxer: false } => {
                ("rule-stricter", Class::Attention, "is checked more strictly")
            }
            Trend { is_stricter: false, is_laxer: true } => ("rule-laxer", Class::Additive, "is checked less strictly"),
            Trend { .. } => ("rule-changed", Class::Attention, "is checked differently"),
        };
        let text = |text: &str| if text.is_empty() { "no rule".to_owned() } else { format!("`{text}`") };
        let message = format!("{words}: {} instead of {}", text(&new_text), text(&old_text));
        Finding::new(kind, class, message)
            .because_if(class == Class::Attention, "the service rejects values that it accepted")
    } else {
        Finding::new("documentation", Class::Documentation, "has rules with different messages")
    };
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    comparison.report(subject, finding.values(filled(old_text), filled(new_text)));
}

/// Returns rules in words.
fn describe_rules(rules: &[Rule], counts_items: bool) -> String {
    let describe_rules: Vec<String> = rules.iter().map(|rule| rule.phrase(counts_items, &str::to_owned)).collect();
    describe_rules.join("; ")
}

/// Whether fewer values are accepted, or more; both if neither set contains the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Trend {
    is_stricter: bool,
    is_laxer: bool,
}

impl Trend {
    fn of(old: &[Rule], new: &[Rule]) -> Self {
        let mut trend = Self::default();
        trend.follow(&Limits::of(old), &Limits::of(new));
        let others = |rules: &'_ [Rule]| -> Vec<Check> {
            rules.iter().filter(|rule| !is_limit(&rule.check)).map(|rule| rule.check.clone()).collect()
        };
        let (old, new) = (others(old), others(new));
        trend.is_stricter |= new.iter().any(|check| !old.contains(check));
        trend.is_laxer |= old.iter().any(|check| !new.contains(check));
        trend
    }

    fn follow(&mut self, old: &Limits, new: &Limits) {
        let mut step = |old: f64, new: f64| {
            self.is_stricter |= new > old;
            self.is_laxer |= new < old;
        };
        step(old.presence, new.presence);
        for (old, new) in [(old.length, new.length), (old.value, new.value)] {
            step(old.0, new.0);
            // A larger upper bound accepts more.
            step(-old.1, -new.1);
        }
        step(-old.digits.0, -new.digits.0);
        step(-old.digits.1, -new.digits.1);
    }
}

/// The limits of several rules together.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// 1 if the value must not be null, 2 if it must not be empty.
    presence: f64,
    /// The smallest and the largest length.
    length: (f64, f64),
    /// The smallest and the largest value.
    value: (f64, f64),
    /// The number of decimals, and of digits.
    digits: (f64, f64),
}

impl Limits {
    fn of(rules: &[Rule]) -> Self {
        let all = (f64::NEG_INFINITY, f64::INFINITY);
        let mut limits = Self { presence: 0.0, length: all, value: all, digits: (f64::INFINITY, f64::INFINITY) };
        for rule in rules {
            limits.narrow(&rule.check);
        }
        limits
    }

    fn narrow(&mut self, check: &Check) {
        let number = |operand: &Operand| number(operand).unwrap_or(f64::NAN);
        // NaN is no limit: `max` and `min` return the other value.
        let (from, to) = match check {
            Check::NotNull => return self.presence = self.presence.max(1.0),
            Check::NotEmpty => return self.presence = self.presence.max(2.0),
            Check::Length(min, max) => return self.narrow_length(Some(*min), Some(*max)),
            Check::ExactLength(length) => return self.narrow_length(Some(*length), Some(*length)),
            Check::MinimumLength(min) => return self.narrow_length(Some(*min), None),
            Check::MaximumLength(max) => return self.narrow_length(None, Some(*max)),
            Check::ScalePrecision(scale, precision) => {
                self.digits = (self.digits.0.min(f64::from(*scale)), self.digits.1.min(f64::from(*precision)));
                return;
            }
            Check::LessThan(value) => (f64::NAN, number(value).next_down()),
            Check::LessThanOrEqual(value) => (f64::NAN, number(value)),
            Check::GreaterThan(value) => (number(value).next_up(), f64::NAN),
            Check::GreaterThanOrEqual(value) => (number(value), f64::NAN),
            Check::InclusiveBetween(from, to) => (number(from), number(to)),
            Check::ExclusiveBetween(from, to) => (number(from).next_up(), number(to).next_down()),
            _ => return,
        };
        self.value = (self.value.0.max(from), self.value.1.min(to));
    }

    fn narrow_length(&mut self, min: Option<u32>, max: Option<u32>) {
        self.length.0 = self.length.0.max(min.map_or(f64::NAN, f64::from));
        self.length.1 = self.length.1.min(max.map_or(f64::NAN, f64::from));
    }
}

/// Whether [`Limits`] can represent a check.
fn is_limit(check: &Check) -> bool {
    match check {
        Check::NotNull
        | Check::NotEmpty
        | Check::Length(..)
        | Check::ExactLength(_)
        | Check::MinimumLength(_)
        | Check::MaximumLength(_)
        | Check::ScalePrecision(..) => true,
        Check::LessThan(value)
        | Check::LessThanOrEqual(value)
        | Check::GreaterThan(value)
        | Check::GreaterThanOrEqual(value) => number(value).is_some(),
        Check::InclusiveBetween(from, to) | Check::ExclusiveBetween(from, to) => {
            number(from).is_some() && number(to).is_some()
        }
        _ => false,
    }
}

fn number(operand: &Operand) -> Option<f64> {
    match operand {
        #[expect(clippy::cast_precision_loss, reason = "only the order counts")]
        Operand::Integer(value) => Some(*value as f64),
        Operand::Fraction(digits) => digits.parse().ok(),
        Operand::Text(_) | Operand::Boolean(_) => None,
    }
}

/// Compares the documented values of a member, which the service does not check.
pub(super) fn compare_hints(
    comparison: &mut Comparison<'_>,
    subject: &Subject<'_>,
    old: &Hints,
    new: &Hints,
    is_sent: bool,
) {
    if old == new {
        return;
    }
    let is_narrower = is_sent && accepts_less(old, new);
    let class = if is_narrower { Class::Attention } else { Class::Documentation };
    let message = if old.allowed == new.allowed {
        "has different limits".to_owned()
    } else {
        let list = |values: &[String]| {
            if values.is_empty() { "any value".to_owned() } else { format!("one of `{}`", values.join(", ")) }
        };
        format!("must be {} instead of {}", list(&new.allowed), list(&old.allowed))
    };
    let finding = Finding::new("member-hints", class, message)
        .because_if(is_narrower, "the service may reject values that it accepted");
    comparison.report(subject, finding);
}

fn accepts_less(old: &Hints, new: &Hints) -> bool {
    let lacks = |values: &[String], value: &String| !values.is_empty() && !values.contains(value);
    let is_choice_smaller = (old.allowed.is_empty() && !new.allowed.is_empty())
        || old.allowed.iter().any(|value| lacks(&new.allowed, value));
    let number = |text: &Option<String>, none: f64| text.as_ref().and_then(|text| text.parse().ok()).unwrap_or(none);
    let length = |hints: &Hints| hints.max_length.map_or(f64::INFINITY, f64::from);
    is_choice_smaller
        || number(&new.min, f64::NEG_INFINITY) > number(&old.min, f64::NEG_INFINITY)
        || number(&new.max, f64::INFINITY) < number(&old.max, f64::INFINITY)
        || length(new) < length(old)
}
