//! The tokens of a Rust text, in a form that does not depend on its layout.

use super::lexer::{Kind, Token, tokens};

/// Brackets nested deeper than this are compared as text: nobody writes them, and the walk is recursive.
const MAX_DEPTH: usize = 128;

/// Encodes the tokens of `text` so that two layouts of the same code are equal, or `None` when it does not lex.
///
/// Besides white space and comments, it drops what `cargo fmt` changes: trailing commas, the order of neighbouring `use`
/// and `mod` items and of the names within the braces of a `use`, white space at the end of a line of documentation.
/// The encoding is our own, since hashes of it are kept between versions.
pub(super) fn canonical(text: &str) -> Option<Vec<u8>> {
    let mut encoder = Encoder { out: Vec::with_capacity(text.len()) };
    encoder.tokens(&tokens(text)?, Context::default())?;
    Some(encoder.out)
}

/// What surrounds a list of tokens.
#[derive(Clone, Copy, Default)]
struct Context {
    depth: usize,
    /// Inside a `use` item, where the order within braces means nothing.
    import: bool,
    /// The comma at the end makes a tuple of one.
    comma_counts: bool,
}

struct Encoder {
    out: Vec<u8>,
}

impl Encoder {
    fn tokens(&mut self, tokens: &[Token<'_>], context: Context) -> Option<()> {
        let mut rest = tokens;
        let mut item_may_start = !context.import;
        let mut before: [Option<Token<'_>>; 2] = [None, None];
        while let Some((token, inner, after)) = first_tree(rest) {
            if item_may_start {
                let (imports, after) = imports(rest);
                if !imports.is_empty() {
                    self.imports(&imports, context)?;
                    rest = after;
                    continue;
                }
            }
            match token.kind {
                Kind::Punct if token.text == "," && !comma_counts(after, context) => {}
                Kind::Punct => self.piece(b'p', token.text),
                Kind::Ident => self.piece(b'i', token.text),
                Kind::Literal => self.piece(b'l', token.text),
                Kind::OuterDoc => self.documentation("#", token.text),
                Kind::InnerDoc => self.documentation("#!", token.text),
                Kind::Open(_) => {
                    let comma_counts = token.text == "("
                        && !takes_arguments(before)
                        && trees(inner).filter(|token| is_punct(token, ",")).count() == 1;
                    let context = Context { depth: context.depth + 1, comma_counts, ..context };
                    self.group(token, inner, context)?;
                }
                Kind::Close => return None,
            }
            let inner_attribute =
                matches!(before, [Some(hash), Some(bang)] if is_punct(&hash, "#") && is_punct(&bang, "!"));
            let ends_item = token.kind == Kind::InnerDoc || is_punct(&token, ";") || is_open(&token, "{");
            item_may_start = !context.import && (ends_item || inner_attribute);
            before = [before[1], Some(token)];
            rest = after;
        }
        Some(())
    }

    fn group(&mut self, bracket: Token<'_>, inner: &[Token<'_>], context: Context) -> Option<()> {
        if context.depth > MAX_DEPTH {
            return None;
        }
        if context.import && bracket.text == "{" {
            return self.import_list(inner, context);
        }
        let close = match bracket.text {
            "(" => b')',
            "[" => b']',
            _ => b'}',
        };
        self.out.extend(bracket.text.as_bytes());
        match inner {
            [name, equals, text]
                if bracket.text == "["
                    && is_word(name, "doc")
                    && is_punct(equals, "=")
                    && text.kind == Kind::Literal =>
            {
                self.piece(b'd', documentation(text.text).trim_end());
            }
            _ => self.tokens(inner, context)?,
        }
        self.out.push(close);
        Some(())
    }

    /// A comment that documents something, as the attribute that it is short for.
    fn documentation(&mut self, marks: &str, text: &str) {
        for mark in marks.chars() {
            self.piece(b'p', mark.encode_utf8(&mut [0; 4]));
        }
        self.out.push(b'[');
        self.piece(b'd', text.trim_end());
        self.out.push(b']');
    }

    /// Neighbouring `use` and `mod` items, sorted.
    fn imports(&mut self, items: &[&[Token<'_>]], context: Context) -> Option<()> {
        let context = Context { import: true, comma_counts: false, ..context };
        self.sorted(items, context)
    }

    /// The names within the braces of a `use`, sorted; braces around a single name mean nothing.
    fn import_list(&mut self, inner: &[Token<'_>], context: Context) -> Option<()> {
        let names = between_commas(inner);
        if let [name] = names.as_slice() {
            return self.tokens(name, context);
        }
        self.out.push(b'{');
        self.sorted(&names, context)?;
        self.out.push(b'}');
        Some(())
    }

    fn sorted(&mut self, lists: &[&[Token<'_>]], context: Context) -> Option<()> {
        let mut pieces = Vec::with_capacity(lists.len());
        for tokens in lists {
            let mut encoder = Encoder { out: Vec::new() };
            encoder.tokens(tokens, context)?;
            pieces.push(encoder.out);
        }
        pieces.sort();
        for piece in pieces {
            self.out.extend(piece);
            self.out.push(b',');
        }
        Some(())
    }

    fn piece(&mut self, kind: u8, text: &str) {
        self.out.push(kind);
        self.out.extend(text.as_bytes());
        self.out.push(0);
    }
}

/// The first token, what stands inside it where it is a bracket, and what follows.
fn first_tree<'list, 'text>(
    tokens: &'list [Token<'text>],
) -> Option<(Token<'text>, &'list [Token<'text>], &'list [Token<'text>])> {
    let (first, rest) = tokens.split_first()?;
    let Kind::Open(length) = first.kind else { return Some((*first, &[], rest)) };
    let (inner, rest) = rest.split_at_checked(length)?;
    Some((*first, inner, rest.get(1..)?))
}

/// The tokens that stand in no bracket.
fn trees<'list, 'text>(tokens: &'list [Token<'text>]) -> impl Iterator<Item = Token<'text>> + use<'list, 'text> {
    let mut rest = tokens;
    std::iter::from_fn(move || {
        let (token, _, after) = first_tree(rest)?;
        rest = after;
        Some(token)
    })
}

/// What stands between commas that stand in no bracket.
fn between_commas<'list, 'text>(tokens: &'list [Token<'text>]) -> Vec<&'list [Token<'text>]> {
    let (mut lists, mut list, mut rest) = (Vec::new(), tokens, tokens);
    while let Some((token, _, after)) = first_tree(rest) {
        if is_punct(&token, ",") {
            lists.extend(list.get(..list.len() - rest.len()));
            list = after;
        }
        rest = after;
    }
    lists.push(list);
    lists.retain(|list| !list.is_empty());
    lists
}

/// The `use` and `mod name;` items at the start of `tokens`, and what follows them.
fn imports<'list, 'text>(tokens: &'list [Token<'text>]) -> (Vec<&'list [Token<'text>]>, &'list [Token<'text>]) {
    let mut items = Vec::new();
    let mut rest = tokens;
    while let Some((item, after)) = import_length(rest).and_then(|length| rest.split_at_checked(length)) {
        items.push(item);
        rest = after;
    }
    (items, rest)
}

