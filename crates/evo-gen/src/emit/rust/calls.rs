//! Lays out calls of the runtime's macros, which rustfmt and prettyplease would leave on one long line.
//!
//! A call consists of a head, entries in braces, and a tail: `choice!(Size { Small: "Small" = 0 } else Unknown);`. It is written on one
//! line if it fits. Otherwise, each line has as many entries as fit, or one entry if entries have documentation. A call without braces is
//! broken between the strings of a list and before its arrow.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use super::WIDTH;
use super::spacing::tokens_to_string;

const INDENT: &str = "    ";

/// Returns the text of a call, with a line break at its end.
pub(super) fn print(call: &syn::Macro) -> syn::Result<String> {
    let path = &call.path;
    let name = tokens_to_string(quote::quote!(#path));
    let mut head: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
    let braces = head.iter().rposition(|token| is_group(token, Delimiter::Brace));
    let Some((at, body)) = braces.and_then(|at| Some((at, head.get(at)?.clone()))) else {
        return Ok(break_list(&format!("{name}!("), head));
    };
    let tail = tokens_to_string(head.split_off(at).into_iter().skip(1).collect());
    let tail = if tail.is_empty() { tail } else { format!(" {tail}") };
    let head = tokens_to_string(head.into_iter().collect());
    let entries = match body {
        TokenTree::Group(body) => entries(body.stream())?,
        _ => Vec::new(),
    };

    let has_docs = entries.iter().any(|entry| !entry.docs.is_empty());
    let texts: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
    let all = if texts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", texts.join(", ")) };
    let single = format!("{name}!({head} {all}{tail});\n");
    if !has_docs && single.len() <= WIDTH + 1 {
        return Ok(single);
    }
    Ok(format!("{name}!({head} {{\n{}}}{tail});\n", fill(&entries, has_docs)))
}

/// Lays out entries on as few lines as possible, or one per line.
fn fill(entries: &[Entry], one_a_line: bool) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for entry in entries {
        let fits = INDENT.len() + line.len() + " ".len() + entry.text.len() + ",".len() <= WIDTH;
        if !line.is_empty() && (one_a_line || !fits) {
            text.extend([INDENT, &line, "\n"]);
            line.clear();
        }
        for doc in &entry.docs {
            text.extend([INDENT, "///", doc, "\n"]);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend([&entry.text, ","]);
    }
    if !line.is_empty() {
        text.extend([INDENT, &line, "\n"]);
    }
    text
}

/// An entry of a call.
struct Entry {
    /// The lines of its documentation, each with its leading space.
    docs: Vec<String>,
    text: String,
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut docs = Vec::new();
        let mut tokens = TokenStream::new();
        for attribute in input.call(Attribute::parse_outer)? {
            match doc_line(&attribute) {
                Some(line) => docs.push(line),
                None => tokens.extend(quote::quote!(#attribute)),
            }
        }
        tokens.extend(input.parse::<TokenStream>()?);
        Ok(Self { docs, text: tokens_to_string(tokens) })
    }
}

impl Entry {
    fn new(tokens: TokenStream) -> syn::Result<Self> {
        // Few entries have attributes.
        match tokens.clone().into_iter().next() {
            Some(TokenTree::Punct(mark)) if mark.as_char() == '#' => syn::parse2(tokens),
            _ => Ok(Self { docs: Vec::new(), text: tokens_to_string(tokens) }),
        }
    }
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Splits entries at the commas that are not inside `<` and `>`.
fn entries(tokens: TokenStream) -> syn::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut entry = TokenStream::new();
    let mut depth = 0_usize;
    let mut is_arrow = false;
    for token in tokens {
        if let TokenTree::Punct(mark) = &token {
            match mark.as_char() {
                '<' => depth += 1,
                '>' if !is_arrow => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    entries.push(Entry::new(std::mem::take(&mut entry))?);
                    continue;
                }
                _ => {}
            }
        }
        is_arrow = is_arrow_start(&token);
        entry.extend([token]);
    }
    if !entry.is_empty() {
        entries.push(Entry::new(entry)?);
    }
    Ok(entries)
}

/// Lays out a call without braces, which is broken between the strings of a list and before its arrow.
fn break_list(start: &str, tokens: Vec<TokenTree>) -> String {
    let mut pieces: Vec<TokenStream> = Vec::new();
    let mut is_after_comma = false;
    for token in tokens {
        let is_break = is_arrow_start(&token) || is_after_comma && matches!(token, TokenTree::Literal(_));
        is_after_comma = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ',');
        match pieces.last_mut() {
            Some(piece) if !is_break => piece.extend([token]),
            _ => pieces.push([token].into_iter().collect()),
        }
    }
    let mut text = String::new();
    let mut line = start.to_owned();
    for (index, piece) in pieces.into_iter().map(tokens_to_string).enumerate() {
        if index > 0 && line.len() + 1 + piece.len() > WIDTH {
            text.extend([&line, "\n"]);
            line.replace_range(.., INDENT);
        } else if index > 0 {
            line.push(' ');
        }
        line.push_str(&piece);
    }
    text + &line + ");\n"
}

/// Whether a token is the first one of `=>`.
fn is_arrow_start(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == '=' && mark.spacing() == Spacing::Joint)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn a_long_call_is_broken_between_its_texts() {
        let route = "/a, => b>,".repeat(6);
        let call = parse_quote!(operation!(Get: GET #route, #route => Answer));
        let text = format!("operation!(Get: GET \"{route}\",\n    \"{route}\" => Answer);\n");
        assert_eq!(print(&call).ok(), Some(text));
    }

    #[test]
    fn entries_fill_lines_unless_they_have_documentation() {
        for (call, text) in [
            (parse_quote!(record!(Page<T> {})), "record!(Page<T> {});\n"),
            (parse_quote!(choice!(A { B: "B" = 0 } else Unknown)), "choice!(A { B: \"B\" = 0 } else Unknown);\n"),
            (
                parse_quote!(
                    setters!(Find(id: BTreeMap<String, Vec<i32>>) { first: String, second: BTreeMap<String, String>, third: String })
                ),
                "setters!(Find(id: BTreeMap<String, Vec<i32>>) {\n    \
                 first: String, second: BTreeMap<String, String>, third: String,\n});\n",
            ),
            (
                parse_quote!(flags!(A {
                    #[doc = " One."]
                    #[deprecated(note = "old")]
                    ONE: "One" = 1,
                    TWO: "Two" = 2
                })),
                "flags!(A {\n    /// One.\n    #[deprecated(note = \"old\")] ONE: \"One\" = 1,\n    TWO: \"Two\" = 2,\n});\n",
            ),
        ] {
            assert_eq!(print(&call).ok().as_deref(), Some(text));
        }
    }
}
