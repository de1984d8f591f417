//! The arguments `member=value`, and their place in the request.

use std::collections::BTreeSet;

use super::given::Given;
use super::kinds::{Class, Kind, Types};
use super::value::{Maker, Place};
use crate::Error;
use crate::api::{Ty, Variants};

/// An argument `member=value` or `member+=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The members from the outermost one: `filter.from`.
    pub path: Vec<String>,
    /// The value is added to a list.
    pub appends: bool,
    pub value: String,
}

impl Argument {
    /// Reads an argument.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |message: String| Error::usage(message).help("write `member=value`, as in `sessionId=s1`");
        // The text may be a secret.
        let (path, value) = text.split_once('=').ok_or_else(|| wrong("an argument has no `=`".to_owned()))?;
        let (path, appends) = path.strip_suffix('+').map_or((path, false), |path| (path, true));
        let path: Vec<String> = path.split('.').flat_map(split_indexes).collect();
        if path.iter().any(String::is_empty) {
            return Err(wrong(format!("`{}` names no member", path.join("."))));
        }
        Ok(Self { path, appends, value: value.to_owned() })
    }
}

/// Splits `lines[0]` into `lines` and `0`. Other names are one part.
fn split_indexes(part: &str) -> Vec<String> {
    let (name, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
    let parsed: Option<Vec<String>> = indexes
        .split_terminator(']')
        .map(|index| index.strip_prefix('[').filter(|index| index.parse::<usize>().is_ok()).map(str::to_owned))
        .collect();
    match parsed {
        Some(indexes) if !name.is_empty() => [vec![name.trim().to_owned()], indexes].concat(),
        _ => vec![part.trim().to_owned()],
    }
}

/// Assigns arguments to members of the request.
pub struct Assigner<'a> {
    types: &'a Types<'a>,
    /// The paths that an argument has set.
    set: BTreeSet<String>,
}

impl<'a> Assigner<'a> {
    pub fn new(types: &'a Types<'a>) -> Self {
        Self { types, set: BTreeSet::new() }
    }

    /// Assigns the value of an argument. It replaces a value that the JSON gives.
    pub fn assign(&mut self, request: &mut Given, ty: &Ty, argument: &Argument) -> Result<(), Error> {
        let mut at = String::new();
        let path: Vec<&str> = argument.path.iter().map(String::as_str).collect();
        let (place, ty) = self.find(request, ty, &path, &mut at)?;
        let value = Given::Word(argument.value.clone());
        if argument.appends {
            let Kind::List(_) = self.types.kind(&ty) else {
                return Err(Error::usage(format!("`{at}` is not a list, so that `+=` can add nothing to it"))
                    .help(format!("set it with `{at}=..`")));
            };
            let mut items = Maker::items(place, &Place::at_path(&at))?;
            items.push(value);
            *place = Given::List(items);
            return Ok(());
        }
        if !self.set.insert(at.clone()) {
            let help = match self.types.kind(&ty) {
                Kind::List(_) => format!("give all items at once, as `{at}=a,b`, or one by one with `{at}+=a`"),
                _ => "give it once".to_owned(),
            };
            return Err(Error::usage(format!("`{at}` is given twice")).help(help));
        }
        *place = value;
        Ok(())
    }

