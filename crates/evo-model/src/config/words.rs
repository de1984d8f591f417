//! Settings that are one of a few words.

use serde::{Deserialize, Serialize};

/// Enums whose members are words of files and flags.
macro_rules! words {
    ($($(#[$docs:meta])+ $name:ident { $($(#[$member_docs:meta])+ $member:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$docs])+
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
        pub enum $name {
            $($(#[$member_docs])+ #[serde(rename = $word)] #[cfg_attr(feature = "clap", value(name = $word))] $member,)+
        }

        impl $name {
            /// The word for it in files and flags.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }
        }
    )+};
}

words! {
    /// Who sees the generated items.
    Visibility {
        /// Everybody: `pub`.
        #[default]
        Public = "public",
        /// The crate that holds the client: `pub(crate)`.
        Crate = "crate",
    }

    /// A kind of address that an operation can be called at.
    AddressKind {
        /// `/api/{Operation}`, of `ServiceStack` 6 and later.
        #[default]
        Api = "api",
        /// The routes that the operation declares.
        Routes = "routes",
        /// `/json/reply/{Operation}`, of hosts without endpoint routing.
        Reply = "reply",
    }

    /// The Rust types of `DateTime`, `DateTimeOffset`, `DateOnly`, `TimeOnly` and `TimeSpan`.
    Dates {
        /// Those of evo-runtime, which lose nothing: 100 ns, the zone or its absence, every year from 1 to 9999.
        #[default]
        Runtime = "runtime",
        /// Those of jiff.
        Jiff = "jiff",
        /// Those of chrono.
        Chrono = "chrono",
        /// Those of time.
        Time = "time",
        /// The text as the host wrote it.
        Text = "string",
    }

    /// The Rust type of `Decimal`.
    Decimals {
        /// `rust_decimal::Decimal`, which keeps all digits.
        #[default]
        Decimal = "rust_decimal",
        /// A binary float, which rounds.
        Double = "f64",
        /// The digits as text.
        Text = "string",
    }

    /// The Rust type of dictionaries.
    Maps {
        /// Ordered by key.
        #[default]
        BTreeMap = "BTreeMap",
        /// Without order.
        HashMap = "HashMap",
        /// In the order in which the host wrote them.
        IndexMap = "IndexMap",
    }

    /// How items are spread over modules and files.
    Layout {
        /// A module per .NET namespace.
        #[default]
        Namespace = "namespace",
        /// A module per tag; items without a tag, or used by several, are in the root module.
        Tag = "tag",
        /// One module in one file.
        File = "file",
    }
}
