//! Values that must not change: absent values, numbers, names and characters.

use std::collections::BTreeMap;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::wire::{Decode, Wire, json, jsv};
use evo_runtime::{
    Bytes, Client, Date, DateTime, DateTimeOffset, Decimal, DecimalText, KeyValuePair, Operation, Other, Time,
    TimeSpan, Tuple2, UnknownValue, Uuid, Value, ValueTuple, choice, flags, operation, record, variants,
};
use serde_json::json;

fn read<T: Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Size {
    #[default]
    Small,
    Empty,
    Blank,
    Padded,
    Unknown(UnknownValue),
}
choice!(Size { Small: "Small" = 0, Empty: "Empty" as "" = 1, Blank: "Blank" as " " = 2, Padded: "Padded" as " Small " = 3 } else Unknown);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Plain {
    #[default]
    First,
    Second,
    Unknown(UnknownValue),
}
choice!(Plain { First: "First", Second: "Second" as "2nd" } else Unknown);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Rights(u64);
flags!(Rights { READ: "Read" = 1, BLANK: "Blank" as " " = 2 });

#[test]
fn an_empty_text_is_none_for_a_nullable_scalar() {
    fn is_none<T: Wire + PartialEq + std::fmt::Debug>() {
        let name = std::any::type_name::<T>();
        assert_eq!(read::<Option<T>>(r#""""#), None, "{name}");
        assert_eq!(read::<Vec<Option<T>>>(r#"["",null]"#), [None, None], "{name}");
        assert_eq!(read::<T>(r#""""#), T::default(), "{name}");
        let mut value = None::<T>;
        jsv::read_slice(br#""""#, &mut value).unwrap();
        assert_eq!(value, None, "{name} in JSV");
    }
    is_none::<bool>();
    is_none::<char>();
    is_none::<i8>();
    is_none::<u8>();
    is_none::<i16>();
    is_none::<u16>();
    is_none::<i32>();
    is_none::<u32>();
    is_none::<i64>();
    is_none::<u64>();
    is_none::<f32>();
    is_none::<f64>();
    is_none::<Decimal>();
    is_none::<DecimalText>();
    is_none::<DateTime>();
    is_none::<DateTimeOffset>();
    is_none::<Time>();
    is_none::<TimeSpan>();
    is_none::<Uuid>();
    is_none::<Plain>();
    is_none::<Rights>();
    assert_eq!(read::<Option<Date>>(r#""""#), None);
    assert_eq!(read::<Option<String>>(r#""""#), Some(String::new()));
    assert_eq!(read::<Option<Bytes>>(r#""""#), Some(Bytes::new()));
    assert_eq!(read::<Option<Size>>(r#""""#), Some(Size::Empty));
    // Structs that are written as text.
    assert_eq!(read::<Option<KeyValuePair<i32, i32>>>(r#""""#), None);
    assert_eq!(read::<Option<ValueTuple<Tuple2<i32, i32>>>>(r#""""#), None);
    assert_eq!(read::<KeyValuePair<i32, i32>>(r#""""#), KeyValuePair::default());
}

#[test]
fn enums_read_exactly_what_they_write() {
    for size in [Size::Small, Size::Empty, Size::Blank, Size::Padded] {
        let written = json::to_string(&size).unwrap();
        assert_eq!(read::<Size>(&written), size, "{written}");
        let keys = BTreeMap::from([(size.clone(), 1)]);
        assert_eq!(read::<BTreeMap<Size, i32>>(&json::to_string(&keys).unwrap()), keys, "{written}");
        assert_eq!(serde_json::from_str::<Size>(&written).unwrap(), size, "{written}");
    }
    assert_eq!(read::<Size>(r#""  Small""#), Size::Small);
    assert_eq!(read::<Rights>(r#"" ""#), Rights::BLANK);
    assert_eq!(read::<Rights>(r#"["Read"," "]"#), Rights::READ | Rights::BLANK);
    assert_eq!((read::<Plain>(r#""2nd""#), Plain::Second.number()), (Plain::Second, None));
    assert_eq!(read::<Plain>("1"), Plain::Unknown(UnknownValue::Number(1)));
}

#[test]
fn a_number_read_as_text_keeps_its_digits() {
    for digits in
        ["1.10", "0.1000000000000000055511151231257827", "1E+2", "-0", "-0.0", "123456789012345678901234567890", "7"]
    {
        assert_eq!(read::<String>(digits), digits);
        assert_eq!(read::<Option<String>>(digits).as_deref(), Some(digits));
        assert_eq!(
            serde_json::from_str::<Named>(&format!("{{\"text\":{digits}}}")).unwrap().text.as_deref(),
            Some(digits)
        );
    }
    assert_eq!(read::<String>("true"), "true");
    assert_eq!(read::<String>("NaN"), "NaN");
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Named {
    text: Option<String>,
    object: Value,
}
record!(Named { text: "Text", object: "Object" });

#[test]
fn integers_are_exact_or_an_error() {
    for text in ["9.007199254740993E15", "\"9.007199254740993E15\"", "9007199254740993.0", "900719925474099300e-2"] {
        assert_eq!(read::<i64>(text), 9_007_199_254_740_993, "{text}");
        assert_eq!(read::<u64>(text), 9_007_199_254_740_993, "{text}");
        assert_eq!(read::<Option<i64>>(text), Some(9_007_199_254_740_993), "{text}");
    }
    assert_eq!(read::<u64>("1.8446744073709551615e19"), u64::MAX);
    let keys: BTreeMap<i64, bool> = read(r#"{"9.007199254740993E15":true," 7.0":true}"#);
    assert_eq!(keys, BTreeMap::from([(9_007_199_254_740_993, true), (7, true)]));
    for key in ["", "1.5", "1e19"] {
        assert!(json::from_slice::<BTreeMap<i64, bool>>(format!("{{\"{key}\":true}}").as_bytes()).is_err(), "{key}");
    }
    for (text, expected) in [
        ("-7.0", -7),
        ("\"+7\"", 7),
        ("1E+2", 100),
        ("1.50e1", 15),
        ("1200e-2", 12),
        ("0.00e5", 0),
        ("0e-999999999999", 0),
        ("\"00012.0\"", 12),
        ("0.0012e4", 12),
    ] {
        assert_eq!(read::<i32>(text), expected, "{text}");
    }
    for text in [
        "1200e-3",
        "1e39",
        "1e999999999999999999999",
        "1e9223372036854775807",
        "\"e5\"",
        "\".\"",
        "\"1.2.3\"",
        "\"0x10\"",
    ] {
        assert!(json::from_slice::<i32>(text.as_bytes()).is_err(), "{text}");
    }
    for text in ["1.5", "1e19", "1e400", "12345678901234567890123", "\"1.5\"", "NaN"] {
        assert!(json::from_slice::<i64>(text.as_bytes()).is_err(), "{text}");
    }
    // Numbers beyond `f64` and `i64` keep their digits.
    let named: Named =
        read(r#"{"object":{"big":123456789012345678901,"small":-99999999999999999999,"most":18446744073709551615}}"#);
    let expected = json!({"big": "123456789012345678901", "small": "-99999999999999999999", "most": u64::MAX});
    assert_eq!(named.object, expected);
    // Integers of 64 bits that no float is keep them too, whatever their form; what a float is stays one.
    let named: Named = read(
        r#"{"object":[9.007199254740993E15,-9007199254740993.0,1.8446744073709551615e+19,1.0,1E+22,1.2345678901234568E+17,-0.0,1e400]}"#,
    );
    let expected = json!([
        9_007_199_254_740_993_i64,
        -9_007_199_254_740_993_i64,
        u64::MAX,
        1.0,
        1e22,
        1.234_567_890_123_456_8e17,
        -0.0,
        "1e400"
    ]);
    assert_eq!(named.object, expected);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Dated {
    day: Date,
    pair: KeyValuePair<i32, Date>,
    maybe: Option<Date>,
    days: Vec<Date>,
}
record!(Dated { day: "Day", pair: "Pair", maybe: "Maybe", days: "Days" });

#[test]
fn an_absent_date_is_the_minimum_of_dotnet() {
    let first = Date::constant(1, 1, 1);
    let absent = Dated { day: first, pair: KeyValuePair { key: 0, value: first }, maybe: None, days: vec![] };
    for bytes in ["{}", r#"{"day":null,"pair":null,"maybe":null,"days":null}"#, r#"{"day":"","maybe":"","days":""}"#] {
        assert_eq!(read::<Dated>(bytes), absent, "{bytes}");
        assert_eq!(serde_json::from_str::<Dated>(bytes).unwrap(), absent, "{bytes}");
    }
    assert_eq!(read::<Dated>(r#"{"days":[null,"2012-05-01"]}"#).days, [first, Date::constant(2012, 5, 1)]);
    // Existing values are kept.
    let mut dated = Dated { day: Date::constant(2012, 5, 1), ..absent };
    dated.absent();
    assert_eq!(dated.day, Date::constant(2012, 5, 1));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Birthday {
    day: Date,
}
record!(Birthday { day: "Day" });

#[derive(Debug, Clone, PartialEq)]
enum Event {
    Birthday(Box<Birthday>),
    Other(Box<Other<Birthday>>),
}
variants!(Event { Birthday: "Lab.Birthday" } untyped Birthday else Other);

#[derive(Debug, Clone, PartialEq, Default)]
struct Calendar {
    tuple: ValueTuple<Tuple2<Date, i32>>,
    event: Event,
    days: BTreeMap<String, Date>,
    other: Other<Birthday>,
}
record!(Calendar { tuple: "Tuple", event: "Event", days: "Days", other: "Other" });
operation!(Calendar: GET => Calendar);

#[tokio::test]
async fn absent_dates_inside_other_values_are_the_minimum_as_well() {
    let first = Birthday { day: Date::constant(1, 1, 1) };
    let other = Other { base: first.clone(), ..Other::default() };
    let calendar = Calendar {
        tuple: ValueTuple::from(Tuple2 { item1: first.day, item2: 0 }),
        event: Event::Birthday(Box::new(first.clone())),
        days: BTreeMap::new(),
        other: other.clone(),
    };
    for bytes in ["{}", r#"{"tuple":null,"event":null,"other":null}"#, r#"{"tuple":{},"event":{},"other":{}}"#] {
        assert_eq!(read::<Calendar>(bytes), calendar, "{bytes}");
    }
    // A text in place of the tuple tells nothing of its items.
    let tuple = ValueTuple { text: Some("(x, 1)".to_owned()), ..calendar.tuple.clone() };
    assert_eq!(read::<Calendar>(r#"{"tuple":"(x, 1)"}"#), Calendar { tuple, ..calendar.clone() });
    let unknown = read::<Event>(r#"{"__type":"Lab.Party"}"#);
    assert_eq!(unknown, Event::Other(Box::new(Other { type_name: Some("Lab.Party".to_owned()), ..other })));
    assert_eq!(read::<BTreeMap<String, Date>>(r#"{"a":null}"#)["a"], first.day);
    // For a response without a body, .NET returns the default too.
    let server = ScriptedTransport::new([HttpReply::of(204, "", "")]);
    let client = Client::builder("https://h").transport(server).build().unwrap();
    assert_eq!(client.send(calendar.clone()).await.unwrap(), calendar);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Hiding {
    items: Vec<i32>,
    items2: Option<Vec<String>>,
    id: Option<String>,
    after: i32,
}
record!(Hiding { items: "Items" => hides, items2: "Items", id: "Id" => hides, after: "After" });

#[test]
fn a_value_of_another_type_is_read_into_the_next_member_of_its_name() {
    let texts = Some(vec!["x".to_owned()]);
    for (bytes, expected) in [
        (r#"{"items":["x"],"after":1}"#, Hiding { items2: texts.clone(), after: 1, ..Hiding::default() }),
        (
            r#"{"items":["x"],"items":[1],"after":1}"#,
            Hiding { items: vec![1], items2: texts.clone(), after: 1, ..Hiding::default() },
        ),
        (r#"{"items":[1],"items":["x"]}"#, Hiding { items: vec![1], items2: texts, ..Hiding::default() }),
        (r#"{"id":{"a":[1,{}]},"after":1}"#, Hiding { after: 1, ..Hiding::default() }),
        (r#"{"items":{"a":1},"after":1}"#, Hiding { after: 1, ..Hiding::default() }),
        (r#"{"id":{"a":1},"id":"x"}"#, Hiding { id: Some("x".to_owned()), ..Hiding::default() }),
    ] {
        assert_eq!(read::<Hiding>(bytes), expected, "{bytes}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Send {
    letter: Option<char>,
    letters: Vec<char>,
    by_letter: BTreeMap<char, i32>,
    object: Option<Value>,
    objects: BTreeMap<String, Value>,
}
record!(Send { letter: "Letter", letters: "Letters", by_letter: "ByLetter", object: "Object", objects: "Objects" });
operation!(Send: GET => ());

fn target(send: &Send) -> Result<String, String> {
    let client = Client::builder("https://h").transport(ScriptedTransport::default()).build().unwrap();
    let request = client.prepare(&Send::SPEC, send).map_err(|error| error.to_string())?;
    Ok(format!(
        "{} {}",
        request.url().query().unwrap_or_default(),
        String::from_utf8_lossy(request.body().as_bytes().unwrap_or_default())
    ))
}

#[test]
fn a_character_of_two_utf16_units_is_rejected_before_sending() {
    for send in [
        Send { letter: Some('\u{1f600}'), ..Send::default() },
        Send { letters: vec!['a', '\u{10000}'], ..Send::default() },
        Send { by_letter: BTreeMap::from([('\u{1f600}', 1)]), ..Send::default() },
    ] {
        for refusal in [json::to_string(&send).unwrap_err().to_string(), target(&send).unwrap_err()] {
            assert!(refusal.contains("is not one UTF-16 unit"), "{refusal}");
        }
        assert!(jsv::to_vec(&send).is_err());
    }
    assert!(target(&Send { letter: Some('ü'), ..Send::default() }).unwrap().starts_with("letter=%C3%BC"));
}

#[test]
fn objects_that_are_not_text_are_rejected_in_queries() {
    // URL-33
    for object in [json!({"a": 1}), json!(1), json!(true), json!([]), json!(1.5)] {
        let send = Send { object: Some(object.clone()), ..Send::default() };
        assert!(target(&send).unwrap().starts_with(" {"), "{object}");
        let send = Send { objects: BTreeMap::from([("a".to_owned(), object)]), ..Send::default() };
        assert!(target(&send).unwrap().starts_with(" {"));
    }
    let send = Send { object: Some(json!("t")), ..Send::default() };
    assert!(target(&send).unwrap().contains("object=t"));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Ask {}
record!(Ask {});
operation!(Ask: GET => Named);

#[derive(Debug, Clone, PartialEq, Default)]
struct Text {}
record!(Text {});
operation!(Text: GET => raw String);

#[derive(Debug, Clone, PartialEq, Default)]
struct Maybe {}
record!(Maybe {});
operation!(Maybe: GET => Option<Named>);

async fn send<T: Operation + Default>(
    content_type: &str,
    body: impl Into<evo_runtime::transport::Body>,
) -> Result<T::Answer, String> {
    let reply = HttpReply::of(200, content_type, "").with_body(body);
    let client = Client::builder("https://h").transport(ScriptedTransport::new([reply])).build().unwrap();
    client.send(T::default()).await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn null_is_an_error_unless_the_response_is_optional() {
    let error = send::<Ask>("application/json", "null").await.unwrap_err();
    assert!(error.contains("the body is `null`"), "{error}");
    assert_eq!(send::<Maybe>("application/json", " null ").await, Ok(None));
    assert_eq!(send::<Ask>("application/json", "").await, Ok(Named::default()));
}

#[tokio::test]
async fn texts_are_decoded_by_charset_or_byte_order_mark() {
    for (content_type, body, expected) in [
        ("text/plain; charset=iso-8859-1", b"gr\xfc\xdfe".to_vec(), "grüße"),
        ("text/plain;Charset=\"Windows-1252\"", b"\x80".to_vec(), "€"),
        ("text/plain; charset=utf-16", b"h\0i\0".to_vec(), "hi"),
        ("text/plain; format=flowed; charset = 'utf-16be'", b"\0h\0i".to_vec(), "hi"),
        ("text/plain; charset=", b"hi".to_vec(), "hi"),
        ("text/plain; charset=\"\"", "gr\u{fc}\u{df}e".as_bytes().to_vec(), "gr\u{fc}\u{df}e"),
        ("text/plain", b"\xff\xfeh\0i\0".to_vec(), "hi"),
        ("text/plain; charset=utf-8", b"\xfe\xff\0h\0i".to_vec(), "hi"),
        ("text/plain", "\u{feff}hi".as_bytes().to_vec(), "hi"),
        ("text/plain; charset=utf-8", "grüße".as_bytes().to_vec(), "grüße"),
    ] {
        assert_eq!(send::<Text>(content_type, body).await.as_deref(), Ok(expected), "{content_type}");
    }
    for (content_type, body, expected) in [
        ("text/plain; charset=x-own", b"hi".to_vec(), "\"x-own\""),
        ("text/plain; charset=utf-32", b"h\0\0\0".to_vec(), "\"utf-32\""),
        ("text/plain; charset=iso-2022-kr", b"hi".to_vec(), "\"iso-2022-kr\""),
        ("text/plain", b"\xff\xfe\0\0h\0\0\0".to_vec(), "UTF-32"),
        ("text/plain; charset=utf-16", b"\0\0\xfe\xff\0\0\0h".to_vec(), "UTF-32"),
        ("text/plain; charset=utf-16", b"h\0i".to_vec(), "UTF-16LE"),
        ("text/plain", b"gr\xfc\xdfe".to_vec(), "UTF-8"),
    ] {
        let error = send::<Text>(content_type, body).await.unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    // The same applies to DTOs.
    for (content_type, body) in [
        ("application/json; charset=iso-8859-1", b"{\"day\":\"2012-05-01\",\"\xfc\":1}".to_vec()),
        ("application/json; charset=utf-16", r#"{"day":"2012-05-01"}"#.bytes().flat_map(|byte| [byte, 0]).collect()),
        (
            "application/json",
            [0xfe, 0xff].into_iter().chain(r#"{"day":"2012-05-01"}"#.bytes().flat_map(|byte| [0, byte])).collect(),
        ),
        ("application/json; charset=unknown", br#"{"day":"2012-05-01"}"#.to_vec()),
    ] {
        let server = ScriptedTransport::new([HttpReply::of(200, content_type, body)]);
        let client = Client::builder("https://h").transport(server).build().unwrap();
        let birthday = client.get_url::<Birthday>("/day").await.unwrap();
        assert_eq!(birthday.day, Date::constant(2012, 5, 1), "{content_type}");
    }
}
