//! Requests of calls, for various arguments.

use evo_mock::Dialect;

use super::host::{Host, PETS};
use crate::sandbox::Sandbox;

/// Returns the output of `--prepare` for these arguments.
fn prepared(arguments: &[&str]) -> String {
    prepared_from(arguments, "")
}

fn prepared_from(arguments: &[&str], input: &str) -> String {
    let sandbox = Sandbox::new(&[("pets.json", PETS), ("dose.json", r#"{"name": "File", "labels": {"a": "1"}}"#)]);
    sandbox.write("rex.png", "PNG");
    let arguments = [&["call"], arguments, &["--prepare", "--file", "pets.json", "--host", "https://x.org"]].concat();
    sandbox.run_in("", &arguments, input).expect(0).out
}

/// The body that is sent.
fn body(arguments: &[&str]) -> String {
    prepared(arguments).split_once("\n\n").unwrap().1.trim_end().to_owned()
}

#[test]
fn values_are_read_as_the_types_of_their_members() {
    for (argument, body_of_it) in [
        ("name=5", r#""name":"5""#),
        ("NAME=Rex Rex", r#""name":"Rex Rex""#),
        ("kind=guineaPIG", r#""kind":"GuineaPig""#),
        ("kind=1", r#""kind":"Dog""#),
        ("colours=black,Brown", r#""colours":5"#),
        ("colours=6", r#""colours":6"#),
        ("is_tame=TRUE", r#""isTame":true"#),
        ("weight=1.250", r#""weight":1.250"#),
        ("weight=79228162514264337593543950335", r#""weight":79228162514264337593543950335"#),
        ("chip=0D0F5A3C6E1D4C0E8A1B2C3D4E5F6071", r#""chip":"0d0f5a3c-6e1d-4c0e-8a1b-2c3d4e5f6071""#),
        ("naps=01:30:00", r#""naps":"PT1H30M""#),
        ("portrait=UE5H", r#""portrait":"UE5H""#),
        ("portrait=@rex.png", r#""portrait":"UE5H""#),
        ("anything=[1,\"a\"]", r#""anything":[1,"a"]"#),
        ("anything=some text", r#""anything":"some text""#),
        (r#"doses=[{"Medicine":"a","amount":1.10}]"#, r#""doses":[{"medicine":"a","amount":1.10}]"#),
        (r#"doses+={"medicine":"a","amount":2}"#, r#""doses":[{"medicine":"a","amount":2}]"#),
        ("doses.0.medicine=a", r#""doses":[{"medicine":"a"}]"#),
        ("doses[0].medicine=a", r#""doses":[{"medicine":"a"}]"#),
        ("labels.a[x]=b", r#""labels":{"a[x]":"b"}"#),
        ("name=null", r#""name":"null""#),
        ("kind=null", ""),
        ("doses=null", ""),
        ("labels.a.b=c=d", r#""labels":{"a.b":"c=d"}"#),
        ("seen.7.amount=0.5", r#""seen":{"7":{"amount":0.5}}"#),
        ("ownerPassword=geheim", r#""ownerPassword":"<secret>""#),
    ] {
        assert_eq!(body(&["CreatePet", "--no-validate", argument]), format!("{{{body_of_it}}}"), "{argument}");
    }
}

#[test]
fn keys_of_dictionaries_are_plain_or_quoted() {
    for (argument, expected) in [
        ("labels.a[0]=b", r#""labels":{"a[0]":"b"}"#),
        ("labels.a[0].b=c", r#""labels":{"a[0].b":"c"}"#),
        ("labels[0]=a", r#""labels":{"0":"a"}"#),
        (r#"labels["a.b"]=c"#, r#""labels":{"a.b":"c"}"#),
        (r#"labels['a."b"']=c"#, r#""labels":{"a.\"b\"":"c"}"#),
        (r#"labels["a=b+"]=c=d"#, r#""labels":{"a=b+":"c=d"}"#),
        (r#"labels["a]['b"]=c"#, r#""labels":{"a]['b":"c"}"#),
        (r#"labels[""]=c"#, r#""labels":{"":"c"}"#),
        (r#"LABELS["A"]=c"#, r#""labels":{"A":"c"}"#),
        ("seen[7].amount=0.5", r#""seen":{"7":{"amount":0.5}}"#),
        (r#"seen["7"]["amount"]=0.5"#, r#""seen":{"7":{"amount":0.5}}"#),
        (r#"anything["a.b"].c=1"#, r#""anything":{"a.b":{"c":1}}"#),
        (r#"["name"]=Rex"#, r#""name":"Rex""#),
    ] {
        assert_eq!(body(&["CreatePet", "--no-validate", argument]), format!("{{{expected}}}"), "{argument}");
    }
    assert_eq!(body(&["Rename", "rex.2=Max", r#"["tom[1]"]=Jerry"#]), r#"{"rex.2":"Max","tom[1]":"Jerry"}"#);
}

#[test]
fn a_query_carries_nested_values_lists_and_dates() {
    let arguments = ["findpets", "filter.from=2026-05-01", "filter.kinds=cat,dog", "tags=a,b", "tags+=c,d", "take=5"];
    insta::assert_snapshot!(prepared(&arguments), @"
    GET https://x.org/api/FindPets?filter=%7Bfrom%3A%222026-05-01T00%3A00%3A00%22%2Ckinds%3A%5B%22Cat%22%2C%22Dog%22%5D%7D&tags=%5B%22a%22%2C%22b%22%2C%22c%2Cd%22%5D&take=5
    user-agent: evo-gen/0.1.0
    accept: application/json
    ");
}

#[test]
fn arguments_win_over_json_from_everywhere() {
    let expected = r#"{"name":"Rex","labels":{"a":"1","b":"2"}}"#;
    let arguments = ["CreatePet", "labels.b=2", "name=Rex", "--json"];
    let from_text = r#"{"Name": "Text", "LABELS": {"a": "1"}}"#;
    assert_eq!(body(&[&arguments[..], &[from_text]].concat()), expected);
    assert_eq!(body(&[&arguments[..], &["@dose.json"]].concat()), expected);
    let piped = prepared_from(&[&arguments[..], &["-"]].concat(), from_text);
    assert_eq!(piped.split_once("\n\n").unwrap().1.trim_end(), expected);
}

#[test]
fn bytes_come_from_standard_input_and_null_removes_a_value() {
    let arguments =
        ["CreatePet", "--no-validate", "portrait=@-", "kind=null", "--json", r#"{"kind":"Dog","weight":1}"#];
    let shown = prepared_from(&arguments, "PNG");
    assert_eq!(shown.split_once("\n\n").unwrap().1.trim_end(), r#"{"weight":1,"portrait":"UE5H"}"#);
}

#[test]
fn a_request_that_is_a_map_is_sent_as_one() {
    assert_eq!(body(&["Rename", "rex=Max", "--json", r#"{"tom":"Jerry"}"#]), r#"{"rex":"Max","tom":"Jerry"}"#);
}

#[test]
fn the_request_is_shown_as_curl_and_as_json_too() {
    let sandbox = Sandbox::new(&[("pets.json", PETS)]);
    let arguments = ["call", "DeletePet", "id=7", "--file", "pets.json", "--host", "x.org/v1/"];
    let curl = sandbox.run(&[&arguments[..], &["--curl", "--bearer", "geheim"]].concat()).expect(0).out;
    let expected = "curl -X DELETE 'https://x.org/v1/api/DeletePet?id=7' -H 'user-agent: evo-gen/0.1.0' \
                    -H 'accept: application/json' -H 'authorization: Bearer <secret>'\n";
    assert_eq!(curl, expected);
    let json = sandbox.run(&[&arguments[..], &["--prepare", "--format", "json"]].concat()).expect(0).out;
    let expected = r#"{"kind":"request","method":"DELETE","url":"https://x.org/v1/api/DeletePet?id=7","headers":[{"name":"user-agent","value":"evo-gen/0.1.0"},{"name":"accept","value":"application/json"}]}"#;
    assert_eq!(json.trim_end(), expected);
}

#[test]
fn the_url_and_the_address_come_from_the_configuration() {
    let sandbox = Sandbox::pets();
    sandbox.write(
        "evo-gen.toml",
        "source = 'metadata.json'\noutput = 'src/api'\nurl = 'https://pets.example.org'\naddress = ['routes']\n",
    );
    let outcome = sandbox.run(&["call", "FindPets", "name=Rex", "--prepare"]).expect(0);
    assert_eq!(outcome.out.lines().next(), Some("GET https://pets.example.org/pets?name=Rex"));
    let other = sandbox.run(&["call", "FindPets", "name=Rex", "--prepare", "--address", "reply"]).expect(0);
    assert_eq!(other.out.lines().next(), Some("GET https://pets.example.org/json/reply/FindPets?name=Rex"));
    let elsewhere = sandbox.run(&["call", "FindPets", "--prepare", "--host", "localhost:5000"]).expect(0);
    assert_eq!(elsewhere.out.lines().next(), Some("GET http://localhost:5000/pets"));
}

#[test]
fn a_template_can_be_edited_and_sent() {
    let host = Host::open(Dialect::Classic);
    let template = host.call(&["CreatePet", "--template", "name=Rex", "--format", "json"]).expect(0).out;
    let expected = r#"{"name":"Rex","kind":"Cat","colours":1,"isTame":true,"weight":1.5,"chip":"00000000-0000-4000-8000-000000000001","naps":"PT1M","doses":[{"medicine":"Medicine 1","amount":1.5},{"medicine":"Medicine 2","amount":2.5}],"labels":{"Key 1":"Labels 1"},"seen":{"1":{"medicine":"Medicine 1","amount":1.5}},"portrait":"c2FtcGxl","anything":"Anything 1","ownerPassword":"hidden"}"#;
    assert_eq!(template.trim_end(), expected);
    let answer = host.call_with(&[], &["CreatePet", "--json", "-", "--format", "json"], &template).expect(0).out;
    assert_eq!(answer, "{\"name\":\"Rex\",\"kind\":\"Cat\"}\n");
}
