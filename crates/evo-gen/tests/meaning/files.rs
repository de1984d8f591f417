//! Members that represent files.

use serde_json::json;

use crate::made::{Made, holder, make};

fn apply() -> Made {
    let web = |name: &str, ty: &str| json!({ "name": name, "type": ty, "namespace": "ServiceStack.Web" });
    let list = |name: &str, args: &[&str]| json!({ "name": name, "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": args });
    let text = |name: &str, location: &str| json!({ "name": name, "type": "String", "namespace": "System", "uploadTo": location });
    let mut located = web("Photo", "IHttpFile");
    located["uploadTo"] = json!("photos");
    make(&json!({ "types": [], "operations": [{
        "request": { "name": "Apply", "namespace": "Shop", "properties": [
            { "name": "Name", "type": "String", "namespace": "System" },
            web("Letter", "IHttpFile"), located, web("Papers", "IHttpFile[]"), list("More", &["IHttpFile"]),
            { "name": "ByName", "type": "Dictionary`2", "namespace": "System.Collections.Generic", "genericArgs": ["String", "IHttpFile"] },
            web("Request", "IRequest"), list("Streams", &["Stream"]),
            text("Path", "applications"),
        ] },
        "method": "POST", "returnsVoid": true,
    }] }))
}

#[test]
fn docs_of_responses_do_not_explain_how_to_send_files() {
    let stored = json!([{ "name": "Path", "type": "String", "namespace": "System", "uploadTo": "applications" }]);
    let made = holder(&stored, &json!([]));
    assert!(made.text.contains("    /// `Path` (`string`).\n    pub path: Option<String>,\n"), "{}", made.text);
}

#[test]
fn a_file_is_not_a_member_and_the_docs_explain_how_to_send_it() {
    let made = apply();
    assert_eq!(made.fields("Apply"), ["name: Option<String>", "path: Option<String>"]);
    let docs = made.text.replace("\n/// ", " ");
    for line in [
        "/// Takes a file: send it with `upload`, as a part named `Letter`.",
        "/// Takes a file: send it with `upload`, as a part named `Photo`. The service stores it in `photos`.",
        "/// Takes a file: send it with `upload`, as a part named `Papers`.",
        "/// Takes a file: send it with `upload`, as a part named `More`.",
        "/// Takes a file: send it with `upload`, as a part named `ByName`.",
        "    /// Filled by the service: send files as parts named `Path`; it stores them in `applications`.",
    ] {
        let line = line.trim_start_matches(' ').trim_start_matches("/// ");
        assert!(docs.contains(line), "{line} is not in\n{}", made.text);
    }
    let notes: Vec<&str> =
        made.remarks_of("EVO0032").into_iter().map(|note| note.split(" (at").next().unwrap()).collect();
    assert_eq!(
        notes,
        [
            "EVO0032: Letter is a file, which is sent in addition to the request",
            "EVO0032: Photo is a file, which is sent in addition to the request",
            "EVO0032: Papers is a file, which is sent in addition to the request",
            "EVO0032: More is a file, which is sent in addition to the request",
            "EVO0032: ByName is a file, which is sent in addition to the request",
            "EVO0032: `IRequest` cannot be serialized",
            "EVO0032: `List`1` cannot be serialized",
        ]
    );
    assert_eq!(made.remarks.len(), notes.len(), "{:?}", made.remarks);
}
