//! Settings with a fixed set of values.

use serde::{Deserialize, Serialize};

/// Defines enums whose variants are written as words in files and flags.
macro_rules! words {
    ($($(#[$docs:meta])+ $name:ident { $($(#[$member_docs:meta])+ $member:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$docs])+
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
        pub enum $name {
            $($(#[$member_docs])+ #[serde(rename = $word)] #[cfg_attr(feature = "clap", value(name = $word))] $member,)+
        }

        impl $name {
            /// Returns the word in files and flags.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }
        }
    )+};
}

impl AddressKind {
    /// Returns the folder under which a client that tries these addresses calls operations by name: `/api`, or `/json/reply` if the
    /// settings omit the former, as for hosts before `ServiceStack` 6.
    #[must_use]
    pub fn folder_of_names(addresses: &[Self]) -> &'static str {
        if addresses.is_empty() || addresses.contains(&Self::Api) { "/api" } else { "/json/reply" }
    }
}

words! {
    /// The visibility of the generated items.
    Visibility {
        /// `pub`.
        #[default]
        Public = "public",
        /// `pub(crate)`.
        Crate = "crate",
    }

    /// A kind of address at which operations are called.
    AddressKind {
        /// `/api/{Operation}`, available since `ServiceStack` 6.
        #[default]
        Api = "api",
        /// The routes that the operation declares.
        Routes = "routes",
        /// `/json/reply/{Operation}`, available on hosts without endpoint routing.
        Reply = "reply",
    }

    /// The Rust types of `DateTime`, `DateTimeOffset`, `DateOnly`, `TimeOnly` and `TimeSpan`.
    Dates {
        /// The types of evo-runtime, which are lossless: 100 ns resolution, an optional time zone, and years from 1 to 9999.
        #[default]
        Runtime = "runtime",
        /// The types of the crate `jiff`.
        Jiff = "jiff",
        /// The types of the crate `chrono`.
        Chrono = "chrono",
        /// The types of the crate `time`.
        Time = "time",
        /// `String`, with the text that the host sent.
        Text = "string",
    }

    /// The Rust type of `Decimal`.
    Decimals {
        /// `rust_decimal::Decimal`, which keeps all digits.
        #[default]
        Decimal = "rust_decimal",
        /// `f64`, which rounds.
        Double = "f64",
        /// `evo_runtime::DecimalText`, which keeps the digits as text.
        Text = "string",
    }

    /// The Rust type of dictionaries.
    Maps {
        /// `BTreeMap`, sorted by key.
        #[default]
        BTreeMap = "BTreeMap",
        /// `HashMap`, in no particular order.
        HashMap = "HashMap",
        /// `IndexMap`, in the order of the service.
        IndexMap = "IndexMap",
    }

    /// The distribution of items over modules and files.
    Layout {
        /// One module per .NET namespace.
        #[default]
        Namespace = "namespace",
        /// One module per tag. Items without a tag, or used by several, are in the root module.
        Tag = "tag",
        /// One module in one file.
        File = "file",
    }
}