/// The number of tokens of the `use` or `mod name;` item that starts here, with its attributes and visibility.
fn import_length(tokens: &[Token<'_>]) -> Option<usize> {
    let mut rest = tokens;
    while let Some((first, _, after)) = first_tree(rest) {
        rest = match first_tree(after) {
            _ if first.kind == Kind::OuterDoc => after,
            Some((bracket, _, after)) if is_punct(&first, "#") && is_open(&bracket, "[") => after,
            _ => break,
        };
    }
    if let Some((word, after)) = rest.split_first()
        && is_word(word, "pub")
    {
        rest = match first_tree(after) {
            Some((scope, _, after)) if is_open(&scope, "(") => after,
            _ => after,
        };
    }
    let length = match rest {
        [word, ..] if is_word(word, "use") => rest.iter().position(|token| is_punct(token, ";"))? + 1,
        [word, name, end, ..] if is_word(word, "mod") && name.kind == Kind::Ident && is_punct(end, ";") => 3,
        _ => return None,
    };
    Some(tokens.len() - rest.len() + length)
}

/// Whether a comma means something: not at the end of a list or of generic arguments.
fn comma_counts(after: &[Token<'_>], context: Context) -> bool {
    match after.first() {
        None => context.comma_counts,
        Some(next) => !is_punct(next, ">"),
    }
}

/// Whether parentheses after these two tokens hold arguments or fields, rather than a tuple.
fn takes_arguments(before: [Option<Token<'_>>; 2]) -> bool {
    match before {
        [_, Some(last)] if !matches!(last.kind, Kind::Punct | Kind::Literal) => true,
        [Some(first), Some(last)] if is_punct(&last, ">") => !is_punct(&first, "-") && !is_punct(&first, "="),
        [_, Some(last)] => is_punct(&last, "!"),
        _ => false,
    }
}

/// The text of a `doc` attribute; `///` and `#[doc = r"..."]` say the same.
fn documentation(literal: &str) -> String {
    match syn::parse_str(literal) {
        Ok(syn::Lit::Str(text)) => text.value(),
        _ => literal.to_owned(),
    }
}

fn is_punct(token: &Token<'_>, wanted: &str) -> bool {
    token.kind == Kind::Punct && token.text == wanted
}

fn is_word(token: &Token<'_>, wanted: &str) -> bool {
    token.kind == Kind::Ident && token.text == wanted
}

fn is_open(token: &Token<'_>, wanted: &str) -> bool {
    matches!(token.kind, Kind::Open(_)) && token.text == wanted
}
