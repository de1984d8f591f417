//! Rust code in settings: paths of traits and types, and attributes.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Defines types for Rust code that is inserted into generated code unchanged. It is validated when it is parsed.
macro_rules! rust_texts {
    ($($(#[$docs:meta])+ $name:ident: $check:expr, $what:literal;)+) => {$(
        $(#[$docs])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Returns the code.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let check: fn(&str) -> bool = $check;
                if check(text) { Ok(Self(text.to_owned())) } else { Err(format!(concat!("`{}` is not ", $what), text)) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }
    )+};
}

rust_texts! {
    /// The path of a trait to derive, such as `Eq` or `serde::Serialize`.
    Derive: |text| syn::parse_str::<syn::Path>(text).is_ok(), "the path of a trait to derive";
    /// An outer attribute, such as `#[cfg_attr(test, derive(Eq))]`.
    Attribute: |text| is_attribute(text), "an outer attribute, such as `#[cfg(test)]`";
    /// A Rust type, such as `crate::Money` or `std::net::IpAddr`.
    RustType: |text| syn::parse_str::<syn::TypePath>(text).is_ok(), "the path of a Rust type";
}

fn is_attribute(text: &str) -> bool {
    use syn::parse::Parser;
    syn::Attribute::parse_outer.parse_str(text).is_ok_and(|attributes| attributes.len() == 1)
}

impl RustType {
    /// Whether the path has type arguments.
    pub(crate) fn has_arguments(&self) -> bool {
        self.0.contains('<')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserted_rust_code_is_validated() {
        assert!("serde::Serialize".parse::<Derive>().is_ok());
        assert_eq!(
            "Eq)] fn x() {}".parse::<Derive>(),
            Err("`Eq)] fn x() {}` is not the path of a trait to derive".to_owned())
        );
        assert!("#[serde(rename = \"a,b\")]".parse::<Attribute>().is_ok());
        assert!("#[a] struct X;".parse::<Attribute>().is_err());
        assert!("std::collections::HashSet<String>".parse::<RustType>().is_ok());
        assert!("fn()".parse::<RustType>().is_err());
    }
}