    /// The place that a path leads to, and its type. `at` becomes the path in the names of the service.
    fn find<'g>(
        &self,
        given: &'g mut Given,
        ty: &Ty,
        path: &[&str],
        at: &mut String,
    ) -> Result<(&'g mut Given, Ty), Error> {
        let Some((name, rest)) = path.split_first() else { return Ok((given, ty.clone())) };
        match self.types.kind(ty) {
            Kind::Class(class) => self.member(given, &class, name, rest, at),
            Kind::Variants(variants) => self.member_of_variant(given, variants, name, rest, at),
            Kind::TextOr(object) => self.find(given, &object, path, at),
            Kind::Map(_, value) => {
                // A value without members ends the path, so that further dots belong to the key.
                let is_leaf = self.types.kind(&value).is_leaf();
                let (key, rest) = if is_leaf { (path.join("."), &[][..]) } else { ((*name).to_owned(), rest) };
                let inner = entry(given, |own| own == key, &key, at)?;
                extend(at, &key);
                self.find(inner, &value, rest, at)
            }
            Kind::List(item) => {
                let place = Place::at_path(at);
                *given = Given::List(Maker::items(given, &place)?);
                let Given::List(items) = given else { return Err(place.refuse("expected a list")) };
                let index = name.parse::<usize>().ok();
                if index == Some(items.len()) {
                    items.push(Given::Null);
                }
                let inner = index.and_then(|index| items.get_mut(index)).ok_or_else(|| {
                    place
                        .refuse(&format!("`{name}` is neither the number of an item nor that of the next one"))
                        .help(format!("give the list as JSON, or add an item with `{at}+=..`"))
                })?;
                extend(at, name);
                self.find(inner, &item, rest, at)
            }
            Kind::Any => {
                let inner = entry(given, |own| own == *name, name, at)?;
                extend(at, name);
                self.find(inner, ty, rest, at)
            }
            Kind::Scalar(_) | Kind::Choice(_) | Kind::Flags(_) => {
                Err(Error::usage(format!("`{at}` is a single value, and has no member `{name}`")))
            }
        }
    }

    fn member<'g>(
        &self,
        given: &'g mut Given,
        class: &Class<'_>,
        name: &str,
        rest: &[&str],
        at: &mut String,
    ) -> Result<(&'g mut Given, Ty), Error> {
        let index = class.find(name).ok_or_else(|| Place::at_path(at).unknown_member(name, class))?;
        let Some(field) = class.fields.get(index) else {
            return Err(Place::at_path(at).unknown_member(name, class));
        };
        let inner = entry(given, |own| class.find(own) == Some(index), &field.name, at)?;
        extend(at, &field.shown_name());
        self.find(inner, &field.ty, rest, at)
    }

    /// A member of any of the classes that may stand here.
    fn member_of_variant<'g>(
        &self,
        given: &'g mut Given,
        variants: &Variants,
        name: &str,
        rest: &[&str],
        at: &mut String,
    ) -> Result<(&'g mut Given, Ty), Error> {
        if name == "__type" && rest.is_empty() {
            let inner = entry(given, |own| own == name, name, at)?;
            extend(at, name);
            return Ok((inner, Ty::Std("String")));
        }
        let classes = [variants.base.item].into_iter().chain(variants.variants.iter().map(|variant| variant.item));
        let classes = classes.filter_map(|item| match self.types.kind(&Ty::Item(item, Vec::new())) {
            Kind::Class(class) => Some(class),
            _ => None,
        });
        let mut first = None;
        for class in classes {
            if class.find(name).is_some() {
                return self.member(given, &class, name, rest, at);
            }
            first.get_or_insert(class);
        }
        Err(match first {
            Some(class) => Place::at_path(at).unknown_member(name, &class),
            None => Error::usage(format!("`{at}` has no member `{name}`")),
        })
    }
}

fn extend(at: &mut String, name: &str) {
    if !at.is_empty() {
        at.push('.');
    }
    at.push_str(name);
}

/// The entry of an object under a key; it is created if there is none.
fn entry<'g>(
    given: &'g mut Given,
    is_key: impl Fn(&str) -> bool,
    name: &str,
    at: &str,
) -> Result<&'g mut Given, Error> {
    let place = Place::at_path(at);
    *given = Given::Object(Maker::pairs(given, &place)?);
    let Given::Object(pairs) = given else { return Err(place.refuse("expected an object")) };
    if !pairs.iter().any(|(own, _)| is_key(own)) {
        pairs.push((name.to_owned(), Given::Null));
    }
    let value = pairs.iter_mut().find(|(own, _)| is_key(own)).map(|(_, value)| value);
    value.ok_or_else(|| place.refuse(&format!("there is no `{name}`")))
}
