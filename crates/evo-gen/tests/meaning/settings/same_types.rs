//! Types with the serialized form of another type: from the setting `supply`, and from NodaTime.

use serde_json::json;

use crate::document::{class, operation};
use crate::made::{definition, generate, try_generate};

fn document(members: &[&str]) -> serde_json::Value {
    json!({ "types": [class("Answer", members)], "operations": [operation("Find", "POST", &[], "Answer")] })
}

fn fields(text: &str) -> Vec<String> {
    let lines = definition(text, "pub struct Answer");
    let fields = lines.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.strip_suffix(','));
    fields.map(str::to_owned).collect()
}

#[test]
fn a_missing_type_can_be_another_type() {
    let members = ["At: Stamp", "Maybe: Stamp?", "All: List<Stamp>", "Ids: Ids", "Money: Money"];
    let settings = "supply = { 'Shop.Stamp' = 'DateTime', 'Shop.Ids' = 'List<Guid?>', 'Shop.Money' = 'decimal' }";
    let text = generate(&document(&members), settings);
    assert_eq!(
        fields(&text),
        ["at: DateTime", "maybe: Option<DateTime>", "all: Vec<DateTime>", "ids: Vec<Option<Uuid>>", "money: Decimal",]
    );
}

#[test]
fn types_of_noda_time_are_known() {
    let names =
        ["Instant", "LocalDate", "LocalTime", "LocalDateTime", "OffsetDateTime", "ZonedDateTime", "Duration", "Period"];
    let members: Vec<String> = names.iter().map(|name| format!("{name}: NodaTime.{name}")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).chain(["Maybe: Instant?"]).collect();
    assert_eq!(
        fields(&generate(&document(&members), "")),
        [
            "instant: DateTime",
            "local_date: Date",
            "local_time: Option<String>",
            "local_date_time: DateTime",
            "offset_date_time: DateTimeOffset",
            "zoned_date_time: Option<String>",
            "duration: Option<String>",
            "period: Option<String>",
            "maybe: Option<DateTime>",
        ]
    );
    // Settings take precedence.
    let text = generate(&document(&["At: NodaTime.Instant"]), "supply.'NodaTime.Instant' = 'String'");
    assert_eq!(fields(&text), ["at: Option<String>"]);
}

#[test]
fn invalid_types_are_errors() {
    let document = document(&["At: Stamp", "Name: String"]);
    for (settings, message) in [
        (
            "supply.'Shop.Stamps' = 'DateTime'",
            "`Shop.Stamps` of `supply` matches nothing; nothing in the document mentions it, or its meaning is known already",
        ),
        (
            "supply.'Shop.Stamp' = 'Shop.Nothing'",
            "`Shop.Stamp` of `supply`: the type `Nothing` is not described; write it as in C#: `DateTime`, `string`, \
             `List<Shop.Pet>`",
        ),
        (
            "supply = { 'Shop.Stamp' = 'Shop.Other', 'Shop.Other' = 'Shop.Stamp' }",
            "`Shop.Other` of `supply` is `Shop.Stamp`, which is also another type; write the type that both are",
        ),
        (
            "supply.'Shop.Answer' = 'DateTime'",
            "`Shop.Answer` of `supply` is described by the document; `replace` uses a type of your own instead",
        ),
        (
            "supply.'Shop.Stamp' = 'a b<'",
            "`Shop.Stamp` of `supply`: `a b<` is not a C# type; write it as in C#: `DateTime`, `string`, `List<Shop.Pet>`",
        ),
    ] {
        assert_eq!(try_generate(&document, settings).unwrap_err(), message, "{settings}");
    }
}
