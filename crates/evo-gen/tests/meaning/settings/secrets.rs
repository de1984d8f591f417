//! Members whose values `Debug` does not show.

use serde_json::json;

use crate::document::{class, operation};
use crate::made::{call, definition, generate, try_generate};

#[test]
fn secret_members_are_recognized_by_name() {
    let secret = [
        "Password",
        "new_password",
        "AccessToken",
        "ClientSecret",
        "ApiKey",
        "APIKey",
        "Pin",
        "UserPIN",
        "Passphrase",
        "accesstoken",
        "PassWord",
        "userpasswords",
        "SigningSecrets",
        "Password2",
        "Token1",
        "ApiKey2",
        "Pin1",
    ];
    let open = ["Name", "Shipping", "Spinner", "Opinion", "Key", "Tokenizer", "Compass", "Pinned2"];
    let members: Vec<String> = secret.iter().chain(&open).map(|name| format!("{name}: String")).collect();
    // Only text can be secret.
    let others = ["TokenCount: Int32 value", "HasPassword: Boolean value", "PasswordExpires: DateTime?"];
    let others = ["PinNumber: Int32 value"].into_iter().chain(others).chain(["Tokens: List<String>"]);
    let members: Vec<&str> = members.iter().map(String::as_str).chain(others).collect();
    let document = json!({ "operations": [operation("SignUp", "POST", &members, "nothing")] });
    let text = generate(&document, "");
    let record = call(&text, "record!(SignUp");
    let marked: Vec<&str> = record.split(": secret \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let expected: Vec<&str> = secret.iter().copied().chain(["PinNumber", "Tokens"]).collect();
    assert_eq!(marked, expected);
    assert!(definition(&text, "pub struct SignUp").starts_with("#[derive(Clone, PartialEq, Eq, Default)]"), "{text}");
}

#[test]
fn the_setting_adds_members_of_requests_and_responses() {
    let card = class("Card", &["Number: String", "Owner: String"]);
    let document = json!({ "types": [card], "operations": [operation("Pay", "POST", &["Iban: String"], "Card")] });
    let text = generate(&document, "secret = ['Shop.Card.Number', 'Shop.*.Iban']");
    assert_eq!(call(&text, "record!(Card"), "record!(Card { number: secret \"Number\", owner: \"Owner\" });");
    assert_eq!(call(&text, "record!(Pay"), "record!(Pay { iban: secret \"Iban\" });");
    let attributes = |name| definition(&text, name).lines().next().unwrap().to_owned();
    assert_eq!(attributes("pub struct Card"), "#[derive(Clone, PartialEq, Eq, Hash, Default)]");
    assert_eq!(attributes("pub struct Pay"), "#[derive(Clone, PartialEq, Eq, Default)]");

    assert_eq!(
        try_generate(&document, "secret = ['Shop.Card.Numbr']").unwrap_err(),
        "`Shop.Card.Numbr` of `secret` matches nothing; did you mean `Shop.Card.Number`?"
    );
}
