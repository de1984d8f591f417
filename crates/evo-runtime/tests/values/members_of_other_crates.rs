//! Members with types of other crates and of the program itself.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::hash::Hash;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::wire::{Encode, Key, Wire, json, jsv};
use evo_runtime::{
    Client, DateTime, DateTimeOffset, Decimal, DecimalText, TimeSpan, Uuid, Zone, collection, operation, record,
    wire_through_serde,
};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, Zoned};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde::{Deserialize, Serialize};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() }
}

fn read<T: Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

fn read_jsv<T: Wire>(bytes: &str) -> T {
    let mut value = T::default();
    jsv::read_slice(bytes.as_bytes(), &mut value).unwrap_or_else(|error| panic!("{bytes}: {error}"));
    value
}

fn written(value: &dyn Encode) -> String {
    json::to_string(value).expect("a value that can be written")
}

fn written_jsv(value: &dyn Encode) -> String {
    String::from_utf8(jsv::to_vec(value).expect("a value that can be written")).expect("text")
}

/// Checks a round trip of the value alone, in a list and as an optional value, in JSON and JSV.
fn survives<T: Wire + PartialEq + Debug + Clone>(value: &T) -> Result<(), TestCaseError> {
    prop_assert_eq!(&read::<T>(&written(value)), value);
    prop_assert_eq!(&read_jsv::<T>(&written_jsv(value)), value);
    let list = vec![value.clone()];
    prop_assert_eq!(&read::<Vec<T>>(&written(&list)), &list);
    prop_assert_eq!(&read_jsv::<Vec<T>>(&written_jsv(&list)), &list);
    let optional = Some(value.clone());
    prop_assert_eq!(&read::<Option<T>>(&written(&optional)), &optional);
    Ok(())
}

/// Checks a round trip as a key of a map.
fn survives_as_key<K: Key + Hash + Debug + Clone>(key: &K) -> Result<(), TestCaseError> {
    let map = HashMap::from([(key.clone(), 1)]);
    prop_assert_eq!(&read::<HashMap<K, i32>>(&written(&map)), &map);
    prop_assert_eq!(&read_jsv::<HashMap<K, i32>>(&written_jsv(&map)), &map);
    Ok(())
}

/// A strategy for instants that every crate can represent, some days away from the limits.
fn instants() -> impl Strategy<Value = i64> {
    let day = 864_000_000_000;
    3 * day..DateTime::MAX.ticks() - 3 * day
}

fn offsets() -> impl Strategy<Value = Offset> {
    (-14 * 60..=14 * 60).prop_map(|minutes: i32| Offset::from_seconds(minutes * 60).expect("14 hours at most"))
}

