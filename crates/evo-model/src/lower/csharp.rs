//! Types as written in C#: `int?`, `List<string>`.

use super::spelling::{Spelling, parse};

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

/// Writes a type of the document in C# syntax, without namespaces. A string that is not a type is returned unchanged.
pub(crate) fn spell(text: &str, args: &[String]) -> String {
    parse(text, args).map_or_else(|| text.to_owned(), |spelling| spell_parsed(&spelling))
}

fn spell_parsed(spelling: &Spelling) -> String {
    let name = match spelling {
        Spelling::Array(item) => return format!("{}[]", spell_parsed(item)),
        Spelling::Name(name) => name,
    };
    let args: Vec<String> = name.args.iter().map(spell_parsed).collect();
    match args.as_slice() {
        [] => {
            let keyword = KEYWORDS.into_iter().find(|(_, dotnet)| *dotnet == name.simple);
            keyword.map_or_else(|| name.simple.clone(), |(keyword, _)| keyword.to_owned())
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
            assert_eq!(spell(text, &args), expected, "{text} {args:?}");
        }
    }
}
