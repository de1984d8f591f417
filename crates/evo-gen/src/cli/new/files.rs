//! Renders the files of a new crate, except for the generated code and `evo-gen.toml`.

use minijinja::context;
use minijinja::value::Value;

use super::MODULE;
use super::first_call::{FirstCall, first_call};
use super::package::library;
use crate::Error;
use crate::cli::module::{SAME_NAME, has_module};
use crate::cli::templates::{is_address, quoted, render, server};
use crate::emit;
use crate::generator::Model;
use crate::source::{Document, Origin};

/// The path of a file of the crate, and its template.
const TEMPLATES: [(&str, &str); 5] = [
    ("Cargo.toml", include_str!("../../../templates/crate/Cargo.toml.jinja")),
    ("README.md", include_str!("../../../templates/crate/README.md.jinja")),
    (".gitignore", include_str!("../../../templates/crate/.gitignore.jinja")),
    ("src/lib.rs", include_str!("../../../templates/crate/src/lib.rs.jinja")),
    ("examples/first_call.rs", include_str!("../../../templates/crate/examples/first_call.rs.jinja")),
];

/// The example URL for a service whose URL is unknown.
const EXAMPLE: &str = "https://api.example.org";

/// The files of a new crate that are rendered from templates.
#[derive(Debug)]
pub struct CrateFiles {
    values: Value,
    /// The URL of the service, if it is known.
    pub address: Option<String>,
    /// Whether the example needs a user or an API key.
    pub needs_sign_in: bool,
}

impl CrateFiles {
    /// Collects the values for the templates of a crate whose document comes from `origin`. Names and URLs come from a server, so
    /// characters that could terminate the surrounding string or comment are removed.
    pub fn new(package: &str, runtime: &str, origin: &Origin, document: &Document, model: &Model) -> Self {
        let title = document.facts.as_ref().and_then(|facts| facts.name.as_deref()).unwrap_or(package);
        let title = plain(title).unwrap_or_else(|| package.to_owned());
        let address = origin.base_url().or_else(|| model.types.base_url.clone()).filter(|url| is_address(url));
        let call = first_call(&model.api);
        let needs_sign_in = call.as_ref().is_some_and(|call| call.sign_in.is_some());
        let library = library(package);
        let values = context! {
            package,
            runtime,
            address => address.as_deref().unwrap_or(EXAMPLE),
            is_address_known => address.is_some(),
            variable => library.to_uppercase(),
            library,
            description => quoted(&format!("Client for {title}")),
            documented => emit::documented(&title),
            title,
            recursion_limit => model.api.recursion_limit,
            lints => has_module(&model.api, MODULE).then_some(SAME_NAME),
            has_url => server(origin).is_some(),
            has_facts => document.stored_facts().is_some(),
            call => call.as_ref().map(FirstCall::values),
        };
        Self { values, address, needs_sign_in }
    }

    /// Renders the files. Returns their paths and contents.
    pub fn render(&self) -> Result<Vec<(String, String)>, Error> {
        let render = |(path, template): (&str, &str)| Ok((path.to_owned(), render(path, template, &self.values)?));
        TEMPLATES.into_iter().map(render).collect()
    }
}

/// Returns a name without characters that have a meaning in Markdown, Rust or TOML.
fn plain(name: &str) -> Option<String> {
    let kept: String = name.chars().filter(|char| char.is_alphanumeric() || " .-".contains(*char)).take(80).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
