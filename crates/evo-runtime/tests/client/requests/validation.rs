//! Rules that are checked before a call, compared with recorded responses for the same values.

use std::path::Path;

use evo_runtime::dto::ResponseStatus;
use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::wire::json;
use evo_runtime::{Client, Date, Decimal, Error, ErrorKind, Uuid, operation, record, rules};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Default)]
struct CreateArtist {
    name: Option<String>,
}
record!(CreateArtist { name: "Name" });
rules!(CreateArtist { name: "Name"[NotEmpty] });

#[derive(Debug, Clone, PartialEq, Default)]
struct CreateAlbum {
    artist_id: Option<i32>,
    title: Option<String>,
}
record!(CreateAlbum { artist_id: "ArtistId", title: "Title" });
rules!(CreateAlbum { artist_id: "ArtistId" value [GreaterThan(0)], title: "Title" [Length(1, 20)] });

#[derive(Debug, Clone, PartialEq, Default)]
struct Validated {
    name: Option<String>,
    age: Option<i32>,
}
record!(Validated { name: "Name", age: "Age" });
operation!(Validated: POST => ());
rules!(Validated { name: "Name" [NotEmpty], age: "Age" value [InclusiveBetween(18, 120)] });

#[derive(Debug, Clone, PartialEq, Default)]
struct FindThings {
    words: Option<String>,
    id: Option<i64>,
}
record!(FindThings { words: "Words", id: "Id" });
rules!(FindThings as check { words: "Words" [NotEmpty, MaximumLength(40)], id: "Id" [GreaterThan(0)] });

/// Builds the `ResponseStatus` of a server.
fn recorded(host: &str, id: &str) -> ResponseStatus {
    let path = format!("../../fixtures/recordings/10.1.5/{host}.st-camel.json");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let exchanges: Value = serde_json::from_slice(&std::fs::read(file).expect("a recording")).expect("JSON");
    let exchanges = exchanges.as_array().expect("a list");
    let exchange = exchanges.iter().find(|exchange| exchange["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    let body: Value = serde_json::from_str(exchange["response"]["body"].as_str().expect("a body")).expect("JSON");
    json::from_slice(body["responseStatus"].to_string().as_bytes()).expect("a response status")
}

#[expect(clippy::unnecessary_wraps, reason = "the members are optional")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn the_error_is_that_of_the_server() {
    let album = CreateAlbum { artist_id: Some(0), title: text("This title is much too long for it") };
    for (host, id, outcome) in [
        ("crud", "create-empty", CreateArtist { name: text("") }.validate()),
        ("crud", "create-null", CreateArtist::default().validate()),
        ("crud", "create-album-invalid", album.validate()),
        ("errors", "validated", Validated::default().validate()),
        ("types", "GET /things/small", FindThings { words: None, id: Some(1) }.check()),
        ("types", "GET /api/FindThings?kind=k&id=-1&words=w", FindThings { words: text("w"), id: Some(-1) }.check()),
    ] {
        let error = outcome.expect_err(id);
        let expected = recorded(host, id);
        assert_eq!(error.response_status(), Some(&expected), "{id}");
        assert_eq!(error.error_code(), expected.error_code.as_deref(), "{id}");
        assert_eq!(Some(error.message()), expected.message.as_deref(), "{id}");
        assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Validation, None), "{id}");
        assert!(error.is_validation() && !error.is_retryable(), "{id}");
    }
    let error = album.validate().expect_err("two broken rules");
    assert_eq!(error.to_string(), "CreateAlbum: 'Artist Id' must be greater than '0'.");
    assert_eq!(error.field("title").and_then(|error| error.error_code.as_deref()), Some("Length"));
}

