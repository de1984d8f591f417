//! How generated code is laid out: items by prettyplease, with a blank line between them, and macro calls by hand.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::Error;

/// The width that macro calls keep to, where their parts are short enough.
const WIDTH: usize = 100;

/// Formats items, with a blank line before each but the first, and between `use` lines of different kinds.
///
/// # Errors
///
/// When the tokens are no Rust items, which is a defect of ours.
pub(super) fn items(tokens: TokenStream) -> Result<String, Error> {
    let shown = tokens.to_string();
    let file: syn::File = syn::parse2(tokens).map_err(|error| {
        let start: String = shown.chars().take(200).collect();
        Error::document(format!("the generated code is no Rust: {error}"))
            .at(start)
            .help("this is a defect of evo-gen; please report it with the document")
    })?;
    let texts: Vec<String> = file
        .items
        .into_iter()
        .map(|item| {
            prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] })
        })
        .collect();
    let mut text = String::new();
    for item in &texts {
        let is_use = item.starts_with("use ");
        if !text.is_empty() && !is_use {
            text.push('\n');
        }
        text.push_str(item);
    }
    Ok(text)
}

/// A call of a macro whose body is a head, entries in braces, and a tail: `record!(Name { a: "A", b: "B" });`.
pub(super) struct MacroCall {
    pub name: &'static str,
    pub head: TokenStream,
    /// `None` for a call without braces.
    pub entries: Option<Vec<Entry>>,
    pub tail: TokenStream,
}

/// An entry of a macro call, with the lines of its doc comment.
pub(super) struct Entry {
    pub docs: Vec<String>,
    pub tokens: TokenStream,
}

impl MacroCall {
    /// The call on one line if it fits; else as many entries on a line as fit, or one if they have docs.
    pub fn text(&self) -> String {
        let head = spell(&self.head);
        let tail = spell(&self.tail);
        let tail = if tail.is_empty() { String::new() } else { format!(" {tail}") };
        let Some(entries) = &self.entries else {
            return wrap_list(&format!("{}!({head}{tail});", self.name));
        };
        let spelled: Vec<String> = entries.iter().map(|entry| spell(&entry.tokens)).collect();
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

/// A call without braces: broken after the commas of a long list.
fn wrap_list(call: &str) -> String {
    if call.len() <= WIDTH {
        return format!("{call}\n");
    }
    let mut text = String::new();
    let mut line = String::new();
    for part in call.split_inclusive([',', '>']) {
        let is_break = part.trim_start().starts_with('"') || part.trim_start().starts_with("=>");
        if is_break && line.len() + part.len() > WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line = format!("    {}", part.trim_start());
        } else {
            line.push_str(part);
        }
    }
    text.push_str(&line);
    text.push('\n');
    text
}

/// Tokens on one line, spaced as rustfmt spaces them.
pub(super) fn spell(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut previous: Option<TokenTree> = None;
    let mut after_joint = false;
    for token in tokens.clone() {
        let is_arrow = text.ends_with("=>");
        if previous.as_ref().is_some_and(|previous| !after_joint && (is_arrow || needs_space(previous, &token))) {
            text.push(' ');
        }
        after_joint = false;
        match &token {
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
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                after_joint = punct.spacing() == Spacing::Joint;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => text.push_str(&token.to_string()),
        }
        previous = Some(token);
    }
    // `::` is one mark of two tokens, with nothing around it.
    text.replace(":: ", "::").replace(" ::", "::")
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
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => true,
        },
        _ => true,
    }
}
