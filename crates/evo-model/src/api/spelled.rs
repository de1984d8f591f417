//! Rust types as shown to readers: without paths.

use super::{Api, Foreign, Ty};

impl Api {
    /// Returns a type as it is written in generated code, without paths.
    #[must_use]
    pub fn spell(&self, ty: &Ty) -> String {
        let all = |args: &[Ty]| args.iter().map(|ty| self.spell(ty)).collect::<Vec<_>>().join(", ");
        let with = |name: &str, args: &[Ty]| {
            if args.is_empty() { name.to_owned() } else { format!("{name}<{}>", all(args)) }
        };
        match ty {
            Ty::Std(name) => (*name).to_owned(),
            Ty::Runtime(name, args) => with(name.rsplit("::").next().unwrap_or(name), args),
            Ty::Item(id, args) => with(&self.items[*id].name, args),
            Ty::Parameter(name) => name.clone(),
            Ty::Option(inner) => format!("Option<{}>", self.spell(inner)),
            Ty::List(inner) => format!("Vec<{}>", self.spell(inner)),
            Ty::Map(key, value) => format!("{}<{}, {}>", self.maps.name(), self.spell(key), self.spell(value)),
            Ty::Boxed(inner) => format!("Box<{}>", self.spell(inner)),
            Ty::Foreign(Foreign { path, args, .. }) => with(path, args),
        }
    }
}