#[tokio::test]
async fn valid_requests_pass_and_validation_never_stops_a_call() {
    // errors#validated-ok
    assert!(Validated { name: text("n"), age: Some(20) }.validate().is_ok());
    // An unset nullable number is not checked.
    assert!(FindThings { words: text("w"), id: None }.check().is_ok());
    let server = ScriptedTransport::new([HttpReply::of(204, "", "")]);
    let client = Client::builder("https://h").transport(server.clone()).build().expect("a client");
    client.send(Validated::default()).await.expect("a response");
    assert_eq!(server.requests().len(), 1);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct All {
    text: Option<String>,
    number: Option<f64>,
    whole: Option<u64>,
    amount: Option<Decimal>,
    flag: Option<bool>,
    guid: Option<Uuid>,
    day: Option<Date>,
    list: Option<Vec<i32>>,
}
record!(All {
    text: "Text",
    number: "Number",
    whole: "Whole",
    amount: "Amount",
    flag: "Flag",
    guid: "Guid",
    day: "Day",
    list: "List"
});

/// A type with one rule for one member, named after the rule.
macro_rules! ruled {
    ($check:ident: $member:ident $name:literal $($rules:tt)+) => {
        fn $check(all: &All) -> Result<(), Error> {
            #[derive(Default)]
            struct Ruled(All);
            impl std::ops::Deref for Ruled {
                type Target = All;

                fn deref(&self) -> &All {
                    &self.0
                }
            }
            rules!(Ruled { $member: $name $($rules)+ });
            Ruled(all.clone()).validate()
        }
    };
}

ruled!(not_null: text "Text" [NotNull]);
ruled!(null: text "Text" [Null]);
ruled!(empty: text "Text" [Empty]);
ruled!(email: text "Text" [Email]);
ruled!(credit_card: text "Text" [CreditCard]);
ruled!(exact: text "Text" [ExactLength(2)]);
ruled!(minimum: text "Text" [MinimumLength(2)]);
ruled!(maximum: text "Text" [MaximumLength(2)]);
ruled!(length: text "Text" [Length(2, 3)]);
ruled!(equal_text: text "Text" [Equal("yes")]);
ruled!(not_equal_text: text "Text" [NotEqual("no")]);
ruled!(pattern: text "Text" [RegularExpression("^[a-z]{2}$")]);
ruled!(strange_pattern: text "Text" [RegularExpression("(?<=a)b")]);
ruled!(less: number "Number" [LessThan(1.5)]);
ruled!(less_or_equal: number "Number" [LessThanOrEqual(-1.5)]);
ruled!(greater: whole "Whole" [GreaterThan(3_000_000_000_u64)]);
ruled!(greater_or_equal: whole "Whole" [GreaterThanOrEqual(2)]);
ruled!(equal: whole "Whole" [Equal(2)]);
ruled!(not_equal: whole "Whole" [NotEqual(2)]);
ruled!(inclusive: amount "Amount" [InclusiveBetween(1, 2.50)]);
ruled!(exclusive: amount "Amount" [ExclusiveBetween(1, 2.50)]);
ruled!(scale: amount "Amount" [ScalePrecision(2, 4)]);
ruled!(not_empty_flag: flag "Flag" value [NotEmpty]);
ruled!(nullable_flag: flag "Flag" [NotEmpty]);
ruled!(equal_flag: flag "Flag" [Equal(true)]);
ruled!(not_empty_guid: guid "Guid" value [NotEmpty]);
ruled!(not_empty_day: day "Day" value [NotEmpty]);
ruled!(not_empty_list: list "List" [NotEmpty]);
ruled!(own: text "Text" [Length(1, 2) code "OWN" message "{PropertyName} {PropertyValue}: {MinLength}-{MaxLength} {other} {"]);

type Check = fn(&All) -> Result<(), Error>;

/// A rule, its valid values, its invalid values, its code, and the message for the first invalid value.
type Row = (Check, Vec<All>, Vec<All>, &'static str, &'static str);

fn texts(values: &[Option<&str>]) -> Vec<All> {
    values.iter().map(|value| All { text: value.map(str::to_owned), ..All::default() }).collect()
}

fn amounts(values: &[Option<&str>]) -> Vec<All> {
    let amount = |text: &str| text.parse().expect("a decimal");
    values.iter().map(|value| All { amount: value.map(amount), ..All::default() }).collect()
}

fn numbers(values: &[Option<f64>]) -> Vec<All> {
    values.iter().map(|value| All { number: *value, ..All::default() }).collect()
}

fn wholes(values: &[Option<u64>]) -> Vec<All> {
    values.iter().map(|value| All { whole: *value, ..All::default() }).collect()
}

fn flags(values: &[Option<bool>]) -> Vec<All> {
    values.iter().map(|value| All { flag: *value, ..All::default() }).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_rule_accepts_valid_and_rejects_invalid_values() {
    let day = |text: &str| All { day: Some(text.parse().expect("a date")), ..All::default() };
    let guid = |value| All { guid: Some(Uuid::from_u128(value)), ..All::default() };
    let list = |items: Vec<i32>| All { list: Some(items), ..All::default() };
    let rules: Vec<Row> = vec![
        (not_null, texts(&[Some(""), Some("x")]), texts(&[None]), "NotNull", "'Text' must not be empty."),
        (null, texts(&[None]), texts(&[Some("x"), Some("")]), "Null", "'Text' must be empty."),
        (empty, texts(&[None, Some(""), Some(" \t")]), texts(&[Some("x")]), "Empty", "'Text' must be empty."),
        (
            email,
            texts(&[None, Some("a@b"), Some("a b@c.d")]),
            texts(&[Some("a"), Some("@b"), Some("a@"), Some("a@b@c"), Some("")]),
            "Email",
            "'Text' is not a valid email address.",
        ),
        (
            credit_card,
            texts(&[None, Some(""), Some("4111 1111-1111 1111"), Some("79927398713")]),
            texts(&[Some("79927398710"), Some("4111x")]),
            "CreditCard",
            "'Text' is not a valid credit card number.",
        ),
        (
            exact,
            texts(&[None, Some("ab"), Some("😀")]),
            texts(&[Some("abc"), Some("")]),
            // ServiceStack gives the code `ExactLength` this alias.
            "Length",
            "'Text' must be 2 characters in length. You entered 3 characters.",
        ),
        (
            minimum,
            texts(&[None, Some("ab"), Some("abc")]),
            texts(&[Some("a"), Some("")]),
            "MinimumLength",
            "The length of 'Text' must be at least 2 characters. You entered 1 characters.",
        ),
        (
            maximum,
            texts(&[None, Some("ab"), Some("")]),
            texts(&[Some("abc")]),
            "MaximumLength",
            "The length of 'Text' must be 2 characters or fewer. You entered 3 characters.",
        ),
        (
            length,
            texts(&[None, Some("ab"), Some("abc")]),
            texts(&[Some("abcd"), Some("a")]),
            "Length",
            "'Text' must be between 2 and 3 characters. You entered 4 characters.",
        ),
        (equal_text, texts(&[Some("yes")]), texts(&[Some("no"), None]), "Equal", "'Text' must be equal to 'yes'."),
        (
            not_equal_text,
            texts(&[Some("yes"), None]),
            texts(&[Some("no")]),
            "NotEqual",
            "'Text' must not be equal to 'no'.",
        ),
        (
            less,
            numbers(&[None, Some(1.4), Some(-9.0)]),
            numbers(&[Some(1.5), Some(1e30)]),
            "LessThan",
            "'Number' must be less than '1.5'.",
        ),
        (
            less_or_equal,
            numbers(&[None, Some(-1.5)]),
            numbers(&[Some(-1.4)]),
            "LessThanOrEqual",
            "'Number' must be less than or equal to '-1.5'.",
        ),
        (
            greater,
            wholes(&[None, Some(u64::MAX)]),
            wholes(&[Some(3_000_000_000)]),
            "GreaterThan",
            "'Whole' must be greater than '3000000000'.",
        ),
        (
            greater_or_equal,
            wholes(&[None, Some(2)]),
            wholes(&[Some(1)]),
            "GreaterThanOrEqual",
            "'Whole' must be greater than or equal to '2'.",
        ),
        (equal, wholes(&[Some(2)]), wholes(&[Some(3), None]), "Equal", "'Whole' must be equal to '2'."),
        (not_equal, wholes(&[Some(3), None]), wholes(&[Some(2)]), "NotEqual", "'Whole' must not be equal to '2'."),
        (
            inclusive,
            amounts(&[None, Some("1"), Some("2.500")]),
            amounts(&[Some("2.51"), Some("0.9")]),
            "InclusiveBetween",
            "'Amount' must be between 1 and 2.5. You entered 2.51.",
        ),
        (
            exclusive,
            amounts(&[None, Some("1.01"), Some("2.49")]),
            amounts(&[Some("1.0"), Some("2.5")]),
            "ExclusiveBetween",
            "'Amount' must be between 1 and 2.5 (exclusive). You entered 1.0.",
        ),
        (
            scale,
            amounts(&[None, Some("12.34"), Some("0.05"), Some("-99")]),
            amounts(&[Some("123.456"), Some("123"), Some("1.234")]),
            "ScalePrecision",
            "'Amount' must not be more than 4 digits in total, with allowance for 2 decimals. 3 digits and 3 decimals were found.",
        ),
        (not_empty_flag, flags(&[Some(true)]), flags(&[Some(false), None]), "NotEmpty", "'Flag' must not be empty."),
        (nullable_flag, flags(&[Some(true), Some(false)]), flags(&[None]), "NotEmpty", "'Flag' must not be empty."),
        (equal_flag, flags(&[Some(true)]), flags(&[Some(false), None]), "Equal", "'Flag' must be equal to 'True'."),
        (not_empty_guid, vec![guid(1)], vec![guid(0), All::default()], "NotEmpty", "'Guid' must not be empty."),
        (
            not_empty_day,
            vec![day("0001-01-02")],
            vec![day("0001-01-01"), All::default()],
            "NotEmpty",
            "'Day' must not be empty.",
        ),
        (
            not_empty_list,
            vec![list(vec![0])],
            vec![list(Vec::new()), All::default()],
            "NotEmpty",
            "'List' must not be empty.",
        ),
        (own, texts(&[None, Some("ab")]), texts(&[Some("abc")]), "OWN", "Text abc: 1-2 {other} {"),
        // Rules that the client does not know are left to the service.
        (strange_pattern, texts(&[None, Some("ab"), Some("b")]), Vec::new(), "", ""),
    ];
    for (check, good, bad, code, message) in rules {
        for value in good {
            assert!(check(&value).is_ok(), "{code}: {value:?}");
        }
        for (index, value) in bad.iter().enumerate() {
            let error = check(value).expect_err(code);
            assert_eq!(error.error_code(), Some(code), "{value:?}");
            if index == 0 {
                assert_eq!(error.message(), message);
            }
        }
    }
}

#[test]
fn patterns_are_checked_only_with_the_feature() {
    for (value, is_match) in [(None, true), (Some("ab"), true), (Some("abc"), false), (Some(""), false)] {
        let outcome = texts(&[value]).iter().try_for_each(pattern);
        assert_eq!(outcome.is_ok(), is_match || !cfg!(feature = "regex"), "{value:?}");
        if let Err(error) = outcome {
            assert_eq!(
                (error.error_code(), error.message()),
                (Some("RegularExpression"), "'Text' is not in the correct format.")
            );
        }
    }
}

#[cfg(feature = "regex")]
fn may_match(pattern: &str, text: &str) -> bool {
    use evo_runtime::validation::{Member, Rule, Stated, check};

    let value = text.to_owned();
    let rules = [Stated { rule: Rule::RegularExpression(pattern), code: &[], message: &[] }];
    check("Match", &[Member { name: "Text", value: &value, is_value: false, rules: &rules }]).is_ok()
}

#[cfg(feature = "regex")]
#[test]
fn patterns_with_the_same_meaning_in_both_engines_are_checked() {
    for (pattern, good, bad) in [
        ("^[a-z]+$", "abc", "ABC"),
        (r"^\d{2,3}-\w+\.$", "12-ab.", "1-ab."),
        ("^(?:a|b)*?c{2}$", "abcc", "abc"),
        (r"^[^\]\-]+$", "abc", "a]"),
        (r"\bcat\b", "a cat", "cats"),
    ] {
        assert!(may_match(pattern, good) && !may_match(pattern, bad), "{pattern}");
    }
}

#[cfg(feature = "regex")]
#[test]
fn patterns_that_the_engines_read_differently_are_left_to_the_service() {
    for (pattern, text) in [
        (r"^\<[a-z]+\>$", "<abc>"),
        ("^[a[b]$", "["),
        ("^[a-z-[aeiou]]+$", "e"),
        ("^a{,5}$", "a{,5}"),
        ("^x&&[a&&b]$", "&"),
        ("^.$", "\u{1f600}"),
        (r"^\w+$", "größe"),
        ("^a$", "a\n"),
        ("(?i)^k$", "K"),
        ("(?<=a)b", "c"),
        (r"^[\b]$", "x"),
        (r"^\u0041\p{IsGreek}$", "x"),
        ("^a{$", "a{"),
        ("^ä$", "a"),
    ] {
        assert!(may_match(pattern, text), "{pattern}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Names {
    sku: Option<String>,
    url_path: Option<String>,
    my_url: Option<String>,
    a: Option<String>,
}
record!(Names { sku: "SKU", url_path: "URLPath", my_url: "MyURL", a: "a" });
rules!(Names { sku: "SKU"[NotNull], url_path: "URLPath"[NotNull], my_url: "MyURL"[NotNull], a: "a"[NotNull] });

#[test]
fn names_of_members_are_shown_in_words() {
    let error = Names::default().validate().expect_err("nothing is set");
    let messages: Vec<_> = error.field_errors().iter().filter_map(|error| error.message.as_deref()).collect();
    assert_eq!(
        messages,
        [
            "'SKU' must not be empty.",
            "'URL Path' must not be empty.",
            "'My URL' must not be empty.",
            "'a' must not be empty."
        ]
    );
}
