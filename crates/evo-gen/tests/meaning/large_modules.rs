//! A module with more than 1,000 lines is split into files, and its items keep their paths.

use std::collections::BTreeMap;

use evo_gen::Generator;
use evo_gen::emit::Generated;
use serde_json::{Value, json};

use crate::made;

/// A class with 12 members, about 45 lines of code.
fn class(namespace: &str, name: &str) -> Value {
    let members = (0..12).map(|number| json!({ "name": format!("Member{number}"), "type": "String" }));
    json!({ "name": name, "namespace": namespace, "properties": members.collect::<Vec<_>>() })
}

/// `Shop` has 30 operations, each with its own response, and `Shop.Types` has a class that one of the responses uses.
fn generator(settings: &str) -> Generator {
    let operations = (0..30).map(|number| {
        let answer = format!("Answer{number:02}");
        let mut response = class("Shop", &answer);
        let items = json!({ "name": "Other", "type": "Other", "namespace": "Shop.Types" });
        response["properties"].as_array_mut().unwrap().push(items);
        json!({
            "request": class("Shop", &format!("Find{number:02}")), "response": response, "method": "GET",
            "returnType": { "name": answer, "namespace": "Shop" },
        })
    });
    let other = json!({ "name": "Other", "namespace": "Shop.Types", "properties": [
        { "name": "First", "type": "Answer00", "namespace": "Shop" },
    ] });
    made::generator(&json!({ "operations": operations.collect::<Vec<_>>(), "types": [other] }), settings)
}

/// The items that each file defines.
fn items(generated: &Generated) -> BTreeMap<&str, Vec<&str>> {
    let items = |text| {
        let lines =
            str::lines(text).filter_map(|line| line.strip_prefix("pub struct ").or(line.strip_prefix("service!(")));
        lines.map(|line| line.split([' ', ':']).next().unwrap()).collect()
    };
    generated.files.iter().map(|file| (file.path.as_str(), items(&file.text))).collect()
}

#[test]
fn a_large_module_has_separate_files_for_operations_and_types() {
    let generated = generator("").generate().unwrap();
    for file in &generated.files {
        assert!(file.text.lines().count() <= 1_000, "{}: {} lines", file.path, file.text.lines().count());
    }
    let names = |word: &str, numbers: std::ops::Range<usize>| -> Vec<String> {
        numbers.map(|number| format!("{word}{number:02}")).collect()
    };
    let expected = BTreeMap::from([
        ("mod.rs", vec!["pub".to_owned()]),
        ("operations.rs", names("Find", 0..21)),
        ("operations_2.rs", names("Find", 21..30)),
        ("types.rs", vec!["Other".to_owned()]),
        ("types_2.rs", names("Answer", 0..24)),
        ("types_3.rs", names("Answer", 24..30)),
    ]);
    let found = items(&generated);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, expected) in expected {
        assert_eq!(found[path], expected, "{path}");
    }
    let root = &generated.files[0].text;
    let modules: Vec<&str> = root.lines().filter(|line| line.contains("mod ") || line.contains("use self")).collect();
    assert_eq!(
        modules,
        [
            "pub mod types;",
            "mod operations;",
            "mod operations_2;",
            "mod types_2;",
            "mod types_3;",
            "pub use self::operations::*;",
            "pub use self::operations_2::*;",
            "pub use self::types_2::*;",
            "pub use self::types_3::*;",
        ]
    );
    assert_eq!(generated.names["T:Shop.Find12"], "Find12");
    assert_eq!(generated.names["N:Shop"], "");
    assert_eq!(generated.names["N:Shop.Types"], "types");
}

#[test]
fn the_layout_file_is_never_split() {
    let generated = generator("layout = 'file'").generate().unwrap();
    assert_eq!(items(&generated).keys().collect::<Vec<_>>(), [&"mod.rs"]);
}

#[test]
fn reexports_of_a_crate_visible_client_are_crate_visible() {
    let generated = generator("visibility = 'crate'").generate().unwrap();
    let shown = generated.files[0].text.lines().filter(|line| line.contains("use self"));
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "pub(crate) use self::operations::*;",
            "pub(crate) use self::operations_2::*;",
            "pub(crate) use self::types_2::*;",
            "pub(crate) use self::types_3::*;",
        ]
    );
}
