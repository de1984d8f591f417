//! Generates code from a document with settings.

use evo_gen::Generator;
use evo_gen::source::{Limits, read_standard_input};
use serde_json::{Value, json};

/// Returns the text of all files.
pub fn generate(document: &Value, settings: &str) -> String {
    try_generate(document, settings).unwrap_or_else(|error| panic!("{settings}: {error}"))
}

/// Returns the text of all files, or the message of the error.
pub fn try_generate(document: &Value, settings: &str) -> Result<String, String> {
    let document = read_standard_input(document.to_string().as_bytes(), &Limits::default()).unwrap();
    let settings = settings.parse().map_err(|error: evo_gen::Error| error.to_string())?;
    let generated = Generator::new().document(document).settings(settings).generate();
    let files = generated.map_err(|error| error.to_string())?.files;
    Ok(files.into_iter().map(|file| file.text).collect())
}

/// Builds a member with a C# type; ``Nullable`1`` is written as `int?`.
pub fn member(name: &str, ty: &str) -> Value {
    let (ty, is_nullable) = ty.strip_suffix('?').map_or((ty, false), |ty| (ty, true));
    let is_value = matches!(ty, "Int32" | "Int64" | "Boolean" | "DateTime" | "Guid" | "Decimal");
    let (namespace, ty) = match ty.rsplit_once('.') {
        Some((namespace, ty)) => (namespace, ty),
        None if ty.starts_with("List<") => ("System.Collections.Generic", ty),
        None => ("System", ty),
    };
    if is_nullable {
        return json!({ "name": name, "type": "Nullable`1", "genericArgs": [ty], "namespace": "System", "isValueType": true });
    }
    json!({ "name": name, "type": ty, "namespace": namespace, "isValueType": is_value })
}

/// Builds a required member.
pub fn required(name: &str, ty: &str) -> Value {
    let mut member = member(name, ty);
    member["isRequired"] = json!(true);
    member
}

/// Builds a class in the namespace `Shop`.
pub fn class(name: &str, members: &[Value]) -> Value {
    json!({ "name": name, "namespace": "Shop", "properties": members })
}

/// Builds a class in the namespace `Shop` that derives from another one.
pub fn derived(name: &str, base: &str, members: &[Value]) -> Value {
    let mut class = class(name, members);
    class["inherits"] = json!({ "name": base, "namespace": "Shop" });
    class
}

/// Builds an operation with a request and an optional response.
pub fn operation(request: &Value, answer: Option<&str>) -> Value {
    let returns = answer.map(|name| json!({ "name": name, "namespace": "Shop" }));
    json!({ "request": request, "method": "POST", "returnType": returns, "returnsVoid": answer.is_none() })
}

/// Returns the lines of a struct or an enum, from its attributes to its end, without documentation.
pub fn definition(text: &str, head: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let at = lines.iter().position(|line| line.starts_with(head)).unwrap_or_else(|| panic!("no `{head}` in\n{text}"));
    let start = (0..at).rev().find(|at| !lines[*at].starts_with("#[")).map_or(0, |at| at + 1);
    let is_short = lines[at].ends_with('}') || lines[at].ends_with(';');
    let end = if is_short { at } else { (at..lines.len()).find(|at| lines[*at].starts_with('}')).unwrap() };
    lines[start..=end].join("\n")
}

/// Returns the macro calls for a type, each on one line.
pub fn call(text: &str, start: &str) -> String {
    let at = text.find(start).unwrap_or_else(|| panic!("no `{start}` in\n{text}"));
    let call = text[at..].split_once(");\n").unwrap().0;
    let words: Vec<&str> = call.split_whitespace().collect();
    format!("{});", words.join(" ").replace(", }", " }"))
}
