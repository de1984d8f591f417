//! Sample values by name and type.

use evo_model::api::{Check, Operand, Rule};

use crate::schema::{Shape, split_words};
use crate::values::Value;

/// Whether a list with this name contains the rows of a response.
pub(super) fn is_rows(name: &str) -> bool {
    ["results", "items", "rows", "data", "records", "values", "list"].contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a member with this name is the number of rows.
pub(super) fn is_total(name: &str) -> bool {
    ["total", "totalcount", "totalresults", "totalrows", "count", "totalitems"]
        .contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a member with this name is the number of pages.
pub(super) fn is_page_count(name: &str) -> bool {
    ["totalpages", "pagecount", "pages"].contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a member with this name indicates that there are more rows.
pub(super) fn is_more(name: &str) -> bool {
    name.to_ascii_lowercase().starts_with("hasmore") || name.eq_ignore_ascii_case("HasNext")
}

/// Whether a member with this name is the offset of the first row.
pub(super) fn is_offset(name: &str) -> bool {
    ["offset", "skip"].contains(&name.to_ascii_lowercase().as_str())
}

/// Returns a value of a type that is not a class.
pub(super) fn scalar(shape: &Shape, owner: &str, member: &str, number: usize) -> Value {
    let day = number % 28 + 1;
    match shape {
        Shape::Bool => Value::Bool(number.is_multiple_of(2)),
        Shape::Char => Value::text(pick(&["a", "b", "c"], number)),
        Shape::Integer { max, .. } => Value::number(i128::try_from(number + 1).unwrap_or(1).min(*max)),
        Shape::Float | Shape::Decimal => Value::text_number(&format!("{}.5", number + 1)),
        Shape::DateTime => Value::text(format!("2026-01-{day:02}T09:30:00Z")),
        Shape::DateTimeOffset => Value::text(format!("2026-01-{day:02}T09:30:00+00:00")),
        Shape::Date => Value::text(format!("2026-01-{day:02}")),
        Shape::Time => Value::text("PT9H30M"),
        Shape::Span => Value::text(format!("PT{}M", number + 1)),
        Shape::Guid => Value::text(format!("00000000-0000-4000-8000-{:012x}", number + 1)),
        Shape::Bytes => Value::text("c2FtcGxl"),
        _ => Value::text(text(owner, member, number)),
    }
}

/// Returns a string that suits the name of a member.
fn text(owner: &str, member: &str, number: usize) -> String {
    let count = number + 1;
    let name = member.to_ascii_lowercase();
    let has = |part: &str| name.contains(part);
    let owner = owner.trim_end_matches("Response").trim_end_matches("Info").trim_end_matches("Dto");
    let kebab = |name: &str| name.to_ascii_lowercase();
    match () {
        () if name == "id" => format!("{}-{count}", kebab(owner)),
        () if has("email") => format!("user{count}@example.com"),
        () if has("phone") || has("mobile") || name.ends_with("number") => format!("+1555010{count:04}"),
        () if has("url") || has("uri") || has("website") || has("link") => {
            format!("https://example.com/{}/{count}", kebab(member))
        }
        () if has("firstname") => pick(&["Ada", "Grace", "Alan", "Edsger"], number),
        () if has("lastname") => pick(&["Lovelace", "Hopper", "Turing", "Dijkstra"], number),
        () if has("username") => format!("user{count}"),
        () if has("country") => pick(&["US", "DE", "JP", "BR"], number),
        () if has("city") => pick(&["Springfield", "Bremen", "Kyoto", "Recife"], number),
        () if has("currency") => pick(&["USD", "EUR", "JPY", "BRL"], number),
        () if has("language") || has("locale") => pick(&["en", "de", "ja", "pt"], number),
        () if has("password") || has("secret") || has("token") || has("apikey") => "hidden".to_owned(),
        () if has("timezone") => "UTC".to_owned(),
        () if has("ipaddress") => format!("192.0.2.{}", count % 255),
        () if has("color") || has("colour") => pick(&["#336699", "#993366", "#669933"], number),
        () if has("timestamp") || name.starts_with("date") || name.ends_with("date") || member.ends_with("At") => {
            format!("2026-01-{:02}T09:30:00Z", number % 28 + 1)
        }
        () if member.ends_with("Id") => format!("{}-{count}", kebab(member.get(..member.len() - 2).unwrap_or(member))),
        () if member.ends_with("Ids") => format!("{}-{count}", kebab(member.get(..member.len() - 3).unwrap_or(member))),
        () if member.is_empty() => format!("{owner} {count}"),
        () if name == "name" || name == "title" || name == "label" => format!("{owner} {count}"),
        () if member.ends_with("Sid") => format!("{}-{count}", kebab(member)),
        () => format!("{} {count}", split_words(member)),
    }
}

fn pick(words: &[&str], number: usize) -> String {
    words.get(number % words.len()).copied().unwrap_or_default().to_owned()
}

/// Adapts a sample to the rules of its member, as far as possible.
pub(super) fn within_rules(value: Value, rules: &[Rule]) -> Value {
    rules.iter().fold(value, |value, rule| within(value, &rule.check))
}

fn within(value: Value, check: &Check) -> Value {
    let length = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let cut = |text: String, max: usize| text.chars().take(max).collect::<String>();
    let fill = |text: String, min: usize| format!("{text:x<min$}");
    match (value, check) {
        (Value::Text(text), Check::Length(min, max)) => {
            Value::Text(fill(cut(text, length(*max)), length(*min).min(10_000)))
        }
        (Value::Text(text), Check::ExactLength(exact)) => {
            Value::Text(fill(cut(text, length(*exact)), length(*exact).min(10_000)))
        }
        (Value::Text(text), Check::MaximumLength(max)) => Value::Text(cut(text, length(*max))),
        (Value::Text(text), Check::MinimumLength(min)) => Value::Text(fill(text, length(*min).min(10_000))),
        (Value::Text(_), Check::Email) => Value::text("user1@example.com"),
        (Value::Text(_), Check::CreditCard) => Value::text("4242424242424242"),
        (Value::Text(_), Check::Equal(Operand::Text(text))) => Value::text(text.as_str()),
        (Value::Number(_), Check::GreaterThan(Operand::Integer(number))) => Value::number(number.saturating_add(1)),
        (
            Value::Number(_),
            Check::GreaterThanOrEqual(Operand::Integer(number))
            | Check::InclusiveBetween(Operand::Integer(number), _)
            | Check::Equal(Operand::Integer(number)),
        ) => Value::number(number),
        (Value::Number(_), Check::ExclusiveBetween(Operand::Integer(number), _)) => {
            Value::number(number.saturating_add(1))
        }
        (Value::Number(_), Check::LessThan(Operand::Integer(number))) => Value::number(number.saturating_sub(1)),
        (value, _) => value,
    }
}

impl Value {
    fn text_number(digits: &str) -> Self {
        Self::Number(digits.to_owned())
    }
}
