//! Reads the HTML page that a service returns to browsers instead of its metadata.

use serde_json::Value;

/// The number of occurrences of the variable that are tried; a real page has only a few.
const MAX_TRIES: usize = 8;

/// Whether a string is markup.
pub(super) fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// Returns the DTO of the page: the object in `window.Dto = {...}`, which hosts write since version 8.5.
pub(super) fn find_dto(page: &str) -> Option<Value> {
    page.match_indices("window.Dto").take(MAX_TRIES).find_map(|(start, name)| {
        let literal = page.get(start + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        if !literal.starts_with('{') {
            return None;
        }
        // The parser stops after the closing brace of the object, so the rest of the script is ignored.
        serde_json::Deserializer::from_str(literal).into_iter::<Value>().next()?.ok()
    })
}

/// Returns the title of the page, or its first words.
pub(super) fn first_words(page: &str) -> String {
    let title = page
        .find("<title")
        .and_then(|start| page.get(start..))
        .and_then(|rest| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once('<'))
        .map(|(title, _)| title.trim())
        .filter(|title| !title.is_empty());
    if let Some(title) = title {
        return super::recognise::shorten(title);
    }
    let mut inside_tag = false;
    let words = page.chars().take(100_000).map(|char| {
        let shown = !inside_tag && char != '<';
        match char {
            '<' => inside_tag = true,
            '>' => inside_tag = false,
            _ => {}
        }
        if shown { char } else { ' ' }
    });
    super::recognise::shorten(&words.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_dto_ends_at_its_closing_brace() {
        let cases = [
            (
                "as hosts write it",
                r#"<script>window.Dto = {"config":{"a":"}"}};var b = {};</script>"#,
                Some(json!({"config": {"a": "}"}})),
            ),
            ("without spaces", "<script>window.Dto={}</script>", Some(json!({}))),
            (
                "used before it is set",
                r#"<script>use(window.Dto);window.Dto = {"a":1}</script>"#,
                Some(json!({"a": 1})),
            ),
            (
                "escaped markup",
                r#"<script>window.Dto = {"a":"\u003c/script>"}</script>"#,
                Some(json!({"a": "</script>"})),
            ),
            ("none", "<html></html>", None),
            ("an expression", "<script>window.Dto = load()</script>", None),
            ("cut", r#"<script>window.Dto = {"a":"#, None),
            ("too many", &"window.Dto = {,".repeat(MAX_TRIES + 1), None),
        ];
        for (name, page, expected) in cases {
            assert_eq!(find_dto(page), expected, "{name}");
        }
    }

    #[test]
    fn a_page_is_named_by_its_title_or_its_first_words() {
        assert_eq!(first_words("<html><head><title lang='en'>\n Sign in </title>"), "Sign in");
        assert_eq!(first_words("<html><title></title><h1>Not\n<b>found</b></h1>"), "Not found");
        assert_eq!(first_words("<"), "");
    }
}
