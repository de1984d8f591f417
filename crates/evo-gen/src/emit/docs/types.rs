//! Describes types, with links to the items of the API.

use crate::api::Ty;
use crate::emit::rust::Scope;

/// The derive macros in Rust's prelude.
const DERIVES: [&str; 9] = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Describes a type, with links to the items of the API.
pub(super) fn describe(ty: &Ty, scope: &mut Scope<'_>) -> String {
    match ty {
        Ty::Std(name) => format!("`{name}`"),
        Ty::Parameter(name) => format!("`{name}`"),
        Ty::Runtime(name, args) if name == "Value" && args.is_empty() => "any JSON".to_owned(),
        Ty::Runtime(name, args) => {
            let simple = name.rsplit("::").next().unwrap_or(name);
            with_arguments(format!("`{simple}`"), args, scope)
        }
        Ty::Item(index, args) => {
            let path = scope.item_path(*index);
            let simple = path.rsplit("::").next().unwrap_or(&path).to_owned();
            // Without a prefix, rustdoc cannot know whether the type or the derive macro is meant.
            let kind = if DERIVES.contains(&path.as_str()) { "type@" } else { "" };
            let is_plain = path == simple && kind.is_empty();
            let link = if is_plain { format!("[`{simple}`]") } else { format!("[`{simple}`]({kind}{path})") };
            with_arguments(link, args, scope)
        }
        Ty::Foreign(foreign) => with_arguments(format!("`{}`", foreign.path), &foreign.args, scope),
        Ty::Option(inner) | Ty::Boxed(inner) => describe(inner, scope),
        Ty::List(inner) => format!("a list of {}", describe(inner, scope)),
        Ty::Map(_, value) => format!("a map of {}", describe(value, scope)),
    }
}

fn with_arguments(name: String, args: &[Ty], scope: &mut Scope<'_>) -> String {
    if args.is_empty() {
        return name;
    }
    let args: Vec<String> = args.iter().map(|arg| describe(arg, scope)).collect();
    let args = match args.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        args => args.concat(),
    };
    format!("{name} of {args}")
}