/// Every format of Appendix A for a date and time, with its instant; values without a time zone are UTC.
const DATES: [(&str, &str); 22] = [
    (r#""\/Date(1335867630123)\/""#, "2012-05-01T10:20:30.123Z"),
    (r#""\/Date(1335830400000-0000)\/""#, "2012-05-01T00:00:00Z"),
    (r#""\/Date(1335867630000+0000)\/""#, "2012-05-01T10:20:30Z"),
    (r#""\/Date(1335867630000+0800)\/""#, "2012-05-01T18:20:30+08:00"),
    (r#""/Date(1335867630000)/""#, "2012-05-01T10:20:30Z"),
    (r#""2012-05-01T10:20:30Z""#, "2012-05-01T10:20:30Z"),
    (r#""2012-05-01T10:20:30.1234567Z""#, "2012-05-01T10:20:30.1234567Z"),
    (r#""2012-05-01T10:20:30.123456789Z""#, "2012-05-01T10:20:30.1234567Z"),
    (r#""2012-05-01T10:20:30.0000000+08:00""#, "2012-05-01T10:20:30+08:00"),
    (r#""2012-05-01T10:20:30-0330""#, "2012-05-01T10:20:30-03:30"),
    (r#""2012-05-01T10:20:30""#, "2012-05-01T10:20:30Z"),
    (r#""2012-05-01T00:00:00.0000000""#, "2012-05-01T00:00:00Z"),
    (r#""2012-05-01""#, "2012-05-01T00:00:00Z"),
    (r#""2012-05-01 10:20:30""#, "2012-05-01T10:20:30Z"),
    (r#""20120501""#, "2012-05-01T00:00:00Z"),
    ("1335867630123", "2012-05-01T10:20:30.123Z"),
    ("1335867630", "2012-05-01T10:20:30Z"),
    ("1335867630.5", "2012-05-01T10:20:30.5Z"),
    (r#""1335867630""#, "2012-05-01T10:20:30Z"),
    (r#""Tue, 01 May 2012 10:20:30 GMT""#, "2012-05-01T10:20:30Z"),
    (r#""\/Date(-62135596800000-0000)\/""#, "0001-01-01T00:00:00Z"),
    (r#""0001-01-01T00:00:00""#, "0001-01-01T00:00:00Z"),
];

#[cfg(any(feature = "chrono", feature = "time"))]
const TIMES: [(&str, &str); 4] = [
    (r#""PT14H30M5S""#, "14:30:05"),
    (r#""PT23H59M59.9999999S""#, "23:59:59.9999999"),
    (r#""14:30:05""#, "14:30:05"),
    (r#""14:30:05.5000000""#, "14:30:05.5"),
];

const SPANS: [(&str, i64); 9] = [
    (r#""PT0S""#, 0),
    (r#""P1DT12H1.5S""#, 1_296_015_000_000),
    (r#""-PT1H30M""#, -54_000_000_000),
    (r#""PT0.0000001S""#, 1),
    (r#""-01:30:00""#, -54_000_000_000),
    (r#""1.12:00:01.5000000""#, 1_296_015_000_000),
    ("93784.5", 937_845_000_000),
    ("5", 50_000_000),
    (r#""-P10675199DT2H48M5.4775391S""#, i64::MIN),
];

fn instant(text: &str) -> DateTimeOffset {
    text.parse().expect("an instant")
}

#[test]
fn jiff_reads_every_form() {
    for (bytes, expected) in DATES {
        let expected = instant(expected);
        assert_eq!(DateTimeOffset::from(read::<Timestamp>(bytes)), expected, "{bytes}");
        let zoned: Zoned = read(bytes);
        assert!(DateTimeOffset::from(&zoned).eq_exact(expected), "{bytes}: {zoned}");
        assert_eq!(read::<Option<Timestamp>>("null"), None);
    }
    for (bytes, ticks) in SPANS {
        assert_eq!(TimeSpan::from(read::<SignedDuration>(bytes)).ticks(), ticks, "{bytes}");
    }
    // Values outside the range are clamped.
    assert_eq!(read::<Timestamp>(r#""9999-12-31T23:59:59.9999999Z""#), Timestamp::MAX);
    assert_eq!(read::<Timestamp>(r#""\/Date(253402300800000)\/""#), Timestamp::MAX);
    assert_eq!(written(&Timestamp::MIN), r#""0001-01-01T00:00:00Z""#);
    assert_eq!(written(&SignedDuration::MAX), format!("\"{}\"", TimeSpan::MAX));
    assert_eq!(written(&read::<Zoned>(r#""2012-05-01T10:20:30+08:00""#)), r#""2012-05-01T10:20:30+08:00""#);
    assert_eq!(written(&read::<Timestamp>(r#""2012-05-01T10:20:30+08:00""#)), r#""2012-05-01T02:20:30Z""#);
    let error = json::from_slice::<Vec<Timestamp>>(br#"["tomorrow"]"#).expect_err("no date");
    assert_eq!(error.message(), "expected a date and time, found text");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn jiff_survives(ticks in instants(), offset in offsets(), span in any::<i64>()) {
        let value = DateTime::from_ticks(ticks, Zone::Utc);
        let timestamp = Timestamp::try_from(value)?;
        survives(&timestamp)?;
        survives_as_key(&timestamp)?;
        let zoned = timestamp.to_zoned(jiff::tz::TimeZone::fixed(offset));
        survives(&zoned)?;
        survives_as_key(&zoned)?;
        prop_assert_eq!(read::<Zoned>(&written(&zoned)).offset(), offset);
        let duration = SignedDuration::from(TimeSpan::from_ticks(span));
        survives(&duration)?;
        survives_as_key(&duration)?;
        survives(&value.date())?;
        survives_as_key(&value.date())?;
        survives_as_key(&value.time())?;
    }
}

#[cfg(feature = "chrono")]
mod chrono_types {
    use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

    use super::*;

    #[test]
    fn every_form_is_read() {
        for (bytes, expected) in DATES {
            let expected = instant(expected);
            let utc: chrono::DateTime<Utc> = read(bytes);
            assert_eq!(DateTimeOffset::from(utc), expected, "{bytes}");
            let fixed: chrono::DateTime<FixedOffset> = read(bytes);
            assert!(DateTimeOffset::from(fixed).eq_exact(expected), "{bytes}: {fixed}");
            let date: NaiveDate = read(bytes);
            assert_eq!(date.to_string(), expected.to_string()[..10], "{bytes}");
        }
        for (bytes, expected) in TIMES {
            assert_eq!(read::<NaiveTime>(bytes), expected.parse().expect("a time"), "{bytes}");
        }
        for (bytes, ticks) in SPANS {
            assert_eq!(TimeSpan::from(read::<TimeDelta>(bytes)).ticks(), ticks, "{bytes}");
        }
        assert_eq!(written(&NaiveDate::MAX), r#""9999-12-31""#);
        // An absent date is that of .NET.
        let absent = NaiveDate::from_ymd_opt(1, 1, 1).expect("a date");
        assert_eq!(read::<Vec<NaiveDate>>(r#"[null,""]"#), [absent, absent]);
        assert_eq!(read::<evo_runtime::KeyValuePair<NaiveDate, NaiveDate>>(r#"{"key":null}"#), (absent, absent).into());
        assert_eq!(written(&NaiveDate::MIN), r#""0001-01-01""#);
        assert_eq!(written(&chrono::DateTime::<Utc>::MAX_UTC), r#""9999-12-31T23:59:59.9999999Z""#);
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_value_survives(ticks in instants(), offset in offsets(), span in any::<i64>()) {
            let value = DateTime::from_ticks(ticks, Zone::Utc);
            let utc = chrono::DateTime::<Utc>::try_from(value)?;
            survives(&utc)?;
            survives_as_key(&utc)?;
            let fixed = utc.with_timezone(&FixedOffset::east_opt(offset.seconds()).expect("14 hours at most"));
            survives(&fixed)?;
            survives_as_key(&fixed)?;
            let again: chrono::DateTime<FixedOffset> = read(&written(&fixed));
            prop_assert_eq!(again.offset(), fixed.offset());
            survives(&utc.date_naive())?;
            survives_as_key(&utc.date_naive())?;
            survives(&utc.time())?;
            survives_as_key(&utc.time())?;
            let delta = TimeDelta::from(TimeSpan::from_ticks(span));
            survives(&delta)?;
            survives_as_key(&delta)?;
        }
    }
}

#[cfg(feature = "time")]
mod time_types {
    use time::{Duration, OffsetDateTime};

    use super::*;

    #[test]
    fn every_form_is_read() {
        for (bytes, expected) in DATES {
            let expected = instant(expected);
            let value = read::<Option<OffsetDateTime>>(bytes).expect("an instant");
            assert!(DateTimeOffset::from(value).eq_exact(expected), "{bytes}: {value}");
            let date = read::<Option<time::Date>>(bytes).expect("a date");
            assert_eq!(date.to_string(), expected.to_string()[..10], "{bytes}");
        }
        for (bytes, expected) in TIMES {
            let time = read::<Option<time::Time>>(bytes).expect("a time");
            let plain = read::<jiff::civil::Time>(bytes);
            assert_eq!(evo_runtime::types::with_time::from_time_time(time), plain, "{bytes}");
            assert_eq!(plain, expected.parse().expect("a time"), "{bytes}");
        }
        for (bytes, ticks) in SPANS {
            assert_eq!(TimeSpan::from(read::<Duration>(bytes)).ticks(), ticks, "{bytes}");
        }
        assert_eq!(read::<Option<OffsetDateTime>>("null"), None);
        assert_eq!(written(&Some(OffsetDateTime::UNIX_EPOCH)), r#""1970-01-01T00:00:00Z""#);
        assert_eq!(written(&Some(time::Date::MIN)), r#""0001-01-01""#);
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_value_survives(ticks in instants(), offset in offsets(), span in any::<i64>()) {
            let value = DateTimeOffset::new(DateTime::from_ticks(ticks, Zone::Utc).civil(), offset);
            let value = OffsetDateTime::from(value);
            survives(&Some(value))?;
            survives_as_key(&value)?;
            prop_assert_eq!(read::<Option<OffsetDateTime>>(&written(&Some(value))).map(OffsetDateTime::offset), Some(value.offset()));
            survives(&Some(value.date()))?;
            survives_as_key(&value.date())?;
            survives(&Some(value.time()))?;
            survives_as_key(&value.time())?;
            let duration = Duration::from(TimeSpan::from_ticks(span));
            survives(&duration)?;
            survives_as_key(&duration)?;
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Settings(HashMap<String, Vec<i32>>);
collection!(Settings(HashMap<String, Vec<i32>>));

#[test]
fn hash_maps_are_maps() {
    let settings: Settings = read(r#"{"b":[1],"a":null,"b":[2]}"#);
    assert_eq!(settings, Settings(HashMap::from([("a".to_owned(), vec![]), ("b".to_owned(), vec![1])])));
    let by_guid: Option<HashMap<Uuid, Option<i32>>> = read(r#"{"3f2504e04f8911d39a0c0305e82c3301":7}"#);
    assert_eq!(written(&by_guid), r#"{"3f2504e0-4f89-11d3-9a0c-0305e82c3301":7}"#);
    assert_eq!(read_jsv::<Option<HashMap<String, i32>>>("null"), None);
    assert_eq!(written(&HashMap::from([("a", ()); 0].map(|(key, ())| (key.to_owned(), None::<i32>)))), "{}");
    let error = json::from_slice::<HashMap<i32, i32>>(br#"{"1":1,"x":2}"#).expect_err("no number");
    assert_eq!(error.to_string().split(", at").next(), Some("x: expected a key of type i32, found text"));
}

#[cfg(feature = "indexmap")]
#[test]
fn index_maps_keep_the_order_of_the_wire() {
    use evo_runtime::indexmap::IndexMap;

    let bytes = r#"{"z":1,"a":2,"m":3}"#;
    let map: IndexMap<String, i32> = read(bytes);
    assert_eq!(map.keys().collect::<Vec<_>>(), ["z", "a", "m"]);
    assert_eq!(written(&map), bytes);
    assert_eq!(read_jsv::<IndexMap<String, i32>>(&written_jsv(&map)), map);
    assert_eq!(read::<Option<IndexMap<String, i32>>>("null"), None);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Amounts {
    exact: DecimalText,
    rough: f64,
    perhaps: Option<DecimalText>,
    by_amount: BTreeMap<DecimalText, i32>,
}
record!(Amounts { exact: "Exact", rough: "Rough", perhaps: "Perhaps", by_amount: "ByAmount" });

#[test]
fn decimals_as_text_and_as_floats() {
    for (number, exact) in [
        ("1.2300", "1.2300"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("0.00000000000000000000000001", "0.00000000000000000000000001"),
        ("1E+2", "1E+2"),
        ("-7", "-7"),
        (r#""9.90""#, "9.90"),
        (r#"" +.5 ""#, "0.5"),
        (r#""-007.""#, "-7"),
        ("null", "0"),
    ] {
        let value: DecimalText = read(number);
        assert_eq!(&*value, exact, "{number}");
        assert_eq!(written(&value), exact, "{number}");
        assert_eq!(read_jsv::<DecimalText>(&written_jsv(&value)), value, "{number}");
    }
    for text in ["1,5", "1e", "--1", ".", "0x1", "1_000", "NaN", "1.5}", ""] {
        assert!(text.parse::<DecimalText>().is_err(), "{text:?}");
    }
    let bytes = r#"{"exact":1.50,"rough":1.50,"perhaps":2.00,"byAmount":{"1.0":1,"1.00":2}}"#;
    let amounts: Amounts = read(bytes);
    assert_eq!(written(&amounts), r#"{"exact":1.50,"rough":1.5,"perhaps":2.00,"byAmount":{"1.0":1,"1.00":2}}"#);
    assert_eq!(written_jsv(&amounts), "{exact:1.50,rough:1.5,perhaps:2.00,byAmount:{1.0:1,1.00:2}}");
    assert_eq!(DecimalText::from(Decimal::new(150, 2)).as_str(), "1.50");
    assert_eq!(amounts.exact.parse::<Decimal>(), Ok(Decimal::new(150, 2)));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_decimal_keeps_its_digits(digits in any::<i64>(), scale in 0..28_u32) {
        let value = Decimal::from_i128_with_scale(i128::from(digits), scale);
        let text = DecimalText::from(value);
        survives(&text)?;
        survives_as_key(&text)?;
        prop_assert_eq!(written(&text), written(&value));
        prop_assert_eq!(read::<DecimalText>(&written(&value)), text);
    }

    /// Every parsed value is a JSON number.
    #[test]
    fn every_parsed_text_is_a_json_number(text in "[0-9eE.+-]{0,8}") {
        if let Ok(number) = text.parse::<DecimalText>() {
            prop_assert!(serde_json::from_str::<f64>(&number).is_ok(), "{:?} became {}", text, number);
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Dates {
    made: Option<String>,
    all: Vec<String>,
}
record!(Dates { made: "Made", all: "All" });

#[test]
fn dates_as_text_go_back_as_they_came() {
    // Hosts escape the slashes of WCF dates; unescaped slashes are accepted too.
    for (bytes, made) in [
        (r#"{"made":"\/Date(1335867630123+0800)\/","all":[]}"#, "/Date(1335867630123+0800)/"),
        (r#"{"made":"2012-05-01T10:20:30.1234567Z","all":["2012-05-01"]}"#, "2012-05-01T10:20:30.1234567Z"),
    ] {
        let dates: Dates = read(bytes);
        assert_eq!(dates.made.as_deref(), Some(made));
        assert_eq!(written(&dates), bytes.replace(r"\/", "/"));
        assert_eq!(read_jsv::<Dates>(&written_jsv(&dates)), dates);
    }
    let jsv = "{made:2012-05-01T10:20:30.1234567Z,all:[2012-05-01,2012-05-01T10:20:30+08:00]}";
    let dates: Dates = read_jsv(jsv);
    assert_eq!(dates.all, ["2012-05-01", "2012-05-01T10:20:30+08:00"]);
    // In quotes, which servers accept around any value.
    assert_eq!(
        written_jsv(&dates),
        r#"{made:"2012-05-01T10:20:30.1234567Z",all:[2012-05-01,"2012-05-01T10:20:30+08:00"]}"#
    );
}

/// A type of the program, which implements only the traits of serde and `Default`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Money {
    amount: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    parts: Vec<f32>,
    currency: Currency,
}
wire_through_serde!(Money);

#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
enum Currency {
    #[default]
    Eur,
    Usd,
}
wire_through_serde!(Currency);

/// A number.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Share(u64);
wire_through_serde!(Share);

/// A value that cannot be serialized.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
struct Silent;
wire_through_serde!(Silent);

impl Serialize for Silent {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("it keeps silent"))
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Order {
    total: Option<Money>,
    lines: Vec<Money>,
    by_name: BTreeMap<String, Currency>,
    currency: Currency,
    silent: Option<Silent>,
}
record!(Order { total: "Total", lines: "Lines", by_name: "ByName", currency: "Currency", silent: "Silent" });
operation!(Order: GET => ());

fn order() -> Order {
    let total =
        Money { amount: 7, note: Some("a:b, \"c\"".to_owned()), parts: vec![0.1, 2.0], currency: Currency::Usd };
    let lines = vec![Money::default(), Money { note: Some("007".to_owned()), ..Money::default() }];
    let by_name = BTreeMap::from([("a b".to_owned(), Currency::Eur)]);
    Order { total: Some(total), lines, by_name, currency: Currency::Usd, silent: None }
}

#[test]
fn types_with_only_serde_can_be_members() {
    let order = order();
    let json = r#"{"total":{"amount":7,"note":"a:b, \"c\"","parts":[0.1,2.0],"currency":"Usd"},"lines":[{"amount":0,"parts":[],"currency":"Eur"},{"amount":0,"note":"007","parts":[],"currency":"Eur"}],"byName":{"a b":"Eur"},"currency":"Usd"}"#;
    assert_eq!(written(&order), json);
    assert_eq!(serde_json::to_string(&order).expect("JSON"), json);
    assert_eq!(read::<Order>(json), order);
    let jsv = r#"{total:{amount:7,note:"a:b, ""c""",parts:[0.1,2.0],currency:Usd},lines:[{amount:0,parts:[],currency:Eur},{amount:0,note:007,parts:[],currency:Eur}],byName:{a b:Eur},currency:Usd}"#;
    assert_eq!(written_jsv(&order), jsv);
    assert_eq!(read_jsv::<Order>(jsv), order);
    // Numbers in quotes, as some hosts write them.
    assert_eq!(read::<Money>(r#"{"amount":"7"}"#), Money { amount: 7, ..Money::default() });
    assert_eq!(read::<Option<Money>>("null"), None);
    let error = json::from_slice::<Order>(br#"{"lines":[{"amount":"x"}]}"#).expect_err("no number");
    assert_eq!((error.path().as_str(), error.message()), ("lines[0]", "expected i64, found another value"));
}

#[test]
fn a_value_that_cannot_be_written_is_an_error() {
    let order = Order { silent: Some(Silent), ..Order::default() };
    assert_eq!(json::to_string(&order).expect_err("silence").to_string(), "it keeps silent");
    assert_eq!(jsv::to_vec(&order).expect_err("silence").message(), "it keeps silent");
    assert_eq!(written(&Share(u64::MAX)), u64::MAX.to_string());
    assert_eq!(read::<Share>(&u64::MAX.to_string()), Share(u64::MAX));
}

#[tokio::test]
async fn types_with_only_serde_can_be_sent_in_queries() {
    let server = ScriptedTransport::new([HttpReply::of(204, "", "")]);
    let client = Client::builder("https://h").transport(server.clone()).build().expect("a client");
    let note = Some("a\"b".to_owned());
    let total = Some(Money { amount: 7, note, ..Money::default() });
    client.send(Order { total, currency: Currency::Usd, ..Order::default() }).await.expect("a response");
    let requests = server.requests();
    let url = &requests.first().expect("a request").uri();
    let values: Vec<_> = evo_runtime::url::Url::parse(&url.to_string())
        .unwrap()
        .query_pairs()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let total = r#"total={amount:7,note:"a""b",parts:[],currency:"Eur"}"#;
    assert_eq!(values, [total, "lines=[]", "byName={}", "currency=Usd"]);
    let error = client.send(Order { silent: Some(Silent), ..Order::default() }).await.expect_err("silence");
    assert_eq!(error.to_string(), "Order: silent: it keeps silent");
}
