//! The texts of a new crate that are no generated code.

use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::first_call::first_call;
use super::package::library;
use crate::Error;
use crate::cli::flags::SettingFlags;
use crate::emit;
use crate::generator::Model;
use crate::source::{Document, Origin};

/// Where a file of the crate is, and its template.
const TEMPLATES: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("../../../templates/crate/Cargo.toml.jinja")),
    ("README.md", include_str!("../../../templates/crate/README.md.jinja")),
    (".gitignore", include_str!("../../../templates/crate/.gitignore.jinja")),
    ("evo-gen.toml", include_str!("../../../templates/crate/evo-gen.toml.jinja")),
    ("src/lib.rs", include_str!("../../../templates/crate/src/lib.rs.jinja")),
    ("examples/first_call.rs", include_str!("../../../templates/crate/examples/first_call.rs.jinja")),
];

/// An address to show where none is known.
const EXAMPLE: &str = "https://api.example.org";

/// What the templates tell.
#[derive(Debug)]
pub struct Facts {
    values: Value,
}

impl Facts {
    /// Gathers it. Names and addresses come from a server: what could leave the string or comment around it is left out.
    pub fn new(
        package: &str,
        runtime: String,
        origin: &Origin,
        document: &Document,
        model: &Model,
        settings: &SettingFlags,
    ) -> Self {
        let title = document.facts.as_ref().and_then(|facts| facts.name.as_deref()).unwrap_or(package);
        let title = plain(title).unwrap_or_else(|| package.to_owned());
        let stated = origin.base_url().or_else(|| model.types.base_url.clone());
        let url = match origin {
            Origin::Url(_) => origin.base_url().or_else(|| Some(origin.label(None))).filter(|url| is_address(url)),
            Origin::File(_) | Origin::StandardInput => None,
        };
        let base_url = stated.filter(|url| is_address(url)).unwrap_or_else(|| EXAMPLE.to_owned());
        let values = context! {
            package, runtime, base_url,
            library => library(package),
            description => quoted(&format!("Client for {title}")),
            documented => emit::documented(&title),
            title,
            url => url.map(|url| quoted(&url)),
            settings => settings.to_toml(),
            call => first_call(&model.api),
        };
        Self { values }
    }
}

/// The files of the crate: path and text.
pub fn render(facts: &Facts) -> Result<Vec<(String, String)>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    TEMPLATES
        .into_iter()
        .map(|(path, template)| {
            let text = environment.render_str(template, &facts.values).map_err(|error| {
                Error::write("a template of evo-gen does not fit its data; please report this")
                    .at(path)
                    .caused_by(error)
            })?;
            // The renderer drops the last line end.
            Ok((path.to_owned(), text + "\n"))
        })
        .collect()
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A name with nothing in it that means something in Markdown, Rust or TOML.
fn plain(name: &str) -> Option<String> {
    let kept: String = name.chars().filter(|char| char.is_alphanumeric() || " .-".contains(*char)).take(80).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// An address that can stand in a string literal.
fn is_address(url: &str) -> bool {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-._~:/[]%@!$&'()*+,;=".contains(char);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(is_plain)
}
