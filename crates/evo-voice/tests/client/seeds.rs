//! Two operations in detail: members, types, descriptions, verbs and routes.

use evo_voice::evo_runtime::operations::AnswerShape;
use evo_voice::evo_runtime::wire::Record;
use evo_voice::evo_runtime::{Operation, OperationSpec};
use evo_voice::sessions::{DeleteChatMember, HoldSession, SessionInfo};
use serde_json::Value;

const SESSIONS: &str = concat!(
    include_str!("../../src/generated/sessions/operations.rs"),
    include_str!("../../src/generated/sessions/types.rs")
);
const DOCUMENT: &str = include_str!("../../../../fixtures/evo-voice/metadata.json");

/// A struct in the generated code.
#[derive(Debug, PartialEq)]
struct Struct {
    /// The paragraphs of its documentation, without the example, which is a doctest.
    docs: Vec<String>,
    /// The name, type and documentation of each member.
    members: Vec<(String, String, String)>,
}

/// Reads a struct from the generated code.
fn generated(name: &str) -> Struct {
    let (before, after) =
        SESSIONS.split_once(&format!("pub struct {name} {{\n")).unwrap_or_else(|| panic!("no struct {name}"));
    let (inside, _) = after.split_once("\n}\n").expect("the end of the struct");
    let above = before.lines().rev().skip_while(|line| line.starts_with("#["));
    let mut docs: Vec<String> =
        above.map_while(|line| line.strip_prefix("///")).map(|line| line.trim().to_owned()).collect();
    docs.reverse();
    docs.truncate(docs.iter().position(|line| line.starts_with("```")).unwrap_or(docs.len()));
    let docs = docs.split(String::is_empty).map(|lines| lines.join(" ")).filter(|text| !text.is_empty()).collect();

    let (mut members, mut description) = (Vec::new(), Vec::new());
    for line in inside.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            description.push(text);
        } else {
            let (name, r#type) = line
                .strip_prefix("pub ")
                .and_then(|member| member.strip_suffix(',')?.split_once(": "))
                .unwrap_or_else(|| panic!("no member: {line}"));
            members.push((name.to_owned(), r#type.to_owned(), std::mem::take(&mut description).join(" ")));
        }
    }
    Struct { docs, members }
}

fn of(docs: [&str; 2], members: &[(&str, &str, &str)]) -> Struct {
    let members = members.iter().map(|(name, r#type, docs)| [name, r#type, docs].map(|text| (*text).to_owned()));
    let members = members.map(|[name, r#type, docs]| (name, r#type, docs)).collect();
    Struct { docs: docs.map(str::to_owned).to_vec(), members }
}

fn names(record: &dyn Record) -> (&'static str, Vec<&'static str>) {
    let shape = record.shape();
    (shape.name(), shape.members().iter().map(|member| member.name).collect())
}

/// Returns the spec of an operation that returns a session; for others, it does not compile.
fn spec<T: Operation<Answer = SessionInfo>>() -> OperationSpec {
    T::SPEC
}

#[test]
fn hold_session_matches_its_documentation_page() {
    assert_eq!(
        generated("HoldSession"),
        of(
            [
                "Hold the specified session",
                "`POST /sessions/{sessionId}/hold`. Requires the role `User`. Returns [`SessionInfo`].",
            ],
            &[
                ("call_sid", "Option<String>", "The local call SID"),
                ("session_id", "Option<String>", "The ID of the session to hold"),
                ("reason", "Option<SessionHoldReasons>", "The reason you are holding this call"),
            ],
        )
    );
    assert_eq!(names(&HoldSession::default()), ("HoldSession", vec!["CallSid", "SessionId", "Reason"]));
    let expected = OperationSpec::new("HoldSession", "POST", &["/sessions/{SessionId}/hold"]);
    assert_eq!(spec::<HoldSession>(), expected);
    assert_eq!(expected.shape, AnswerShape::Value);
}

#[test]
fn delete_chat_member_matches_its_documentation_page() {
    assert_eq!(
        generated("DeleteChatMember"),
        of(
            [
                "Removes the specified member from the chat",
                "`DELETE /sessions/{sessionId}/members/{memberId}`. Requires the role `User`. Returns [`SessionInfo`].",
            ],
            &[
                ("session_id", "Option<String>", "The ID of the session"),
                (
                    "member_to_remove",
                    "Option<String>",
                    "The member to add. This can be a cell phone number, user ID (email)",
                ),
            ],
        )
    );
    assert_eq!(names(&DeleteChatMember::default()), ("DeleteChatMember", vec!["SessionId", "MemberToRemove"]));
    // No member provides `memberId`, so servers respond to the declared route with 400.
    assert_eq!(spec::<DeleteChatMember>(), OperationSpec::new("DeleteChatMember", "DELETE", &[]));
}

/// Both operations return a session with all members of the document in order, declared members before inherited ones.
#[test]
fn the_session_has_every_member_of_the_document() {
    let document: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    let mut expected = Vec::new();
    for name in ["SessionInfo", "EntityInfo"] {
        for property in properties(&document, name) {
            expected.push((
                property["name"].as_str().expect("a name").to_owned(),
                rust_type(property),
                property["description"].as_str().unwrap_or_else(|| panic!("{property} has no description")).to_owned(),
            ));
        }
    }
    assert_eq!(expected.len(), 41, "members that the page shows");

    let (name, names) = names(&SessionInfo::default());
    let members = generated("SessionInfo").members;
    assert_eq!((name, names.len()), ("SessionInfo", members.len()));
    let shown: Vec<_> =
        std::iter::zip(names, members).map(|(name, (_, r#type, docs))| (name.to_owned(), r#type, docs)).collect();
    assert_eq!(shown, expected);
}

fn properties<'a>(document: &'a Value, name: &str) -> &'a [Value] {
    let responses = document["operations"].as_array().into_iter().flatten().map(|operation| &operation["response"]);
    let mut types = document["types"].as_array().into_iter().flatten().chain(responses);
    let found = types.find(|r#type| r#type["name"] == name && !r#type["properties"].is_null());
    found.unwrap_or_else(|| panic!("no type {name}"))["properties"].as_array().expect("properties")
}

/// Returns the Rust type of a received member.
fn rust_type(property: &Value) -> String {
    match property["type"].as_str().expect("a type") {
        "String" => "Option<String>".to_owned(),
        "Boolean" => "bool".to_owned(),
        "List`1" => {
            format!("Vec<{}>", property.pointer("/genericArgs/0").and_then(Value::as_str).expect("an argument"))
        }
        name if property["isEnum"] == true => name.to_owned(),
        other => panic!("no Rust type for {other}"),
    }
}
