//! The settings as methods of the builder; each is a key of `evo-gen.toml` and a flag too.

use super::Generator;
use crate::config::{
    AddressKind, Attributes, Dates, Decimals, Derives, Entry, Layout, Maps, RustType, Supplied, Visibility,
};

impl Generator {
    /// The .NET namespace prefix that module names leave out (`strip`, `--strip`).
    pub fn strip(mut self, prefix: impl Into<String>) -> Self {
        self.settings.strip = Some(prefix.into());
        self
    }

    /// The operations to generate, with the types they need (`include`, `--include`).
    pub fn include<T: Into<String>>(mut self, patterns: impl IntoIterator<Item = T>) -> Self {
        self.settings.include = Some(texts(patterns));
        self
    }

    /// The operations to leave out (`exclude`, `--exclude`).
    pub fn exclude<T: Into<String>>(mut self, patterns: impl IntoIterator<Item = T>) -> Self {
        self.settings.exclude = Some(texts(patterns));
        self
    }

    /// Who sees the generated items (`visibility`, `--visibility`).
    pub fn visibility(mut self, visibility: Visibility) -> Self {
        self.settings.visibility = Some(visibility);
        self
    }

    /// The addresses that calls try, in order (`address`, `--address`).
    pub fn address(mut self, kinds: impl IntoIterator<Item = AddressKind>) -> Self {
        self.settings.address = Some(kinds.into_iter().collect());
        self
    }

    /// The Rust name of a type, a member, a variant, or of the module of a namespace (`rename`, `--rename`).
    pub fn rename(mut self, name: impl Into<String>, rust: impl Into<String>) -> Self {
        add(&mut self.settings.rename, name, rust);
        self
    }

    /// A type of your own in the place of a type of the service (`replace`, `--replace`): of a class, an enum or a struct, described or
    /// not, or of one of .NET's, as `System.Uri`.
    ///
    /// It stands wherever the other is mentioned, in lists, as the key of a map and as an answer too. The type of the service is not
    /// generated, nor is what only that type mentions. Yours implements `evo_runtime::wire::Wire` (`evo_runtime::wire_through_serde!`
    /// does it for a type with serde's traits), `Default`, `Debug`, `Clone` and `PartialEq`, and `evo_runtime::wire::Key` where it is
    /// the key of a map. The path is written as it is given, in modules of any depth: begin it with `crate::`. The arguments of a generic
    /// type go to a path that has none of its own.
    ///
    /// A class that is replaced is no variant of the enum over its base class: values of it are kept in `Other`. Requests cannot be
    /// replaced. Inside the arguments of generic types a document states no namespaces, and the last part of the name decides.
    pub fn replace(mut self, name: impl Into<String>, rust: RustType) -> Self {
        add(&mut self.settings.replace, name, rust);
        self
    }

    /// A type that the document does not describe (`supply`, `--supply`).
    pub fn supply(mut self, name: impl Into<String>, supplied: Supplied) -> Self {
        add(&mut self.settings.supply, name, supplied);
        self
    }

    /// The type that a member means, where its name can mean several (`resolve`, `--resolve`).
    pub fn resolve_type(mut self, member: impl Into<String>, name: impl Into<String>) -> Self {
        add(&mut self.settings.resolve, member, name);
        self
    }

    /// Whether a member is an `Option` (`optional`, `--optional`).
    ///
    /// A member that is none is always there: absent or null it reads as the default of its type, and in a type that is sent, a
    /// request too, it is always sent. What holds its own type, and what has no default, stays an `Option`. A class has the members of its
    /// bases, each under its own name: `Shop.Dog.Name`, or `Shop.*.Name` for all.
    pub fn optional(mut self, member: impl Into<String>, optional: bool) -> Self {
        add(&mut self.settings.optional, member, optional);
        self
    }

    /// The members whose lists and maps keep nulls (`null_items`, `--null-items`): their items and values become `Option`, at every
    /// depth. A name can also be that of a class that is a list or a map, or of an operation that answers one.
    ///
    /// Without this, a null among the items reads as the default of their type. In a map a value that is `None` is not sent: not
    /// every host takes a null there.
    pub fn null_items<T: Into<String>>(mut self, members: impl IntoIterator<Item = T>) -> Self {
        self.settings.null_items = Some(texts(members));
        self
    }

