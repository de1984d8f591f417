//! How generated code is laid out: items by prettyplease, with a blank line between them, and macro calls by hand.

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};

use crate::Error;

/// The width that lines keep to, where their parts are short enough.
pub(super) const WIDTH: usize = 100;

/// How long the line of an import may be before prettyplease is asked to break it.
const SHORT: usize = 80;

/// Lays items out, with a blank line before each but the first, and between `use` lines of different kinds.
///
/// # Errors
///
/// When they are no Rust, which is a defect of ours.
pub(super) fn items(text: &str) -> Result<String, Error> {
    let file = syn::parse_file(text).map_err(|error| {
        let start: String = text.chars().take(200).collect();
        Error::document(format!("the generated code is no Rust: {error}"))
            .at(start)
            .help("this is a defect of evo-gen; please report it with the document")
    })?;
    let mut text = String::new();
    for item in file.items {
        let is_use = matches!(&item, syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Inherited));
        let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        let item = prettyplease::unparse(&file);
        if !text.is_empty() && !is_use {
            text.push('\n');
        }
        text.push_str(&item);
    }
    Ok(text)
}

/// The `use` lines of a file, which are short most of the time.
///
/// # Errors
///
/// When they are no Rust, which is a defect of ours.
pub(super) fn imports(lines: &str) -> Result<String, Error> {
    if lines.lines().all(|line| line.len() <= SHORT) { Ok(lines.to_owned()) } else { items(lines) }
}

/// A struct or an enum, laid out in a fraction of the time that prettyplease takes: most of what is generated is these.
pub(super) struct Definition {
    /// The lines of its documentation.
    pub docs: Vec<String>,
    pub attributes: Attributes,
    /// All before the braces: `pub struct Page<T>`.
    pub head: String,
    pub fields: Vec<Field>,
}

/// A field of a struct, or a variant of an enum.
pub(super) struct Field {
    /// The lines of its documentation.
    pub docs: Vec<String>,
    pub attributes: Attributes,
    /// `pub name: String`.
    pub text: String,
}

/// What stands above a definition, each on a line: `#[non_exhaustive]`.
pub(super) type Attributes = Vec<String>;

impl Definition {
    /// The text, or what prettyplease makes of it where a line is too long and has to be broken.
    ///
    /// # Errors
    ///
    /// When the tokens are no Rust, which is a defect of ours.
    pub fn text(&self) -> Result<String, Error> {
        let text = self.unbroken();
        let is_code = |line: &str| !line.trim_start().starts_with("///");
        if text.lines().any(|line| line.len() > WIDTH && is_code(line)) { items(&text) } else { Ok(text) }
    }

    fn unbroken(&self) -> String {
        let lines = self.docs.len() + self.attributes.len() + 3 * self.fields.len();
        let mut text = String::with_capacity(64 * lines);
        above(&mut text, "", &self.docs, &self.attributes);
        text.push_str(&self.head);
        if self.fields.is_empty() {
            text.push_str(" {}\n");
            return text;
        }
        text.push_str(" {\n");
        for field in &self.fields {
            above(&mut text, "    ", &field.docs, &field.attributes);
            text.extend(["    ", field.text.as_str(), ",\n"]);
        }
        text.push_str("}\n");
        text
    }
}

/// What stands above an item or a field: documentation, and each attribute on a line.
fn above(text: &mut String, indentation: &str, docs: &[String], attributes: &Attributes) {
    for line in docs {
        let space = if line.is_empty() { "" } else { " " };
        text.extend([indentation, "///", space, line, "\n"]);
    }
    for attribute in attributes {
        text.extend([indentation, attribute, "\n"]);
    }
}

/// A struct without braces: `pub struct Names(pub Vec<String>);`.
///
/// # Errors
///
/// When it is no Rust, which is a defect of ours.
pub(super) fn newtype(docs: &[String], attributes: &Attributes, definition: &str) -> Result<String, Error> {
    let mut text = String::new();
    above(&mut text, "", docs, attributes);
    text.push_str(definition);
    items(&text)
}

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A call of a macro whose body is a head, entries in braces, and a tail: `record!(Name { a: "A", b: "B" });`.
pub(super) struct MacroCall {
    pub name: &'static str,
    pub head: String,
    /// `None` for a call without braces.
    pub entries: Option<Vec<Entry>>,
    pub tail: String,
}

/// An entry of a macro call, with the lines of its doc comment.
pub(super) struct Entry {
    pub docs: Vec<String>,
    pub text: String,
}

