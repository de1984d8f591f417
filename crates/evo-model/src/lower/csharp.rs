//! Types as written in C#: `int?`, `List<string>`.

use super::type_expr::{TypeExpr, parse};

/// The C# keywords for types, and their .NET names.
const KEYWORDS: [(&str, &str); 18] = [
    ("bool", "Boolean"),
    ("byte", "Byte"),
    ("sbyte", "SByte"),
    ("short", "Int16"),
    ("ushort", "UInt16"),
    ("int", "Int32"),
    ("uint", "UInt32"),
    ("long", "Int64"),
    ("ulong", "UInt64"),
    ("nint", "IntPtr"),
    ("nuint", "UIntPtr"),
    ("float", "Single"),
    ("double", "Double"),
    ("decimal", "Decimal"),
    ("char", "Char"),
    ("string", "String"),
    ("object", "Object"),
    ("dynamic", "Object"),
];

/// Returns the .NET name of a C# keyword, and any other name unchanged.
pub(crate) fn dotnet_name(name: &str) -> &str {
    KEYWORDS.into_iter().find(|(keyword, _)| *keyword == name).map_or(name, |(_, dotnet)| dotnet)
}

/// Whether C# has a keyword for a .NET type. Inside type arguments, which carry no namespace, such a name always means that type, even if
/// another type shares it.
pub(crate) fn has_keyword(dotnet: &str) -> bool {
    KEYWORDS.iter().any(|(_, name)| *name == dotnet)
}

/// The type arguments of a generic class, in C# syntax.
#[derive(Clone, Copy, Default)]
pub(crate) struct Arguments<'a> {
    pub parameters: &'a [String],
    pub spelled: &'a [String],
}

/// The maximum length of a substituted argument. Each step in a chain of generic classes can double it.
const ARGUMENT_LIMIT: usize = 256;

impl<'a> Arguments<'a> {
    fn find(self, parameter: &str) -> Option<&'a String> {
        let position = self.parameters.iter().position(|name| name == parameter)?;
        self.spelled.get(position).filter(|text| text.len() <= ARGUMENT_LIMIT)
    }
}

/// Writes a type of the document in C# syntax, without namespaces. A string that is not a type is returned unchanged.
pub(crate) fn format_type(text: &str, args: &[String], arguments: Arguments<'_>) -> String {
    parse(text, args).map_or_else(|| text.to_owned(), |type_expr| format_type_expr(&type_expr, arguments))
}

fn format_type_expr(type_expr: &TypeExpr, arguments: Arguments<'_>) -> String {
    let name = match type_expr {
        TypeExpr::Array(item) => return format!("{}[]", format_type_expr(item, arguments)),
        TypeExpr::Name(name) => name,
    };
    let args: Vec<String> = name.args.iter().map(|arg| format_type_expr(arg, arguments)).collect();
    match args.as_slice() {
        [] => {
            let keyword = KEYWORDS.into_iter().find(|(_, dotnet)| *dotnet == name.simple).map(|(keyword, _)| keyword);
            let argument = arguments.find(&name.simple).map(String::as_str);
            argument.or(keyword).unwrap_or(&name.simple).to_owned()
        }
        [inner] if name.simple == "Nullable" => format!("{inner}?"),
        args => format!("{}<{}>", name.simple, args.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelled_as_in_csharp() {
        for (text, args, expected) in [
            ("Int32", &[][..], "int"),
            ("String", &[], "string"),
            ("Nullable`1", &["Int32"], "int?"),
            ("Nullable<Int64>[]", &[], "long?[]"),
            ("List`1", &["String"], "List<string>"),
            ("Dictionary`2", &["String", "List<Order>"], "Dictionary<string, List<Order>>"),
            ("'T", &[], "T"),
            ("Outer.Inner", &[], "Inner"),
            ("Byte[]", &[], "byte[]"),
            ("List`1", &[], "List"),
            ("a<", &[], "a<"),
        ] {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            assert_eq!(format_type(text, &args, Arguments::default()), expected, "{text} {args:?}");
        }
    }

    #[test]
    fn arguments_stand_for_parameters() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
        let (parameters, spelled) = (texts(&["T", "U", "V"]), texts(&["int?", &"x".repeat(300)]));
        let arguments = Arguments { parameters: &parameters, spelled: &spelled };
        for (text, args, expected) in [
            ("T", &[][..], "int?"),
            ("T[]", &[], "int?[]"),
            ("Dictionary`2", &["String", "List<T>"], "Dictionary<string, List<int?>>"),
            // An argument that is too long, or missing.
            ("List`1", &["U"], "List<U>"),
            ("List`1", &["V"], "List<V>"),
        ] {
            assert_eq!(format_type(text, &texts(args), arguments), expected, "{text} {args:?}");
        }
    }
}
