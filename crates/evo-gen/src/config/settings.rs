//! The settings that shape the generated code.

use serde::Deserialize;

/// How the code of one client is generated, with every default filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Settings {
    /// The .NET namespace prefix that module names leave out. `None`: the prefix that all namespaces share.
    pub strip: Option<String>,
    /// The operations to generate, with the types they need: names, `Prefix*`, `Namespace/*` or `{tag}`. Empty: all.
    pub include: Vec<String>,
    /// The operations to leave out, written as in [`include`](Self::include).
    pub exclude: Vec<String>,
    /// Who sees the generated items.
    pub visibility: Visibility,
    /// The addresses that calls try, in order. Empty: the default of the runtime, `/api/{Operation}`.
    pub address: Vec<AddressKind>,
    /// Whether names that an earlier run decided may change.
    pub update_names: bool,
}

/// Who sees the generated items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody: `pub`.
    #[default]
    Public,
    /// The crate that holds the client: `pub(crate)`.
    Crate,
}

/// A kind of address that an operation can be called at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum AddressKind {
    /// `/api/{Operation}`, of `ServiceStack` 6 and later.
    Api,
    /// The routes that the operation declares.
    Routes,
    /// `/json/reply/{Operation}`, of hosts without endpoint routing.
    Reply,
}

/// Settings as a file or a command line states them: what is left out is not decided here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::Args), command(next_help_heading = "Settings (also keys of evo-gen.toml)"))]
pub struct Overrides {
    /// Namespace prefix that module names leave out (default: what all namespaces share)
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAMESPACE"))]
    pub strip: Option<String>,
    /// Operations to generate, with their types: a name, `Find*`, `My.Namespace/*` or `{tag}`
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATTERN", value_delimiter = ','))]
    pub include: Option<Vec<String>>,
    /// Operations to leave out, written as for --include
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATTERN", value_delimiter = ','))]
    pub exclude: Option<Vec<String>>,
    /// Who sees the generated items
    #[cfg_attr(feature = "cli", arg(long, value_name = "WHO"))]
    pub visibility: Option<Visibility>,
    /// Addresses that calls try, in order
    #[cfg_attr(feature = "cli", arg(long, value_name = "KIND", value_delimiter = ','))]
    pub address: Option<Vec<AddressKind>>,
}

impl Overrides {
    /// Puts what is stated here in the place of what `settings` says.
    pub fn apply(self, settings: &mut Settings) {
        let Self { strip, include, exclude, visibility, address } = self;
        if strip.is_some() {
            settings.strip = strip;
        }
        if let Some(include) = include {
            settings.include = include;
        }
        if let Some(exclude) = exclude {
            settings.exclude = exclude;
        }
        if let Some(visibility) = visibility {
            settings.visibility = visibility;
        }
        if let Some(address) = address {
            settings.address = address;
        }
    }

    /// The flags that state the same, for the command that regenerates a client.
    #[must_use]
    pub fn to_flags(&self) -> Vec<String> {
        let Self { strip, include, exclude, visibility, address } = self;
        let mut flags = Vec::new();
        let mut flag = |name: &str, values: Vec<&str>| {
            if !values.is_empty() {
                flags.extend([format!("--{name}"), values.join(",")]);
            }
        };
        flag("strip", strip.iter().map(String::as_str).collect());
        flag("include", include.iter().flatten().map(String::as_str).collect());
        flag("exclude", exclude.iter().flatten().map(String::as_str).collect());
        flag("visibility", visibility.iter().map(|visibility| visibility.name()).collect());
        flag("address", address.iter().flatten().map(|kind| kind.name()).collect());
        flags
    }
}

impl Visibility {
    /// The word for it in files and flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Crate => "crate",
        }
    }
}

impl AddressKind {
    /// The word for it in files and flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Routes => "routes",
            Self::Reply => "reply",
        }
    }
}
