//! Rust types as a reader spells them: without paths.

use crate::api::{Api, Foreign, Ty};

/// The type as it is written in generated code, without the path.
pub fn rust_type(ty: &Ty, api: &Api) -> String {
    let all = |args: &[Ty]| args.iter().map(|ty| rust_type(ty, api)).collect::<Vec<_>>().join(", ");
    let with = |name: &str, args: &[Ty]| {
        if args.is_empty() { name.to_owned() } else { format!("{name}<{}>", all(args)) }
    };
    match ty {
        Ty::Std(name) => (*name).to_owned(),
        Ty::Runtime(name, args) => with(name.rsplit("::").next().unwrap_or(name), args),
        Ty::Item(id, args) => with(&api.items[*id].name, args),
        Ty::Parameter(name) => name.clone(),
        Ty::Option(inner) => format!("Option<{}>", rust_type(inner, api)),
        Ty::List(inner) => format!("Vec<{}>", rust_type(inner, api)),
        Ty::Map(key, value) => format!("BTreeMap<{}, {}>", rust_type(key, api), rust_type(value, api)),
        Ty::Boxed(inner) => format!("Box<{}>", rust_type(inner, api)),
        Ty::Foreign(Foreign { path, args, .. }) => with(path, args),
    }
}
