//! Renders files from templates.

use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::flags::SettingFlags;
use crate::Error;
use crate::config::FILE_NAME;
use crate::source::Origin;

const CONFIGURATION: &str = include_str!("../../templates/crate/evo-gen.toml.jinja");

/// Renders the file at `path` from its template.
pub fn render(path: &str, template: &str, values: &Value) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let text = environment.render_str(template, values).map_err(|error| {
        Error::write("a template of evo-gen cannot be rendered; please report this").at(path).caused_by(error)
    })?;
    // minijinja removes the last newline.
    Ok(text + "\n")
}

/// Renders the `evo-gen.toml` for a client in the folder `output`, with the settings of the command line.
pub fn configuration(origin: &Origin, source: &str, output: &str, settings: &SettingFlags) -> Result<String, Error> {
    let values = context! {
        source => quoted(source),
        url => server(origin).map(|url| quoted(&url)),
        output => quoted(output),
        settings => settings.to_toml(),
    };
    render(FILE_NAME, CONFIGURATION, &values)
}

/// Returns the URL of the server that the document was fetched from.
pub fn server(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Url(_) => origin.base_url().or_else(|| Some(origin.label(None))).filter(|url| is_address(url)),
        Origin::File(_) | Origin::StandardInput => None,
    }
}

/// Formats a string as a TOML literal.
pub fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// Whether a URL can be used verbatim in a string literal, in Markdown and in a command.
pub fn is_address(url: &str) -> bool {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-._~:/[]%@!$&'()*+,;=".contains(char);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(is_plain)
}
