//! Enums and sets of flags.

use std::collections::BTreeMap;

use evo_runtime::wire::{Encode, Wire, json};
use evo_runtime::{DayOfWeek, HttpStatusCode, UnknownValue, choice, flags};

fn read<T: Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

fn written(value: &dyn Encode) -> String {
    json::to_string(value).expect("an enum can always be written")
}

macro_rules! enums {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident),* })*) => {$(
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        enum $name { $($variant,)* Unknown(UnknownValue) }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(UnknownValue::default())
            }
        }
    )*};
}

enums! {
    Compass { NorthEast, South, West }
    Level { Low, Middle, High }
    Sparse { First, Second, Third }
    Noted { One, Two, Three }
    Alias { A, B, C }
    Big { Zero, Max }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Empty {
    Unknown(UnknownValue),
}

choice!(Compass { NorthEast: "NorthEast" as "north-east" = 0, South: "South" as "south" = 1, West: "West" = 2 } else Unknown);
choice!(Level { Low: "Low" = 10, Middle: "Middle" = 20, High: "High" = 30 } else Unknown);
choice!(Sparse { First: "First" = 1, Second: "Second" = 5, Third: "Third" = -3 } else Unknown);
choice!(number Noted { One: "One" = 0, Two: "Two" = 1, Three: "Three" = 2 } else Unknown);
choice!(number Alias { A: "A" = 1, B: "B" = 1, C: "C" = 2 } else Unknown);
choice!(Empty {} else Unknown);
choice!(Big { Zero: "Zero" = 0, Max: "Max" = 9_223_372_036_854_775_807 } else Unknown);

fn text(text: &str) -> UnknownValue {
    UnknownValue::Text(text.to_owned())
}

fn number(number: i128) -> UnknownValue {
    UnknownValue::Number(number)
}

#[track_caller]
fn cases<T: Wire + PartialEq + std::fmt::Debug>(cases: impl IntoIterator<Item = (&'static str, T, &'static str)>) {
    for (bytes, value, back) in cases {
        assert_eq!(read::<T>(bytes), value, "{bytes}");
        assert_eq!(written(&value), back, "{bytes}");
    }
}

#[test]
fn enums_read_names_and_numbers_and_keep_unknown_values() {
    // JSON-05
    cases([
        (r#""north-east""#, Compass::NorthEast, r#""north-east""#),
        (r#""NORTH-EAST""#, Compass::NorthEast, r#""north-east""#),
        (r#""NorthEast""#, Compass::NorthEast, r#""north-east""#),
        (r#""northeast""#, Compass::NorthEast, r#""north-east""#),
        (r#""1""#, Compass::South, r#""south""#),
        ("1", Compass::South, r#""south""#),
        ("1.0", Compass::South, r#""south""#),
        (r#""99""#, Compass::Unknown(number(99)), "99"),
        ("99", Compass::Unknown(number(99)), "99"),
        (r#""Nowhere""#, Compass::Unknown(text("Nowhere")), r#""Nowhere""#),
        ("true", Compass::Unknown(text("true")), r#""true""#),
        ("18446744073709551615", Compass::Unknown(number(18_446_744_073_709_551_615)), "18446744073709551615"),
    ]);
    // JSON-31, META-17
    cases([
        (r#""Middle""#, Level::Middle, r#""Middle""#),
        (r#""7""#, Level::Unknown(number(7)), "7"),
        ("7", Level::Unknown(number(7)), "7"),
        (r#""0""#, Level::Unknown(number(0)), "0"),
        ("20", Level::Middle, r#""Middle""#),
        (r#""High""#, Level::High, r#""High""#),
        (r#""Low""#, Level::Low, r#""Low""#),
    ]);
    cases([
        (r#""Third""#, Sparse::Third, r#""Third""#),
        ("-3", Sparse::Third, r#""Third""#),
        ("0", Sparse::Unknown(number(0)), "0"),
        (r#""First""#, Sparse::First, r#""First""#),
        (r#""Second""#, Sparse::Second, r#""Second""#),
    ]);
    for bytes in ["[]", "{}"] {
        assert!(json::from_slice::<Level>(bytes.as_bytes()).is_err(), "{bytes}");
    }
}

#[test]
fn enums_of_odd_shapes() {
    // META-37, META-38
    cases([
        ("1", Noted::Two, "1"),
        (r#""Three""#, Noted::Three, "2"),
        (r#""One""#, Noted::One, "0"),
        ("9", Noted::Unknown(number(9)), "9"),
    ]);
    cases([("1", Alias::A, "1"), (r#""B""#, Alias::B, "1"), ("2", Alias::C, "2")]);
    cases([
        ("7", Empty::Unknown(number(7)), "7"),
        (r#""7""#, Empty::Unknown(number(7)), "7"),
        (r#""x""#, Empty::Unknown(text("x")), r#""x""#),
    ]);
    cases([("9223372036854775807", Big::Max, r#""Max""#), (r#""Zero""#, Big::Zero, r#""Zero""#)]);
}

#[test]
fn enums_as_text_and_as_keys() {
    assert_eq!(Compass::NorthEast.to_string(), "north-east");
    assert_eq!(Compass::from("WEST"), Compass::West);
    assert_eq!("south".parse(), Ok(Compass::South));
    assert_eq!(format!("[{:>6}]", Compass::West), "[  West]");
    assert_eq!([Level::High.number(), Level::Unknown(text("x")).number()], [Some(30), None]);
    assert_eq!(Level::Unknown(number(5)).as_str(), "5");
    let keys: BTreeMap<Compass, i32> = read(r#"{"North-East":1,"9":2,"Up":3}"#);
    assert_eq!(
        keys,
        BTreeMap::from([(Compass::NorthEast, 1), (Compass::Unknown(number(9)), 2), (Compass::Unknown(text("Up")), 3)])
    );
    assert_eq!(written(&keys), r#"{"north-east":1,"Up":3,"9":2}"#);
}

#[test]
fn enums_of_the_system() {
    // META-14
    assert_eq!(read::<DayOfWeek>("\"Friday\""), DayOfWeek::Friday);
    assert_eq!(read::<DayOfWeek>("0"), DayOfWeek::Sunday);
    assert_eq!(read::<HttpStatusCode>("404"), HttpStatusCode::NotFound);
    assert_eq!(written(&HttpStatusCode::Ok), "\"OK\"");
    assert_eq!(HttpStatusCode::Redirect.number(), Some(302));
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Rights(u64);

flags!(Rights {
    /// Nothing.
    NONE: "None" as "none" = 0,
    /// Look.
    READ: "Read" as "can-read" = 1,
    /// Change.
    WRITE: "Write" as "can-write" = 2,
    /// Both.
    ALL: "All" as "all" = 3,
});

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Neg(u64);

flags!(Neg { ONE: "One" = 1, TWO: "Two" = 2, ALL: "All" = -1 });

#[test]
fn flags_are_written_as_a_number_and_read_in_every_form() {
    // JSON-06, META-16
    for (bytes, bits) in [
        ("3", 3),
        (r#""3""#, 3),
        (r#""Read""#, 1),
        (r#""can-read""#, 1),
        (r#""Read, Write""#, 3),
        (r#""read,WRITE,64""#, 67),
        (r#""all""#, 3),
        (r#""none""#, 0),
        (r#"["Read","Write"]"#, 3),
        ("64", 64),
        ("5", 5),
        ("1099511627777", 1_099_511_627_777),
        (r#""Read, Fly""#, 1),
        ("null", 0),
    ] {
        let rights: Rights = read(bytes);
        assert_eq!(rights.bits(), bits, "{bytes}");
        assert_eq!(written(&rights), bits.to_string(), "{bytes}");
    }
    assert!(json::from_slice::<Rights>(b"{}").is_err());
    let by_rights: BTreeMap<Rights, i32> = read(r#"{"Read, Write":1,"2":2,"Write, Fly":3,"can-read":4}"#);
    assert_eq!(by_rights, BTreeMap::from([(Rights::READ, 4), (Rights::WRITE, 2), (Rights::ALL, 1)]), "as keys");
    // META-38
    assert_eq!(read::<Neg>("-1"), Neg::ALL);
    assert_eq!(read::<Neg>("18446744073709551615"), Neg::ALL);
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Wide(u64);

flags!(Wide { LOW: "Low" = 1, TOP: "Top" = 9_223_372_036_854_775_808 });

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Huge {
    #[default]
    None,
    Most,
    Unknown(UnknownValue),
}

choice!(number Huge { None: "None" = 0, Most: "Most" = 18_446_744_073_709_551_615 } else Unknown);

#[test]
fn all_64_bits_are_encoded_and_only_enums_with_negative_numbers_are_signed() {
    for (bytes, text, names) in [
        ("9223372036854775808", "9223372036854775808", "Top"),
        ("-9223372036854775808", "9223372036854775808", "Top"),
        ("\"-9223372036854775807\"", "9223372036854775809", "Low, Top"),
        ("\"Top,Low\"", "9223372036854775809", "Low, Top"),
        ("18446744073709551615", "18446744073709551615", "Low, Top, 9223372036854775806"),
        ("-1", "18446744073709551615", "Low, Top, 9223372036854775806"),
    ] {
        let wide: Wide = read(bytes);
        assert_eq!((written(&wide).as_str(), wide.to_string().as_str()), (text, names), "{bytes}");
        assert_eq!(wide.to_string().parse(), Ok(wide), "{bytes}");
        let keys: BTreeMap<Wide, i32> = read(&format!("{{\"{}\":1}}", bytes.trim_matches('"')));
        assert_eq!(written(&keys), format!("{{\"{text}\":1}}"), "{bytes}");
    }
    assert_eq!([written(&Neg::ALL), written(&Neg::ONE)], ["-1", "1"]);
    assert_eq!(written(&BTreeMap::from([(Neg::ALL, 1)])), r#"{"-1":1}"#);
    assert_eq!(read::<Neg>("-8").to_string(), "-8");

    for (bytes, value, number) in [
        ("18446744073709551615", Huge::Most, u64::MAX),
        (r#""18446744073709551615""#, Huge::Most, u64::MAX),
        ("18446744073709551614", Huge::Unknown(UnknownValue::Number((u64::MAX - 1).into())), u64::MAX - 1),
    ] {
        assert_eq!(read::<Huge>(bytes), value, "{bytes}");
        assert_eq!((value.number(), written(&value)), (Some(number.into()), number.to_string()), "{bytes}");
    }
}

#[test]
fn flags_are_sets() {
    let mut rights = Rights::READ | Rights::WRITE;
    assert_eq!(rights, Rights::ALL);
    assert!(rights.contains(Rights::READ) && !rights.is_empty());
    rights.remove(Rights::READ);
    assert_eq!(rights, Rights::WRITE);
    rights.insert(Rights::from_bits(64));
    rights |= Rights::NONE;
    assert_eq!(format!("{rights} {rights:?}"), "Write, 64 Rights(Write, 64)");
    assert_eq!("Write, 64".parse::<Rights>().map(Rights::bits), Ok(66));
    assert_eq!(rights.names().collect::<Vec<_>>(), ["Write"]);
    assert_eq!(Rights::ALL - Rights::READ, Rights::WRITE);
    assert_eq!(Rights::ALL & Rights::READ, Rights::READ);
    assert_eq!(!Rights::READ, Rights::WRITE);
    assert_eq!(
        [Rights::empty().to_string(), Rights::all().to_string(), Rights::from_bits(64).to_string()],
        ["None", "All", "64"]
    );
    assert_eq!(Rights::READ.names().collect::<Vec<_>>(), ["Read"]);
    assert_eq!(Neg::from_bits(3).to_string(), "One, Two");
    assert_eq!(Neg::from_bits((-8_i64).cast_unsigned()).to_string(), "-8");
    assert!("Fly".parse::<Rights>().is_err());
    // JSON-09
    for bytes in [r#"{"3":"rw"}"#, r#"{"Read, Write":"rw"}"#, r#"{""all"":"rw"}"#] {
        let keys: BTreeMap<Rights, String> = read(bytes);
        assert_eq!(written(&keys), r#"{"3":"rw"}"#, "{bytes}");
    }
}

#[test]
fn values_of_undescribed_enums_are_sent_back_unchanged() {
    let read: Vec<UnknownValue> = serde_json::from_str(r#"["Absolute", 2, "3", null]"#).expect("a list");
    let [text, number] = [UnknownValue::Text("Absolute".to_owned()), UnknownValue::Number(2)];
    assert_eq!(read, [text, number, UnknownValue::Number(3), UnknownValue::default()]);
    assert_eq!(serde_json::to_string(&read).expect("JSON"), r#"["Absolute",2,3,0]"#);
}
