//! How the document spells a type: ``List`1[]`` with arguments, `Dictionary<String,List<Foo>>`, `'T`, `Outer.Inner`.
//!
//! The grammar holds for both eras of spelling (before and since v6.7):
//! `node := text [ '<' node { ',' node } '>' ] { '[]' }`.

use super::limits::TYPE_NAMES;

/// A spelled type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spelling {
    /// A name with its arguments.
    Name(Name),
    /// An array of something.
    Array(Box<Spelling>),
}

/// A name with its arguments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// The simple name, without arity, outer class and namespace.
    pub simple: String,
    /// The class around it, where the spelling says so (`Outer.Inner`).
    pub outer: Option<String>,
    /// How many arguments a backtick announces.
    pub arity: Option<usize>,
    /// The arguments; fewer than announced where the server lost them.
    pub args: Vec<Spelling>,
    /// It was marked as a type parameter (`'T`).
    pub is_parameter: bool,
}

/// Deeper nesting than this is no type that a person wrote.
const DEPTH_LIMIT: usize = 32;

/// Parses a spelled type with the arguments that stand beside it. `None` when the text is no type, or one of more names than a
/// person would write.
pub(super) fn parse(text: &str, args: &[String]) -> Option<Spelling> {
    let mut left = TYPE_NAMES;
    let mut spelling = parse_text(text, &mut left)?;
    let innermost = spelling.innermost_mut();
    if innermost.args.is_empty() {
        innermost.args = args.iter().map(|arg| parse_text(arg, &mut left)).collect::<Option<_>>()?;
    }
    Some(spelling)
}

fn parse_text(text: &str, left: &mut usize) -> Option<Spelling> {
    let mut rest = text.trim();
    let spelling = node(&mut rest, 0, left)?;
    rest.trim().is_empty().then_some(spelling)
}

impl Spelling {
    fn innermost_mut(&mut self) -> &mut Name {
        match self {
            Self::Name(name) => name,
            Self::Array(item) => item.innermost_mut(),
        }
    }
}

/// `left` is how many names there still may be.
fn node(rest: &mut &str, depth: usize, left: &mut usize) -> Option<Spelling> {
    if depth > DEPTH_LIMIT {
        return None;
    }
    *left = left.checked_sub(1)?;
    let end = rest.find(['<', '>', ',', '[']).unwrap_or(rest.len());
    let (text, after) = rest.split_at(end);
    *rest = after;
    let mut name = split_name(text.trim())?;
    if let Some(inside) = rest.strip_prefix('<') {
        *rest = inside;
        loop {
            name.args.push(node(rest, depth + 1, left)?);
            if let Some(next) = rest.strip_prefix(',') {
                *rest = next;
            } else {
                *rest = rest.strip_prefix('>')?;
                break;
            }
        }
    }
    let mut spelling = Spelling::Name(name);
    let mut ranks = 0;
    while let Some(next) = rest.strip_prefix("[]") {
        *rest = next;
        ranks += 1;
        if ranks > DEPTH_LIMIT {
            return None;
        }
        spelling = Spelling::Array(Box::new(spelling));
    }
    Some(spelling)
}

fn split_name(text: &str) -> Option<Name> {
    let is_parameter = text.starts_with('\'');
    let text = text.strip_prefix('\'').unwrap_or(text);
    let mut parts = text.rsplit(['.', '+']);
    let (simple, arity) = split_arity(parts.next()?);
    if simple.is_empty() {
        return None;
    }
    let outer = parts.next().map(|outer| split_arity(outer).0.to_owned()).filter(|outer| !outer.is_empty());
    Some(Name { simple: simple.to_owned(), outer, arity, args: Vec::new(), is_parameter })
}

/// A name without the backtick and the number behind it.
pub(super) fn split_arity(name: &str) -> (&str, Option<usize>) {
    match name.split_once('`') {
        Some((simple, arity)) => (simple, arity.parse().ok()),
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(spelling: &Spelling) -> String {
        match spelling {
            Spelling::Array(item) => format!("array<{}>", show(item)),
            Spelling::Name(name) => {
                let mut text = match &name.outer {
                    Some(outer) => format!("{} in {outer}", name.simple),
                    None => name.simple.clone(),
                };
                if name.is_parameter {
                    text = format!("parameter {text}");
                }
                if !name.args.is_empty() {
                    text = format!("{text}<{}>", name.args.iter().map(show).collect::<Vec<_>>().join(", "));
                }
                text
            }
        }
    }

    #[test]
    fn both_eras_of_spelling_are_read() {
        for (text, args, meaning) in [
            ("Int32", vec![], "Int32"),
            ("List`1", vec!["Foo"], "List<Foo>"),
            ("List`1[]", vec!["Int32"], "array<List<Int32>>"),
            ("Nullable`1[]", vec!["Byte"], "array<Nullable<Byte>>"),
            ("List<Int32>[]", vec![], "array<List<Int32>>"),
            ("Nullable<Int32>[]", vec![], "array<Nullable<Int32>>"),
            ("'T", vec![], "parameter T"),
            ("Outer.Inner", vec![], "Inner in Outer"),
            ("Outer`1.Inner", vec!["Int32"], "Inner in Outer<Int32>"),
            ("Int32[][]", vec![], "array<array<Int32>>"),
            ("Dictionary`2", vec!["String", "List<Nullable<Int32>>"], "Dictionary<String, List<Nullable<Int32>>>"),
            ("Tuple`2", vec!["Int32", "Tuple<String,Ref1>"], "Tuple<Int32, Tuple<String, Ref1>>"),
            ("List`1", vec!["Nullable`1[]"], "List<array<Nullable>>"),
        ] {
            let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
            assert_eq!(parse(text, &args).as_ref().map(show).as_deref(), Some(meaning), "{text} {args:?}");
        }
    }

    #[test]
    fn what_is_no_type_is_none() {
        let (deep, wide) = ("A<".repeat(5000), format!("A<{}A>", "A,".repeat(5000)));
        for text in ["", "<", "A<", "A<B", "A>", "A<B>C", "A[", "A<,>", "'", deep.as_str(), wide.as_str()] {
            assert_eq!(parse(text, &[]), None, "{text:.20}");
        }
    }
}
