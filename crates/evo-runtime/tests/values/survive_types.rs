//! Every value of an enum, a set of flags, a tuple, a struct or a class survives a round trip in JSON and JSV.

use std::collections::BTreeMap;
use std::fmt::Debug;

use evo_runtime::types::choice::Choice;
use evo_runtime::wire::{Wire, json, jsv};
use evo_runtime::{
    DayOfWeek, DecimalText, HttpStatusCode, Other, TextOrObject, Tuple1, Tuple3, Tuple7, UnknownValue, Value,
    ValueTuple, choice, flags, record, variants,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Color {
    #[default]
    Red,
    DarkBlue,
    Unknown(UnknownValue),
}
choice!(Color { Red: "Red" = 0, DarkBlue: "DarkBlue" as "dark-blue" = -7 } else Unknown);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Level {
    #[default]
    Low,
    High,
    Unknown(UnknownValue),
}
choice!(number Level { Low: "Low" = 0, High: "High" = 9 } else Unknown);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Access(u64);
flags!(Access { READ: "Read" as "can-read" = 1, WRITE: "Write" = 2 });

#[derive(Debug, Clone, PartialEq, Default)]
struct Money {
    amount: i32,
    currency: Option<String>,
}
record!(Money { amount: "Amount", currency: "Currency" as "cur" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Named {
    name: Option<String>,
    colors: Vec<Color>,
}
record!(Named { name: "Name", colors: "Colors" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Dog {
    access: Access,
    owners: BTreeMap<Color, Vec<Money>>,
    name: Option<String>,
}
record!(Dog { access: "Access", owners: "Owners", name: "Name" });

#[derive(Debug, Clone, PartialEq)]
enum Animal {
    Dog(Box<Dog>),
    Other(Box<Other<Named>>),
}
variants!(Animal { Dog: "Lab.Dog" } typed "Lab" else Other);

/// Asserts that a value survives a round trip, and is written the same way again.
fn survives<T: Wire + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    survives_in_json(value)?;
    let bytes = jsv::to_vec(value).expect("a value that can be written");
    let mut read = T::default();
    jsv::read_slice(&bytes, &mut read).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&read, value, "{}", String::from_utf8_lossy(&bytes));
    Ok(())
}

fn survives_in_json<T: Wire + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let bytes = json::to_vec(value).expect("a value that can be written");
    let read: T = json::from_slice(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&read, value, "{}", String::from_utf8_lossy(&bytes));
    prop_assert_eq!(json::to_vec(&read).expect("a value that can be written"), bytes);
    Ok(())
}

/// A strategy for the values of an enum: a member, or an unknown text or number.
fn choices<T: Choice + Debug>() -> impl Strategy<Value = T> {
    let text = ".*".prop_filter("a name of its own", |text: &String| {
        let name = text.trim();
        let is_member = |member: &evo_runtime::types::EnumMember| {
            name.eq_ignore_ascii_case(member.name()) || name.eq_ignore_ascii_case(member.text())
        };
        !text.is_empty() && name.parse::<i128>().is_err() && !T::MEMBERS.iter().any(is_member)
    });
    let number = prop_oneof![any::<i64>().prop_map(i128::from), any::<u64>().prop_map(i128::from)]
        .prop_filter("a number of its own", |number| !T::MEMBERS.iter().any(|member| member.number() == Some(*number)));
    let unknown = prop_oneof![text.prop_map(UnknownValue::Text), number.prop_map(UnknownValue::Number)];
    prop_oneof![prop::sample::select(T::VALUES.to_vec()), unknown.prop_map(T::of_unknown)]
}

fn money() -> impl Strategy<Value = Money> {
    (any::<i32>(), option::of(".*")).prop_map(|(amount, currency)| Money { amount, currency })
}

fn dogs() -> impl Strategy<Value = Dog> {
    (any::<u64>(), btree_map(choices::<Color>(), vec(money(), 0..3), 0..3), option::of(".*"))
        .prop_map(|(bits, owners, name)| Dog { access: Access::from_bits(bits), owners, name })
}

/// A strategy for JSON without `__type`.
fn values() -> impl Strategy<Value = Value> {
    let scalars = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |float| float.is_finite()).prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    scalars.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(".*", inner, 0..4).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn enums(color in choices::<Color>(), level in choices::<Level>(), day in choices::<DayOfWeek>(), status in choices::<HttpStatusCode>()) {
        survives(&color)?;
        survives(&level)?;
        survives(&day)?;
        survives(&status)?;
        prop_assert_eq!(color.to_string().parse::<Color>().expect("any text"), color.clone());
        survives(&BTreeMap::from([(color, vec![Some(level), None])]))?;
        survives(&BTreeMap::from([(status, day)]))?;
    }

    #[test]
    fn sets_of_flags(bits in any::<u64>(), other in 0..4_u64) {
        for access in [Access::from_bits(bits), Access::from_bits(other)] {
            survives(&access)?;
            survives(&BTreeMap::from([(access, vec![Some(access), None])]))?;
            prop_assert_eq!(access.to_string().parse::<Access>().map_err(|error| TestCaseError::fail(error.to_string()))?, access);
        }
    }

    #[test]
    fn tuples(a in option::of(any::<i32>()), b in option::of(".*"), color in choices::<Color>(), list in vec(".*", 0..3)) {
        survives(&Tuple1::from((b.clone(),)))?;
        let three = Tuple3::from((a, b.clone(), color.clone()));
        survives(&three)?;
        survives(&vec![three.clone()])?;
        survives(&Tuple7::from((a, b, color, list, three.clone(), true, 1.5)))?;
        survives(&ValueTuple::from(three))?;
    }

    #[test]
    fn structs_of_the_service(text in ".*", money in money()) {
        survives(&TextOrObject::<Money>::text(text.clone()))?;
        survives(&TextOrObject::Object(money.clone()))?;
        survives(&BTreeMap::from([(text.clone(), vec![TextOrObject::Object(money), TextOrObject::text(text)])]))?;
    }

    #[test]
    fn amounts_as_text(digits in "-?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,3})?") {
        let amount: DecimalText = digits.parse().map_err(|_| TestCaseError::fail(digits.clone()))?;
        survives(&amount)?;
        survives(&BTreeMap::from([(amount.clone(), vec![Some(amount), None])]))?;
    }

    #[test]
    fn classes(dog in dogs(), named in (option::of(".*"), vec(choices::<Color>(), 0..3)), rest in btree_map("x.*", values(), 0..3)) {
        survives(&Animal::Dog(Box::new(dog.clone())))?;
        survives(&vec![dog])?;
        let (name, colors) = named;
        let base = Named { name, colors };
        let other = Other { type_name: Some("Lab.Cat".to_owned()), assembly: Some("Lab".to_owned()), base, ..Other::default() };
        survives(&Animal::Other(Box::new(other.clone())))?;
        // JSV does not distinguish numbers from text.
        survives_in_json(&Animal::Other(Box::new(Other { rest: rest.into_iter().collect(), ..other })))?;
    }

    #[test]
    fn any_json(value in values()) {
        survives_in_json(&value)?;
    }
}

#[test]
fn the_first_of_two_members_with_one_number_is_read() {
    let read: Vec<HttpStatusCode> = json::from_slice(b"[301,\"Moved\",\"MovedPermanently\"]").expect("statuses");
    assert_eq!(read, [HttpStatusCode::MovedPermanently, HttpStatusCode::Moved, HttpStatusCode::MovedPermanently]);
}
