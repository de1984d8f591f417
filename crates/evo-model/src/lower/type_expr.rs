//! Types as documents write them: ``List`1[]`` with arguments, `Dictionary<String,List<Foo>>`, `'T`, `Outer.Inner`.
//!
//! One grammar covers the notations of all versions (before and since v6.7): `node := text [ '<' node { ',' node } '>' ] { '[]' | '?' }`.
//! In settings, people write `Nullable` as a question mark.

use std::fmt;

/// A parsed type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TypeExpr {
    Name(Name),
    /// An array of another type.
    Array(Box<TypeExpr>),
}

/// A name with its arguments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// The simple name, without arity, outer class and namespace.
    pub simple: String,
    /// What precedes it: the enclosing class (`Outer.Inner`) or, in names written by people, a namespace.
    pub outer: Option<String>,
    /// The number of arguments after the backtick.
    pub arity: Option<usize>,
    /// The arguments; fewer than the arity if the server lost some.
    pub args: Vec<TypeExpr>,
    /// Whether it was marked as a type parameter (`'T`).
    pub is_parameter: bool,
}

/// The maximum number of names in a type, also after its parameters are replaced.
pub(crate) const TYPE_NAMES: usize = 256;

/// The maximum nesting. Nobody writes a deeper type.
const DEPTH_LIMIT: usize = 32;

/// Parses a type name with the arguments that the document lists next to it. Returns `None` if the text is not a type, or has more names
/// than a person would write.
pub(crate) fn parse(text: &str, args: &[String]) -> Option<TypeExpr> {
    let mut left = TYPE_NAMES;
    let mut type_expr = parse_text(text, &mut left)?;
    let innermost = type_expr.innermost_mut();
    if innermost.args.is_empty() {
        innermost.args = args.iter().map(|arg| parse_text(arg, &mut left)).collect::<Option<_>>()?;
    }
    Some(type_expr)
}

fn parse_text(text: &str, left: &mut usize) -> Option<TypeExpr> {
    let mut rest = text.trim();
    let type_expr = node(&mut rest, 0, left)?;
    rest.trim().is_empty().then_some(type_expr)
}

impl Name {
    /// Creates a name without arguments, arity or outer class.
    pub fn new(simple: impl Into<String>) -> Self {
        Self { simple: simple.into(), outer: None, arity: None, args: Vec::new(), is_parameter: false }
    }

    /// Returns the arity of the name, or the number of its arguments if that is greater. A class inside a generic one states only its own
    /// arity, but has the arguments of the outer class too.
    pub fn argument_count(&self) -> usize {
        self.arity.map_or(self.args.len(), |declared_arity| declared_arity.max(self.args.len()))
    }
}

impl TypeExpr {
    /// Visits this name and every name inside it.
    pub fn each_name(&self, visit: &mut dyn FnMut(&Name)) {
        match self {
            Self::Array(item) => item.each_name(visit),
            Self::Name(name) => {
                visit(name);
                name.args.iter().for_each(|arg| arg.each_name(visit));
            }
        }
    }

    /// Changes this name and every name inside it.
    pub fn each_name_mut(&mut self, change: &mut dyn FnMut(&mut Name)) {
        match self {
            Self::Array(item) => item.each_name_mut(change),
            Self::Name(name) => {
                change(name);
                name.args.iter_mut().for_each(|arg| arg.each_name_mut(change));
            }
        }
    }

    /// Wraps the type in `Nullable`; returns `None` if it is nullable already.
    fn or_null(self) -> Option<Self> {
        let is_nullable = matches!(&self, Self::Name(name) if name.simple == "Nullable");
        (!is_nullable).then(|| Self::Name(Name { args: vec![self], ..Name::new("Nullable") }))
    }

    fn innermost_mut(&mut self) -> &mut Name {
        match self {
            Self::Name(name) => name,
            Self::Array(item) => item.innermost_mut(),
        }
    }
}

