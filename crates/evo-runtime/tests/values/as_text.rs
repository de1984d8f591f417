//! Values that servers write as text: names in any case, quoted numbers, and surrounding whitespace.

use evo_runtime::wire::{Wire, json, jsv};
use evo_runtime::{UnknownValue, choice, flags};

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Size {
    #[default]
    Small,
    Large,
    Unknown(UnknownValue),
}
choice!(Size { Small: "Small" = 0, Large: "Größe" as "sehr groß" = 2 } else Unknown);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Rights(u64);
flags!(Rights { READ: "Read" = 1, WRITE: "Écrire" = 2, TOP: "Top" = 9_223_372_036_854_775_808 });

/// Checks a value in JSON, as a number and in quotes, and in JSV.
fn read<T: Wire + PartialEq + std::fmt::Debug>(text: &str) -> T {
    let value = json::from_slice(format!("\"{text}\"").as_bytes()).unwrap();
    let mut in_jsv = T::default();
    jsv::read_slice(text.as_bytes(), &mut in_jsv).unwrap();
    assert_eq!(value, in_jsv, "{text}");
    value
}

#[test]
fn enum_names_are_read_in_any_case_of_any_alphabet() {
    for text in ["GRÖßE", "größe", "Sehr Groß", "SEHR GROß", " Größe "] {
        assert_eq!(read::<Size>(text), Size::Large, "{text}");
    }
    for text in ["read, éCRIRE", "Read,2", "WRITE? | Read | 2"] {
        assert_eq!(read::<Rights>(text), Rights::READ | Rights::WRITE, "{text}");
    }
}

#[test]
fn numbers_in_text_are_those_without_quotes() {
    for text in ["2", "2.0", "2E0", "+2", "0.2e1"] {
        assert_eq!(read::<Size>(text), Size::Large, "{text}");
        assert_eq!(read::<Rights>(text), Rights::WRITE, "{text}");
    }
    assert_eq!(read::<Size>("9e2"), Size::Unknown(UnknownValue::Number(900)));
    assert_eq!(read::<Rights>("Read, 9223372036854775808"), Rights::READ | Rights::TOP);
    assert_eq!(read::<Rights>("-9223372036854775807"), Rights::READ | Rights::TOP);
    // A number with more than 64 bits is not a value.
    for text in ["1.5", "18446744073709551616", "Nothing"] {
        assert_eq!(read::<Rights>(text), Rights::empty(), "{text}");
    }
}

#[test]
fn whitespace_around_booleans_is_ignored() {
    for (text, expected) in [(" true ", true), ("True", true), (" 1", true), ("FALSE ", false), ("0", false)] {
        assert_eq!(read::<bool>(text), expected, "{text:?}");
    }
}
