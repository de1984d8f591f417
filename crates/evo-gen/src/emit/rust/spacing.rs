//! Prints tokens on one line, spaced as rustfmt would.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Returns the text of the tokens.
pub(super) fn tokens_to_string(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut previous: Option<TokenTree> = None;
    let mut is_glued = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let separator = is_colon(&token) && is_joint(&token) && tokens.next_if(is_colon).is_some();
        let is_arrow = text.ends_with("=>");
        let has_space = previous.as_ref().is_some_and(|previous| match previous {
            _ if is_glued => false,
            // A path continues after a word, unless that is a keyword of our macros.
            TokenTree::Ident(word) if separator => word == "raw" || word == "secret" || word == "rows",
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
                let inner = tokens_to_string(group.stream());
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
        (_, Some(',' | ';' | ':' | '<' | '>' | '?')) | (Some('<' | '&' | '!' | '#' | '-'), _) => false,
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
            (quote!(name?: String, b as c?: Vec<u8>), "name?: String, b as c?: Vec<u8>"),
            (quote!(#[allow(dead_code)]), "#[allow(dead_code)]"),
        ] {
            assert_eq!(tokens_to_string(tokens), text);
        }
    }
}
