//! The conformance cases JSV-01 to JSV-06 of the protocol, and JSV bodies from its other cases.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Keeps members in the order of the document, while an object of `serde_json` may sort them.
#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Sample {
    name: String,
    size: String,
    e: String,
    n: Option<String>,
    b: bool,
    l: Vec<i32>,
    m: BTreeMap<String, Option<String>>,
    #[serde(rename = "LS")]
    ls: Vec<Option<String>>,
}

#[test]
fn jsv_01_writes_and_reads_the_sample() {
    let mut sample = Sample {
        name: "Me, Junior".to_owned(),
        size: "2\" x 1\"".to_owned(),
        e: String::new(),
        n: None,
        b: true,
        l: vec![1, 2, 3],
        m: BTreeMap::from([("a:b".to_owned(), Some("x".to_owned())), ("c".to_owned(), None)]),
        ls: [Some("a"), Some(""), None, Some("b,c")].map(|item| item.map(str::to_owned)).to_vec(),
    };
    let ours = r#"{Name:"Me, Junior",Size:"2"" x 1""",E:"",B:true,L:[1,2,3],M:{"a:b":x},LS:[a,"",,"b,c"]}"#;
    assert_eq!(evo_jsv::to_string(&sample).unwrap(), ours);
    sample.m.remove("c");
    for document in [ours.to_owned(), ours.replace("true", "True")] {
        assert_eq!(evo_jsv::from_str::<Sample>(&document).unwrap(), sample, "{document}");
    }
}

#[test]
fn jsv_02_reads_hand_written_input() {
    let document = r#"{at:2012-05-01T10:20:30Z,url:"https://example.org/a?b=c",k:v w}"#;
    let expected = json!({"at": "2012-05-01T10:20:30Z", "url": "https://example.org/a?b=c", "k": "v w"});
    assert_eq!(evo_jsv::from_str::<Value>(document).unwrap(), expected);

    assert_eq!(evo_jsv::from_str::<Vec<i32>>("1,2,3").unwrap(), [1, 2, 3]);

    let expected = [BTreeMap::from([("A", 1)]), BTreeMap::from([("A", 2)])];
    assert_eq!(evo_jsv::from_str::<Vec<BTreeMap<&str, i32>>>("[{A:1},{A:2}]").unwrap(), expected);

    let document = r#"{Tree:{Name:root,Children:[{Name:"a,b"},{Name:"c}"}]},Price:9.9 EUR}"#;
    let expected = json!({"Tree": {"Name": "root", "Children": [{"Name": "a,b"}, {"Name": "c}"}]}, "Price": "9.9 EUR"});
    assert_eq!(evo_jsv::from_str::<Value>(document).unwrap(), expected);
}

