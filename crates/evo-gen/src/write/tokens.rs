//! The tokens of a Rust text, in a form that does not depend on its layout.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

/// Groups nested deeper than this are compared as text: nobody writes them, and the walk is recursive.
const MAX_DEPTH: usize = 128;

/// Encodes the tokens of `text` so that two layouts of the same code are equal, or `None` when it does not lex.
///
/// Besides white space and comments, it drops what `cargo fmt` changes: trailing commas, the order of neighbouring `use`
/// and `mod` items and of the names within the braces of a `use`, white space at the end of a line of documentation.
/// The encoding is our own, since hashes of it are kept between versions.
pub(super) fn canonical(text: &str) -> Option<Vec<u8>> {
    let stream: TokenStream = text.parse().ok()?;
    let mut encoder = Encoder { out: Vec::with_capacity(text.len()) };
    encoder.tokens(&list(stream), Context::default())?;
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
    fn tokens(&mut self, tokens: &[TokenTree], context: Context) -> Option<()> {
        let mut rest = tokens;
        let mut item_may_start = !context.import;
        let mut before: [Option<&TokenTree>; 2] = [None, None];
        while let Some((token, after)) = rest.split_first() {
            if item_may_start {
                let (imports, after) = imports(rest);
                if !imports.is_empty() {
                    self.imports(&imports, context)?;
                    rest = after;
                    continue;
                }
            }
            match token {
                TokenTree::Punct(punct) => {
                    if punct.as_char() != ',' || comma_counts(after, context) {
                        self.piece(b'p', punct.as_char().encode_utf8(&mut [0; 4]));
                    }
                }
                TokenTree::Ident(ident) => self.piece(b'i', &ident.to_string()),
                TokenTree::Literal(literal) => self.piece(b'l', &literal.to_string()),
                TokenTree::Group(group) => {
                    let inner = list(group.stream());
                    let comma_counts = group.delimiter() == Delimiter::Parenthesis
                        && !takes_arguments(before)
                        && inner.iter().filter(|token| is_punct(token, ',')).count() == 1;
                    let context = Context { depth: context.depth + 1, comma_counts, ..context };
                    self.group(group.delimiter(), &inner, context)?;
                }
            }
            let inner_attribute =
                matches!(before, [Some(hash), Some(bang)] if is_punct(hash, '#') && is_punct(bang, '!'));
            item_may_start = !context.import && (is_punct(token, ';') || is_braces(token) || inner_attribute);
            before = [before[1], Some(token)];
            rest = after;
        }
        Some(())
    }

    fn group(&mut self, delimiter: Delimiter, inner: &[TokenTree], context: Context) -> Option<()> {
        if context.depth > MAX_DEPTH {
            return None;
        }
        if context.import && delimiter == Delimiter::Brace {
            return self.import_list(inner, context);
        }
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => (b'(', b')'),
            Delimiter::Brace => (b'{', b'}'),
            Delimiter::Bracket => (b'[', b']'),
            Delimiter::None => return self.tokens(inner, context),
        };
        self.out.push(open);
        match inner {
            [TokenTree::Ident(name), equals, TokenTree::Literal(text)]
                if delimiter == Delimiter::Bracket && name == "doc" && is_punct(equals, '=') =>
            {
                self.piece(b'd', documentation(text).trim_end());
            }
            _ => self.tokens(inner, context)?,
        }
        self.out.push(close);
        Some(())
    }

    /// Neighbouring `use` and `mod` items, sorted.
    fn imports(&mut self, items: &[&[TokenTree]], context: Context) -> Option<()> {
        let context = Context { import: true, comma_counts: false, ..context };
        self.sorted(items, context)
    }

    /// The names within the braces of a `use`, sorted; braces around a single name mean nothing.
    fn import_list(&mut self, inner: &[TokenTree], context: Context) -> Option<()> {
        let names: Vec<_> = inner.split(|token| is_punct(token, ',')).filter(|name| !name.is_empty()).collect();
        if let [name] = names.as_slice() {
            return self.tokens(name, context);
        }
        self.out.push(b'{');
        self.sorted(&names, context)?;
        self.out.push(b'}');
        Some(())
    }

    fn sorted(&mut self, lists: &[&[TokenTree]], context: Context) -> Option<()> {
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

/// The `use` and `mod name;` items at the start of `tokens`, and what follows them.
fn imports(tokens: &[TokenTree]) -> (Vec<&[TokenTree]>, &[TokenTree]) {
    let mut items = Vec::new();
    let mut rest = tokens;
    while let Some((item, after)) = import_length(rest).and_then(|length| rest.split_at_checked(length)) {
        items.push(item);
        rest = after;
    }
    (items, rest)
}

/// The number of tokens of the `use` or `mod name;` item that starts here, with its attributes and visibility.
fn import_length(tokens: &[TokenTree]) -> Option<usize> {
    let mut rest = tokens;
    while let [hash, TokenTree::Group(group), after @ ..] = rest
        && is_punct(hash, '#')
        && group.delimiter() == Delimiter::Bracket
    {
        rest = after;
    }
    if let [TokenTree::Ident(word), after @ ..] = rest
        && word == "pub"
    {
        rest = match after {
            [TokenTree::Group(scope), after @ ..] if scope.delimiter() == Delimiter::Parenthesis => after,
            _ => after,
        };
    }
    let length = match rest {
        [TokenTree::Ident(word), ..] if word == "use" => rest.iter().position(|token| is_punct(token, ';'))? + 1,
        [TokenTree::Ident(word), TokenTree::Ident(_), end, ..] if word == "mod" && is_punct(end, ';') => 3,
        _ => return None,
    };
    Some(tokens.len() - rest.len() + length)
}

/// Whether a comma means something: not at the end of a list or of generic arguments.
fn comma_counts(after: &[TokenTree], context: Context) -> bool {
    match after.first() {
        None => context.comma_counts,
        Some(next) => !is_punct(next, '>'),
    }
}

/// Whether parentheses after these two tokens hold arguments or fields, rather than a tuple.
fn takes_arguments(before: [Option<&TokenTree>; 2]) -> bool {
    match before {
        [_, Some(TokenTree::Ident(_) | TokenTree::Group(_))] => true,
        [Some(first), Some(last)] if is_punct(last, '>') => !is_punct(first, '-') && !is_punct(first, '='),
        [_, Some(last)] => is_punct(last, '!'),
        _ => false,
    }
}

/// The text of a `doc` attribute; `///` and `#[doc = r"..."]` say the same.
fn documentation(literal: &Literal) -> String {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => text.value(),
        _ => literal.to_string(),
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn list(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}
