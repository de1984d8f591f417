//! Generates code from a document, for assertions about its parts.
#![allow(dead_code, reason = "not used in every test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evo_gen::api::Api;
use evo_gen::config::Settings;
use evo_gen::diagnostics::Diagnostics;
use evo_gen::emit::Header;
use evo_gen::source::{Document, Limits, read_standard_input};
use evo_gen::{Error, Generator, emit, lower, metadata};
use serde_json::{Value, json};

/// A generated client.
pub struct Made {
    pub types: metadata::Types,
    pub api: Api,
    /// The text of all files, sorted by path.
    pub text: String,
    /// The diagnostics, each beginning with its code.
    pub remarks: Vec<String>,
}

/// Reads a document.
pub fn read(document: &Value) -> Document {
    read_standard_input(document.to_string().as_bytes(), &Limits::default()).unwrap()
}

/// Parses settings as written in `evo-gen.toml`.
pub fn settings(text: &str) -> Settings {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Builds the model of a document.
pub fn lower(document: &Value, settings: &Settings) -> Result<(Api, Diagnostics), Error> {
    let mut diagnostics = Diagnostics::default();
    let types = metadata::read_value(document, &mut diagnostics)?;
    let api = lower::lower(&types, None, settings, &BTreeMap::new(), &mut diagnostics)?;
    Ok((api, diagnostics))
}

/// Returns a generator for a document with settings.
pub fn generator(document: &Value, with: &str) -> Generator {
    Generator::new().document(read(document)).settings(settings(with))
}

/// Returns the text of all files.
pub fn generate(document: &Value, settings: &str) -> String {
    try_generate(document, settings).unwrap_or_else(|error| panic!("{settings}: {error}"))
}

/// Returns the text of all files, or the message of the error.
pub fn try_generate(document: &Value, settings: &str) -> Result<String, String> {
    let settings = settings.parse().map_err(|error: Error| error.to_string())?;
    let generated = Generator::new().document(read(document)).settings(settings).generate();
    let files = generated.map_err(|error| error.to_string())?.files;
    Ok(files.into_iter().map(|file| file.text).collect())
}

/// Generates a client from a document with types and operations.
pub fn make(document: &Value) -> Made {
    make_with(document, "").unwrap()
}

/// Generates a client with settings.
pub fn make_with(document: &Value, with: &str) -> Result<Made, Error> {
    let mut diagnostics = Diagnostics::default();
    let types = metadata::read_value(document, &mut diagnostics)?;
    let api = lower::lower(&types, None, &settings(with), &BTreeMap::new(), &mut diagnostics)?;
    Ok(Made::new(types, api, &diagnostics))
}

/// Generates a client whose operation returns a `Holder` with these members, with additional types.
pub fn holder(properties: &Value, types: &Value) -> Made {
    let response = json!({ "name": "Holder", "namespace": "Q", "properties": properties });
    make(&json!({ "types": types, "operations": [get("Hold", &response)] }))
}

/// Generates a client whose operation sends a `Holder` with these members, with additional types.
pub fn sender(properties: &Value, types: &Value) -> Made {
    let mut types = types.as_array().unwrap().clone();
    types.push(json!({ "name": "Holder", "namespace": "Q", "properties": properties }));
    let member = json!([{ "name": "Holder", "type": "Holder", "namespace": "Q" }]);
    let request = json!({ "name": "Send", "namespace": "Q", "properties": member });
    make(&json!({ "types": types, "operations": [{ "request": request, "method": "POST", "returnsVoid": true }] }))
}

/// Builds an operation in the namespace `Q` that returns a class.
pub fn get(name: &str, response: &Value) -> Value {
    let returns = json!({ "name": response["name"], "namespace": response["namespace"] });
    json!({ "request": { "name": name, "namespace": "Q" }, "response": response, "method": "GET", "returnType": returns })
}

impl Made {
    /// Generates the files of a model.
    fn new(types: metadata::Types, api: Api, diagnostics: &Diagnostics) -> Self {
        let header = Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() };
        let mut text = String::new();
        for file in emit::emit(&api, &header).unwrap().files {
            syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}\n{}", file.path, file.text));
            write!(text, "{}", file.text).unwrap();
        }
        Self { types, api, text, remarks: diagnostics.as_slice().iter().map(ToString::to_string).collect() }
    }

    /// Returns the members of a struct as `name: Type`.
    pub fn fields(&self, name: &str) -> Vec<String> {
        let starts = [format!("pub struct {name} {{"), format!("pub struct {name}<")];
        let start = starts.iter().find_map(|start| self.text.find(start));
        let start = start.unwrap_or_else(|| panic!("no struct {name} in\n{}", self.text));
        let body = self.text[start..].split_once('{').unwrap().1;
        if body.starts_with('}') {
            return Vec::new();
        }
        let body = body.split_once("\n}").unwrap().0;
        let lines = body.lines().map(str::trim).filter(|line| !line.starts_with("///") && !line.starts_with('#'));
        let joined = lines.collect::<Vec<_>>().join("");
        let fields = joined.split("pub ").map(|field| field.trim().trim_end_matches(',').to_owned());
        fields.filter(|field| !field.is_empty()).collect()
    }

    /// Returns the type of a member.
    pub fn field(&self, name: &str, member: &str) -> String {
        let start = format!("{member}: ");
        let fields = self.fields(name);
        let found = fields.iter().find_map(|field| field.strip_prefix(&start));
        found.unwrap_or_else(|| panic!("no member {member} in {fields:?}")).to_owned()
    }

    /// Returns a macro call on one line: `call("record", "Holder")`.
    pub fn call(&self, name: &str, item: &str) -> String {
        let starts = [" ", ":", "<", "(", ")"].map(|end| format!("\n{name}!({item}{end}"));
        let start = starts.iter().find_map(|start| self.text.find(start));
        let start = start.unwrap_or_else(|| panic!("no {name}!({item}) in\n{}", self.text));
        let call = self.text[start..].split_once(");\n").unwrap().0;
        let words: Vec<&str> = call.split_whitespace().collect();
        format!("{});", words.join(" ").replace(", }", " }"))
    }

    /// Returns the response type in the line of an operation.
    pub fn answer(&self, operation: &str) -> String {
        let call = self.call("operation", operation);
        call.split_once(" => ").unwrap().1.trim_end_matches(");").to_owned()
    }

    /// Returns the names of the operations.
    pub fn operations(&self) -> Vec<&str> {
        self.api.operations().map(|(_, _, operation)| operation.name.as_str()).collect()
    }

    /// Returns the .NET names of all generated types except requests.
    pub fn written(&self) -> Vec<&str> {
        let requests: Vec<&str> = self.api.operations().map(|(item, ..)| item.dotnet.as_str()).collect();
        let items = self.api.items.iter().map(|item| item.dotnet.as_str());
        items.filter(|dotnet| !requests.contains(dotnet)).collect()
    }

    /// Returns the diagnostics with a code.
    pub fn remarks_of(&self, code: &str) -> Vec<&String> {
        self.remarks.iter().filter(|remark| remark.starts_with(code)).collect()
    }
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