/// Writes the type as one string, which [`parse`] accepts.
impl fmt::Display for TypeExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Array(item) => return write!(f, "{item}[]"),
            Self::Name(name) => name,
        };
        let mark = if name.is_parameter { "'" } else { "" };
        write!(f, "{mark}")?;
        if let Some(outer) = &name.outer {
            write!(f, "{outer}.")?;
        }
        f.write_str(&name.simple)?;
        for (index, arg) in name.args.iter().enumerate() {
            write!(f, "{}{arg}", if index == 0 { '<' } else { ',' })?;
        }
        if name.args.is_empty() { Ok(()) } else { f.write_str(">") }
    }
}

/// `left` is the number of names that are still allowed.
fn node(rest: &mut &str, depth: usize, left: &mut usize) -> Option<TypeExpr> {
    if depth > DEPTH_LIMIT {
        return None;
    }
    *left = left.checked_sub(1)?;
    let end = rest.find(['<', '>', ',', '[', '?']).unwrap_or(rest.len());
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
    let mut type_expr = TypeExpr::Name(name);
    for _ in 0..=DEPTH_LIMIT {
        if let Some(next) = rest.strip_prefix("[]") {
            *rest = next;
            type_expr = TypeExpr::Array(Box::new(type_expr));
        } else if let Some(next) = rest.strip_prefix('?') {
            *rest = next;
            type_expr = type_expr.or_null()?;
        } else {
            return Some(type_expr);
        }
    }
    None
}

fn split_name(text: &str) -> Option<Name> {
    let is_parameter = text.starts_with('\'');
    let text = text.strip_prefix('\'').unwrap_or(text);
    let mut parts: Vec<&str> = text.split(['.', '+']).collect();
    let (simple, arity) = split_arity(parts.pop()?);
    if simple.is_empty() {
        return None;
    }
    let outer: Vec<&str> = parts.into_iter().map(|outer| split_arity(outer).0).collect();
    let outer = Some(outer.join(".")).filter(|outer| !outer.is_empty());
    Some(Name { simple: simple.to_owned(), outer, arity, args: Vec::new(), is_parameter })
}

/// Splits a name at the backtick before its arity.
pub(crate) fn split_arity(name: &str) -> (&str, Option<usize>) {
    match name.split_once('`') {
        Some((simple, arity)) => (simple, arity.parse().ok()),
        None => (name, None),
    }
}

/// Returns the type without arities where arguments are listed: ``Result`1`` with an argument is `Result<Thing>`.
pub(crate) fn without_arity(mut type_expr: TypeExpr) -> TypeExpr {
    match &mut type_expr {
        TypeExpr::Array(item) => **item = without_arity(TypeExpr::clone(item)),
        TypeExpr::Name(name) => {
            name.arity = name.arity.filter(|_| name.args.is_empty());
            name.args = std::mem::take(&mut name.args).into_iter().map(without_arity).collect();
        }
    }
    type_expr
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(type_expr: &TypeExpr) -> String {
        match type_expr {
            TypeExpr::Array(item) => format!("array<{}>", show(item)),
            TypeExpr::Name(name) => {
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
            ("Shop.Billing.Line", vec![], "Line in Shop.Billing"),
            ("Dictionary<Guid, Shop.Pet?[]>?", vec![], "Nullable<Dictionary<Guid, array<Nullable<Pet in Shop>>>>"),
        ] {
            let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
            assert_eq!(parse(text, &args).as_ref().map(show).as_deref(), Some(meaning), "{text} {args:?}");
        }
    }

    #[test]
    fn a_spelling_is_read_again_from_its_text() {
        for text in ["Int32", "'T", "Outer.Inner", "Dictionary<String,List<Shop.Pet[]>[]>", "Nullable<Int32>[]"] {
            let type_expr = parse(text, &[]).unwrap();
            assert_eq!(type_expr.to_string(), text);
        }
        let type_expr = parse("List`1", &["Int32?".to_owned()]).unwrap();
        assert_eq!(type_expr.to_string(), "List<Nullable<Int32>>");
    }

    #[test]
    fn what_is_no_type_is_none() {
        let (deep, wide) = ("A<".repeat(5000), format!("A<{}A>", "A,".repeat(5000)));
        let texts =
            ["", "<", "A<", "A<B", "A>", "A<B>C", "A[", "A<,>", "'", "?", "A??", "A?B", deep.as_str(), wide.as_str()];
        for text in texts {
            assert_eq!(parse(text, &[]), None, "{text:.20}");
        }
    }
}
