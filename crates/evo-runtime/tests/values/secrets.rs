//! Secret members in `Debug` and in redacted values.

use std::collections::BTreeMap;

use evo_runtime::wire::{Redacted, RedactedRecord, json, jsv};
use evo_runtime::{Other, record, variants};

#[derive(Clone, PartialEq, Default)]
struct Login {
    user_name: Option<String>,
    password: Option<String>,
    pins: Vec<i32>,
    token: String,
}
record!(Login {
    user_name: "UserName" => required,
    password: secret "Password" as "pass-word" => hides required,
    pins: secret "Pins",
    token: secret "Token",
});

#[derive(Debug, Clone, PartialEq, Default)]
struct Import {
    name: Option<String>,
    owner: Login,
    others: Vec<Login>,
    by_host: BTreeMap<String, Option<Login>>,
    any: Option<Account>,
}
record!(Import { name: "Name", owner: "Owner", others: "Others", by_host: "ByHost", any: "Any" });

#[derive(Debug, Clone, PartialEq)]
enum Account {
    Login(Box<Login>),
    Other(Box<Other<Import>>),
}
variants!(Account { Login: "Lab.Login" } typed else Other);

#[derive(Clone, PartialEq, Default)]
struct Sealed<T> {
    value: T,
    label: i32,
}
record!(Sealed<T> { value: secret "Value", label: "Label" });

fn login() -> Login {
    let [user_name, password] = ["ada", "hunter2"].map(|text| Some(text.to_owned()));
    Login { user_name, password, pins: vec![1234], token: "t0ken".to_owned() }
}

fn import() -> Import {
    Import {
        name: Some("hunter".to_owned()),
        owner: login(),
        others: vec![login(), Login::default()],
        by_host: BTreeMap::from([("h".to_owned(), Some(login()))]),
        any: Some(Account::Login(Box::new(login()))),
    }
}

#[test]
fn debug_shows_a_placeholder_for_secrets() {
    assert_eq!(
        format!("{:?}", login()),
        r#"Login { user_name: Some("ada"), password: <secret>, pins: <secret>, token: <secret> }"#
    );
    assert_eq!(
        format!("{:?}", Login::default()),
        "Login { user_name: None, password: None, pins: <secret>, token: <secret> }"
    );
    assert_eq!(format!("{:?}", Sealed { value: 7, label: 1 }), "Sealed { value: <secret>, label: 1 }");
    for text in [format!("{:?}", import()), format!("{:#?}", import())] {
        assert!(!text.contains("hunter2") && !text.contains("1234") && !text.contains("t0ken"), "{text}");
        assert!(text.contains("\"hunter\"") && text.contains("\"ada\""), "{text}");
    }
}

#[test]
fn redacted_values_are_written_without_secrets_in_every_format() {
    let shown = r#"{"userName":"ada","pass-word":"<secret>","pins":"<secret>","token":"<secret>"}"#;
    assert_eq!(json::to_string(&Redacted::new(&login())).unwrap(), shown);
    let jsv = "{userName:ada,pass-word:<secret>,pins:<secret>,token:<secret>}";
    assert_eq!(String::from_utf8(jsv::to_vec(&Redacted::new(&login())).unwrap()).unwrap(), jsv);
    assert_eq!(json::to_string(&Redacted::secret(&7)).unwrap(), r#""<secret>""#);
    let none = r#"{"pins":"<secret>","token":"<secret>"}"#;
    let typed = r#"{"__type":"Lab.Login",}"#.replace('}', &shown[1..]);
    let whole = format!(
        r#"{{"name":"hunter","owner":{shown},"others":[{shown},{none}],"byHost":{{"h":{shown}}},"any":{typed}}}"#
    );
    assert_eq!(json::to_string(&Redacted::new(&import())).unwrap(), whole);
    assert_eq!(json::to_string(&RedactedRecord(&import())).unwrap(), whole);
    assert_eq!(format!("{:?}", Redacted::new(&import())), whole);
}

#[test]
fn secrets_are_found_wherever_they_are_set() {
    use evo_runtime::wire::has_secrets;

    let without = Import { owner: Login::default(), ..Import::default() };
    assert!(has_secrets(&without), "plain members are always written");
    assert!(has_secrets(&vec![import()]));
    let nobody = Import { name: Some("n".to_owned()), ..Import::default() };
    assert!(has_secrets(&nobody));
    assert!(!has_secrets(&BTreeMap::from([("h".to_owned(), None::<Login>)])));
    assert!(!has_secrets(&vec!["p".to_owned()]));
    assert!(has_secrets(&Account::Login(Box::new(login()))));
}