#[test]
fn jsv_03_distinguishes_null_from_empty() {
    let texts = [
        ("[]", json!([])),
        ("[a,,b]", json!(["a", null, "b"])),
        (r#"["",a]"#, json!(["", "a"])),
        ("[a,]", json!(["a", null])),
        (r#"{k:"",e:}"#, json!({"k": "", "e": null})),
        (r#""a ""q"" b""#, json!(r#"a "q" b"#)),
    ];
    for (document, expected) in texts {
        assert_eq!(evo_jsv::from_str::<Value>(document).unwrap(), expected, "{document}");
    }
    for (document, expected) in [("[1,,3]", vec![Some(1), None, Some(3)]), ("[,5]", vec![None, Some(5)])] {
        assert_eq!(evo_jsv::from_str::<Vec<Option<i32>>>(document).unwrap(), expected, "{document}");
        assert_eq!(evo_jsv::to_string(&expected).unwrap(), document);
    }
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Scalars {
    bool: bool,
    u_long: u64,
    double: f64,
    decimal: String,
    char: char,
    string: String,
    date_time: String,
    date_time_offset: String,
    date_only: String,
    time_only: String,
    time_span: String,
    guid: String,
    uri: String,
    bytes: String,
    object: Value,
}

#[test]
fn jsv_04_reads_every_scalar() {
    let document = concat!(
        "{scalars:{bool:True,uLong:18446744073709551615,double:10000000000000000,decimal:12345678901234567.89,char:x,",
        "string:\"quote \"\" back \\ tab \t newline \n snowman \u{2603} clef \u{1d11e} <b>&'+\",",
        "dateTime:2012-05-01T10:20:30.1234567Z,dateTimeOffset:2012-05-01T10:20:30.0000000+08:00,dateOnly:2012-05-01,",
        "timeOnly:PT14H30M5S,timeSpan:P1DT12H1.5S,guid:3f2504e04f8911d39a0c0305e82c3301,",
        "uri:\"https://example.org/a?b=c\",bytes:AAEC+v8=,",
        "object:{__type:\"Lab.Wire.Dog, Lab\",barks:True,name:Rex,legs:4}}}",
    );
    let expected = Scalars {
        bool: true,
        u_long: u64::MAX,
        double: 1e16,
        decimal: "12345678901234567.89".to_owned(),
        char: 'x',
        string: "quote \" back \\ tab \t newline \n snowman \u{2603} clef \u{1d11e} <b>&'+".to_owned(),
        date_time: "2012-05-01T10:20:30.1234567Z".to_owned(),
        date_time_offset: "2012-05-01T10:20:30.0000000+08:00".to_owned(),
        date_only: "2012-05-01".to_owned(),
        time_only: "PT14H30M5S".to_owned(),
        time_span: "P1DT12H1.5S".to_owned(),
        guid: "3f2504e04f8911d39a0c0305e82c3301".to_owned(),
        uri: "https://example.org/a?b=c".to_owned(),
        bytes: "AAEC+v8=".to_owned(),
        object: json!({"__type": "Lab.Wire.Dog, Lab", "barks": "True", "name": "Rex", "legs": "4"}),
    };
    let mut found: BTreeMap<String, Scalars> = evo_jsv::from_slice(document.as_bytes()).unwrap();
    assert_eq!(found.remove("scalars"), Some(expected));
    assert_eq!(found, BTreeMap::new());
}

#[test]
fn jsv_05_reads_bare_keys_and_quotes_dates() {
    for date in ["2012-05-01T10:20:30.1234567Z", "2012-05-01T10:20:30.0000000+08:00", "2012-05-01T10:20:30-03:30"] {
        let map = BTreeMap::from([(date.to_owned(), 1)]);
        assert_eq!(evo_jsv::from_str::<BTreeMap<String, i32>>(&format!("{{{date}:1}}")).unwrap(), map, "{date}");
        assert_eq!(evo_jsv::to_string(&map).unwrap(), format!("{{\"{date}\":1}}"));
    }
    let two = "{2012-05-01T10:20:30+08:00:2012-05-02T00:00:01Z,2012-05-03:x}";
    let expected = json!({"2012-05-01T10:20:30+08:00": "2012-05-02T00:00:01Z", "2012-05-03": "x"});
    assert_eq!(evo_jsv::from_str::<Value>(two).unwrap(), expected);

    let numbers = BTreeMap::from([(1, "one"), (-2, "minus two")]);
    assert_eq!(evo_jsv::from_str::<BTreeMap<i32, &str>>("{1:one,-2:minus two}").unwrap(), numbers);

    let guids = BTreeMap::from([("3f2504e04f8911d39a0c0305e82c3301", true)]);
    let document = "{3f2504e04f8911d39a0c0305e82c3301:True}";
    assert_eq!(evo_jsv::from_str::<BTreeMap<&str, bool>>(document).unwrap(), guids);
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Extremes {
    float: f32,
    double: f64,
    char: char,
    date_time: String,
    bytes: Option<String>,
    time_span: String,
    object: f64,
}

#[test]
fn jsv_06_reads_extremes() {
    let document = concat!(
        "{float:NaN,double:Infinity,char:\0,dateTime:0001-01-01,bytes:,timeSpan:-P10675199DT2H48M5.4775391S,",
        "object:-Infinity}"
    );
    let found: Extremes = evo_jsv::from_str(document).unwrap();
    assert!(found.float.is_nan());
    let expected = Extremes {
        float: 0.0,
        double: f64::INFINITY,
        char: '\0',
        date_time: "0001-01-01".to_owned(),
        bytes: None,
        time_span: "-P10675199DT2H48M5.4775391S".to_owned(),
        object: f64::NEG_INFINITY,
    };
    assert_eq!(Extremes { float: 0.0, ..found }, expected);
}

#[test]
fn an_error_body_is_read() {
    let document = concat!(
        "{id:0,responseStatus:{errorCode:NotEmpty,message:'Name' must not be empty.,errors:[{errorCode:NotEmpty,",
        "fieldName:Name,message:'Name' must not be empty.,meta:{PropertyName:Name}}]}}"
    );
    let message = "'Name' must not be empty.";
    let expected = json!({"id": "0", "responseStatus": {
        "errorCode": "NotEmpty",
        "message": message,
        "errors": [
            {"errorCode": "NotEmpty", "fieldName": "Name", "message": message, "meta": {"PropertyName": "Name"}}
        ],
    }});
    assert_eq!(evo_jsv::from_str::<Value>(document).unwrap(), expected);
}

#[derive(Serialize)]
struct Filter {
    from: i32,
    tags: Vec<&'static str>,
    limit: Option<i32>,
}

#[test]
fn only_text_is_quoted_in_queries() {
    fn query(value: &impl Serialize) -> String {
        evo_jsv::to_query_value(value).unwrap()
    }
    assert_eq!(query(&[1, 2, 3]), "[1,2,3]");
    assert_eq!(query(&["a,b", "c"]), r#"["a,b","c"]"#);
    assert_eq!(query(&[Some(1), None, Some(3)]), "[1,,3]");
    assert_eq!(query(&[Some("a"), None]), r#"["a",]"#);
    assert_eq!(query(&[vec![1, 2], vec![]]), "[[1,2],[]]");
    assert_eq!(query(&[true, false]), "[true,false]");
    assert_eq!(query(&['x', '"']), r#"["x",""""]"#);
    assert_eq!(query(&Filter { from: 1, tags: vec!["x", "y,z"], limit: None }), r#"{from:1,tags:["x","y,z"]}"#);
    assert_eq!(query(&BTreeMap::from([("k", "v:w")])), r#"{"k":"v:w"}"#);
    assert_eq!(query(&BTreeMap::from([(1, 2)])), r#"{"1":2}"#);
    assert_eq!(query(&"a,b \"c\""), "a,b \"c\"");
    assert_eq!(query(&','), ",");
    assert_eq!(query(&7), "7");
    assert_eq!(query(&None::<i32>), "");
}