    /// What is deprecated, with the note that says so (`deprecated`, `--deprecated`).
    pub fn deprecated(mut self, name: impl Into<String>, note: impl Into<String>) -> Self {
        add(&mut self.settings.deprecated, name, note);
        self
    }

    /// The types of dates, times and spans (`dates`, `--dates`); the runtime's own DTOs keep theirs.
    ///
    /// | .NET | `jiff` | `chrono` | `time` | `string` |
    /// |---|---|---|---|---|
    /// | `DateTime` | `Timestamp` | `DateTime<Utc>` | `OffsetDateTime` | `String` |
    /// | `DateTimeOffset` | `Zoned` | `DateTime<FixedOffset>` | `OffsetDateTime` | `String` |
    /// | `DateOnly`, `TimeOnly` | `civil::Date`, `civil::Time` | `NaiveDate`, `NaiveTime` | `Date`, `Time` | `String` |
    /// | `TimeSpan` | `SignedDuration` | `TimeDelta` | `Duration` | `String` |
    ///
    /// A member whose type has no default, or one that .NET does not take for "not set", is an `Option`. `chrono` and `time` are
    /// features of evo-runtime, which hands on the crates: nothing else has to be added to the crate.
    pub fn dates(mut self, dates: Dates) -> Self {
        self.settings.dates = Some(dates);
        self
    }

    /// The type of decimals (`decimals`, `--decimals`). As text it is `evo_runtime::DecimalText`, which is written as a number.
    pub fn decimals(mut self, decimals: Decimals) -> Self {
        self.settings.decimals = Some(decimals);
        self
    }

    /// The type of dictionaries (`maps`, `--maps`). `IndexMap` is a feature of evo-runtime, which hands on the crate. A `HashMap` is
    /// sent in another order each time. Keys that are floats are text in each of them.
    pub fn maps(mut self, maps: Maps) -> Self {
        self.settings.maps = Some(maps);
        self
    }

    /// Traits to derive besides those that a type can have anyway (`derive`, `--derive`).
    pub fn derive(mut self, name: impl Into<String>, traits: Derives) -> Self {
        add(&mut self.settings.derive, name, traits);
        self
    }

    /// Attributes of a type or a member (`attributes`, `--attributes`).
    pub fn attributes(mut self, name: impl Into<String>, attributes: Attributes) -> Self {
        add(&mut self.settings.attributes, name, attributes);
        self
    }

    /// How items are spread over modules and files (`layout`, `--layout`).
    pub fn layout(mut self, layout: Layout) -> Self {
        self.settings.layout = Some(layout);
        self
    }

    /// Whether each module has a Cargo feature (`features`, `--features`). The program keeps them in the `Cargo.toml` of the crate;
    /// whoever generates by other means states there what [`Summary::features`](super::Summary::features) holds.
    pub fn features(mut self, features: bool) -> Self {
        self.settings.features = Some(features);
        self
    }

    /// The path by which other crates name the client, for the examples of operations (`examples`, `--examples`).
    pub fn examples(mut self, path: RustType) -> Self {
        self.settings.examples = Some(path);
        self
    }

    /// Whether only types are generated, without operations and client (`types_only`, `--types-only`).
    pub fn types_only(mut self, types_only: bool) -> Self {
        self.settings.types_only = Some(types_only);
        self
    }

    /// The abstract classes, interfaces and base classes whose values are sent with their `__type` (`type_names`, `--type-names`),
    /// which servers refuse unless they allow it. Types that are sent hold the enum over a base class then, too.
    pub fn type_names<T: Into<String>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.settings.type_names = Some(texts(types));
        self
    }

    /// Whether requests get a method `validate` (`validate`, `--validate`).
    pub fn validate(mut self, validate: bool) -> Self {
        self.settings.validate = Some(validate);
        self
    }
}

fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Vec<String> {
    texts.into_iter().map(Into::into).collect()
}

fn add<V>(table: &mut Option<Vec<Entry<V>>>, name: impl Into<String>, value: impl Into<V>) {
    table.get_or_insert_default().push(Entry::new(name, value));
}
