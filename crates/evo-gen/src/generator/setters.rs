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

    /// A type of your own in the place of a type of the service (`replace`, `--replace`).
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
    pub fn optional(mut self, member: impl Into<String>, optional: bool) -> Self {
        add(&mut self.settings.optional, member, optional);
        self
    }

    /// The members whose lists and maps keep nulls (`null_items`, `--null-items`).
    pub fn null_items<T: Into<String>>(mut self, members: impl IntoIterator<Item = T>) -> Self {
        self.settings.null_items = Some(texts(members));
        self
    }

    /// What is deprecated, with the note that says so (`deprecated`, `--deprecated`).
    pub fn deprecated(mut self, name: impl Into<String>, note: impl Into<String>) -> Self {
        add(&mut self.settings.deprecated, name, note);
        self
    }

    /// The types of dates, times and spans (`dates`, `--dates`).
    pub fn dates(mut self, dates: Dates) -> Self {
        self.settings.dates = Some(dates);
        self
    }

    /// The type of decimals (`decimals`, `--decimals`).
    pub fn decimals(mut self, decimals: Decimals) -> Self {
        self.settings.decimals = Some(decimals);
        self
    }

    /// The type of dictionaries (`maps`, `--maps`).
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

    /// Whether only types are generated, without operations and client (`types_only`, `--types-only`).
    pub fn types_only(mut self, types_only: bool) -> Self {
        self.settings.types_only = Some(types_only);
        self
    }

    /// The abstract types whose values are sent with their `__type` (`type_names`, `--type-names`).
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