impl MacroCall {
    /// The call on one line if it fits; else as many entries on a line as fit, or one if they have docs.
    pub fn text(&self) -> String {
        let head = &self.head;
        let tail = if self.tail.is_empty() { String::new() } else { format!(" {}", self.tail) };
        let Some(entries) = &self.entries else {
            return wrap_list(&format!("{}!({head}{tail});", self.name));
        };
        let spelled: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
        let has_docs = entries.iter().any(|entry| !entry.docs.is_empty());
        let body = spelled.join(", ");
        let body = if body.is_empty() { "{}".to_owned() } else { format!("{{ {body} }}") };
        let single = format!("{}!({head} {body}{tail});\n", self.name);
        if !has_docs && single.len() <= WIDTH + 1 {
            return single;
        }
        let mut text = format!("{}!({head} {{\n", self.name);
        let mut line = String::new();
        for (entry, spelled) in entries.iter().zip(&spelled) {
            let fits = line.len() + spelled.len() + 6 <= WIDTH;
            if !line.is_empty() && (has_docs || !fits) {
                text.extend(["    ", line.as_str(), "\n"]);
                line.clear();
            }
            for doc in &entry.docs {
                let space = if doc.is_empty() { "" } else { " " };
                text.extend(["    ///", space, doc, "\n"]);
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(spelled);
            line.push(',');
        }
        if !line.is_empty() {
            text.extend(["    ", line.as_str(), "\n"]);
        }
        text.extend(["}", tail.as_str(), ");\n"]);
        text
    }
}

/// A call without braces: broken before the texts of a long list, and before what comes of it.
fn wrap_list(call: &str) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for part in breakable(call) {
        if !line.trim().is_empty() && line.len() + part.len() > WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line.replace_range(.., "    ");
        }
        line.push_str(part);
    }
    text.push_str(&line);
    text.push('\n');
    text
}

/// The parts of a call between which its line can be broken; a text is never broken, whatever it holds.
fn breakable(call: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_text, mut is_escaped) = (0, false, false);
    for (at, c) in call.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = is_text,
            '"' => is_text = !is_text,
            ' ' if !is_text => {
                let (before, after) = (call.get(..at).unwrap_or_default(), call.get(at + 1..).unwrap_or_default());
                if before.ends_with(',') && after.starts_with('"') || after.starts_with("=>") {
                    parts.extend(call.get(start..=at));
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    parts.extend(call.get(start..));
    parts
}

/// Tokens on one line, spaced as rustfmt spaces them.
pub(super) fn spell(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut previous: Option<TokenTree> = None;
    let mut is_glued = false;
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let separator = is_colon(&token) && is_joint(&token) && tokens.next_if(is_colon).is_some();
        let is_arrow = text.ends_with("=>");
        let has_space = previous.as_ref().is_some_and(|previous| match previous {
            _ if is_glued => false,
            // A path goes on behind a word, unless that is one of our macros' own.
            TokenTree::Ident(word) if separator => word == "raw",
            TokenTree::Punct(mark) if separator && matches!(mark.as_char(), ':' | ',') => true,
            TokenTree::Punct(mark) if separator && mark.as_char() == '>' => is_arrow,
            _ => is_arrow || needs_space(previous, &token),
        });
        if has_space {
            text.push(' ');
        }
        is_glued = separator || is_joint(&token);
        match &token {
            _ if separator => text.push_str("::"),
            TokenTree::Group(group) => {
                let inner = spell(&group.stream());
                match group.delimiter() {
                    Delimiter::Parenthesis => text.extend(["(", inner.as_str(), ")"]),
                    Delimiter::Bracket => text.extend(["[", inner.as_str(), "]"]),
                    Delimiter::Brace if inner.is_empty() => text.push_str("{}"),
                    Delimiter::Brace => text.extend(["{ ", inner.as_str(), " }"]),
                    Delimiter::None => text.push_str(&inner),
                }
            }
            other => text.push_str(&other.to_string()),
        }
        previous = Some(token);
    }
    text
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

fn is_joint(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint)
}

fn needs_space(before: &TokenTree, after: &TokenTree) -> bool {
    let mark = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    };
    match (mark(before), mark(after)) {
        (_, Some(',' | ';' | ':' | '<' | '>')) | (Some('<' | '&' | '!' | '#' | '-'), _) => false,
        (Some('>'), None) => !matches!(after, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis),
        (None, None) => match after {
            TokenTree::Group(group) => matches!(group.delimiter(), Delimiter::Brace | Delimiter::Bracket),
            _ => true,
        },
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn tokens_are_spaced_as_people_space_them() {
        for (tokens, text) in [
            (quote!(a: Vec<String>, b: self::c::D), "a: Vec<String>, b: self::c::D"),
            (quote!(send: ::evo_runtime::Value), "send: ::evo_runtime::Value"),
            (quote!(Get: GET "/a" => raw ::evo_runtime::Bytes), "Get: GET \"/a\" => raw ::evo_runtime::Bytes"),
            (
                quote!(Get: GET => ::std::collections::BTreeMap<::a::B, Vec<::c::D>>),
                "Get: GET => ::std::collections::BTreeMap<::a::B, Vec<::c::D>>",
            ),
            (quote!(a: BTreeMap<String, ::a::B>), "a: BTreeMap<String, ::a::B>"),
            (quote!(a: "x :: y" as "b:: c" = -1), "a: \"x :: y\" as \"b:: c\" = -1"),
            (quote!(Page<T>() { id: i32 }), "Page<T>() { id: i32 }"),
            (quote!(id: "Id" value [between(-1, 2)]), "id: \"Id\" value [between(-1, 2)]"),
            (quote!(#[allow(dead_code)]), "#[allow(dead_code)]"),
        ] {
            assert_eq!(spell(&tokens), text);
        }
    }

    #[test]
    fn a_long_call_is_broken_between_its_texts() {
        let route = "/a, => b>,".repeat(6);
        let head = format!("Get: GET {route:?}, {route:?} => Answer");
        let call = MacroCall { name: "operation", head, entries: None, tail: String::new() };
        assert_eq!(call.text(), format!("operation!(Get: GET \"{route}\",\n    \"{route}\" => Answer);\n"));
    }
}
