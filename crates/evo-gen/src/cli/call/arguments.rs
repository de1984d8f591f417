//! The arguments `member=value`: parses their paths, and assigns their values to members of the request.

use std::collections::BTreeSet;

use super::kinds::{Class, Kind, Types};
use super::untyped::UntypedValue;
use super::value::{Converter, Place};
use crate::Error;
use crate::api::{Ty, Variants};

/// An argument `member=value` or `member+=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The steps from the outermost member inwards: `filter.from`, `lines[0].sku`, `labels["a.b"]`.
    path: Vec<Step>,
    /// Whether the value is added to a list.
    pub appends: bool,
    pub value: String,
}

/// A step of a path: the name of a member, the index of an item, or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    name: String,
    /// The step as it was written, with the dot before it.
    written: String,
    /// Whether it was written in brackets.
    is_bracketed: bool,
}

impl Argument {
    /// Parses an argument.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |message: String| Error::usage(message).help("write `member=value`, as in `sessionId=s1`");
        let mut path = Vec::new();
        let mut rest = text;
        while !ends_path(rest) {
            let (step, after) = Step::parse(rest);
            path.push(step);
            rest = after;
        }
        let (appends, value) = match (rest.strip_prefix("+="), rest.strip_prefix('=')) {
            (Some(value), _) => (true, value),
            (None, Some(value)) => (false, value),
            // The text is not repeated, because it may be a secret.
            (None, None) => return Err(wrong("an argument has no `=`".to_owned())),
        };
        if path.is_empty() || path.iter().any(|step| step.name.is_empty() && !step.is_bracketed) {
            return Err(wrong(format!("`{}` is not the name of a member", written(&path))));
        }
        Ok(Self { path, appends, value: value.to_owned() })
    }

    /// Returns the name if the path has a single step.
    pub fn single_name(&self) -> Option<&str> {
        match self.path.as_slice() {
            [step] => Some(&step.name),
            _ => None,
        }
    }
}

impl Step {
    /// Parses the step at the start of `text`, which is not empty. Returns it with the rest of the text.
    fn parse(text: &str) -> (Self, &str) {
        if let Some((name, rest)) = bracketed(text) {
            let written = text.strip_suffix(rest).unwrap_or(text).to_owned();
            return (Self { name: name.to_owned(), written, is_bracketed: true }, rest);
        }
        let name = text.strip_prefix('.').unwrap_or(text);
        let ends_here = |rest: &str| rest.starts_with('.') || ends_path(rest) || bracketed(rest).is_some();
        let end = name.char_indices().map(|(index, _)| index).find(|index| name.get(*index..).is_some_and(ends_here));
        let (name, rest) = name.split_at(end.unwrap_or(name.len()));
        let written = text.strip_suffix(rest).unwrap_or(text).to_owned();
        (Self { name: name.trim().to_owned(), written, is_bracketed: false }, rest)
    }
}

/// Whether a path ends here.
fn ends_path(text: &str) -> bool {
    text.is_empty() || text.starts_with('=') || text.starts_with("+=")
}

/// Parses `[0]`, `["key"]` or `['key']` at the start of `text`. Returns the content and the rest of the text. Other brackets are part of a
/// name.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let (name, rest) = if let Some(key) = inner.strip_prefix('"') {
        key.split_once("\"]")?
    } else if let Some(key) = inner.strip_prefix('\'') {
        key.split_once("']")?
    } else {
        inner.split_once(']').filter(|(index, _)| index.parse::<usize>().is_ok())?
    };
    (ends_path(rest) || rest.starts_with(['.', '['])).then_some((name, rest))
}

/// Returns steps as they were written.
fn written(path: &[Step]) -> String {
    let text: String = path.iter().map(|step| step.written.as_str()).collect();
    text.strip_prefix('.').unwrap_or(&text).trim().to_owned()
}

/// Assigns arguments to members of the request.
pub struct Assigner<'a> {
    types: &'a Types<'a>,
    /// The paths that arguments have set, in the names of the service.
    set: BTreeSet<String>,
}

impl<'a> Assigner<'a> {
    pub fn new(types: &'a Types<'a>) -> Self {
        Self { types, set: BTreeSet::new() }
    }

    /// Assigns the value of an argument. It overrides the value from the JSON.
    pub fn assign(&mut self, request: &mut UntypedValue, ty: &Ty, argument: &Argument) -> Result<(), Error> {
        let (target, ty, place) = self.find(request, ty, &argument.path, Place::default())?;
        let at = place.path();
        let value = UntypedValue::Word(argument.value.clone());
        let is_list = matches!(self.types.kind(&ty), Kind::List(_));
        if argument.appends {
            if !is_list {
                return Err(Error::usage(format!("`{at}` is not a list, so `+=` cannot add an item"))
                    .help(format!("set it with `{at}=..`")));
            }
            let mut items = Converter::items(target, &place)?;
            items.push(value);
            *target = UntypedValue::List(items);
            return Ok(());
        }
        if !self.set.insert(at.to_owned()) {
            let help = if is_list {
                format!("give all items at once, as in `{at}=a,b`, or one by one with `{at}+=a`")
            } else {
                "remove one of the two arguments".to_owned()
            };
            return Err(Error::usage(format!("`{at}` is given twice")).help(help));
        }
        *target = value;
        Ok(())
    }

    /// Finds the value that a path leads to, with its type and its place.
    fn find<'g>(
        &self,
        untyped: &'g mut UntypedValue,
        ty: &Ty,
        path: &[Step],
        place: Place,
    ) -> Result<(&'g mut UntypedValue, Ty, Place), Error> {
        let Some((step, rest)) = path.split_first() else { return Ok((untyped, ty.clone(), place)) };
        let name = step.name.as_str();
        match self.types.kind(ty) {
            Kind::Class(class) => self.find_in_class(untyped, &class, path, &place),
            Kind::Variants(variants) => self.find_in_variants(untyped, variants, path, &place),
            Kind::TextOr(object) => self.find(untyped, &object, path, place),
            Kind::Map(_, value) => {
                // If the values have no members, the rest of the path belongs to the key.
                let is_whole = self.types.kind(&value).is_leaf() && !step.is_bracketed;
                let (key, rest) = if is_whole { (written(path), &[][..]) } else { (name.to_owned(), rest) };
                let inner = entry(untyped, |own| own == key, &key, &place)?;
                self.find(inner, &value, rest, place.key(&key))
            }
            Kind::List(item) => {
                let items = items_of(untyped, &place)?;
                let index = name.parse::<usize>().ok();
                if index == Some(items.len()) {
                    items.push(UntypedValue::Null);
                }
                let inner = index.and_then(|index| Some((items.get_mut(index)?, index)));
                let (inner, index) = inner.ok_or_else(|| {
                    place.error(&format!("`{name}` is neither the number of an item nor that of the next one")).help(
                        match place.path() {
                            "" => "specify the list as JSON with `--json`".to_owned(),
                            at => format!("specify the list as JSON, or add an item with `{at}+=..`"),
                        },
                    )
                })?;
                self.find(inner, &item, rest, place.item(index))
            }
            Kind::Any => {
                let inner = entry(untyped, |own| own == name, name, &place)?;
                self.find(inner, ty, rest, place.key(name))
            }
            Kind::Scalar(_) | Kind::Choice(_) | Kind::Flags(_) => {
                Err(Error::usage(format!("`{}` is a single value and has no member `{name}`", place.path())))
            }
        }
    }

    fn find_in_class<'g>(
        &self,
        untyped: &'g mut UntypedValue,
        class: &Class<'_>,
        path: &[Step],
        place: &Place,
    ) -> Result<(&'g mut UntypedValue, Ty, Place), Error> {
        let (name, rest) = path.split_first().map_or(("", path), |(step, rest)| (step.name.as_str(), rest));
        let found = class.find(name).and_then(|index| Some((index, class.fields.get(index)?)));
        let (index, field) = found.ok_or_else(|| match place.unknown_member(name, class) {
            error if name.contains('[') => error.help("quote keys, also for the shell: 'labels[\"a.b\"]=c'"),
            error => error,
        })?;
        let inner = entry(untyped, |own| class.find(own) == Some(index), &field.name, place)?;
        self.find(inner, &field.ty, rest, place.member(field))
    }

    /// Finds a member of any of the possible classes.
    fn find_in_variants<'g>(
        &self,
        untyped: &'g mut UntypedValue,
        variants: &Variants,
        path: &[Step],
        place: &Place,
    ) -> Result<(&'g mut UntypedValue, Ty, Place), Error> {
        let name = path.first().map_or("", |step| step.name.as_str());
        if name == "__type" && path.len() == 1 {
            return Ok((entry(untyped, |own| own == name, name, place)?, Ty::Std("String"), place.key(name)));
        }
        let classes = [variants.base.item].into_iter().chain(variants.variants.iter().map(|variant| variant.item));
        let classes = classes.filter_map(|item| match self.types.kind(&Ty::Item(item, Vec::new())) {
            Kind::Class(class) => Some(class),
            _ => None,
        });
        let classes: Vec<Class<'_>> = classes.collect();
        match classes.iter().find(|class| class.find(name).is_some()).or(classes.first()) {
            Some(class) => self.find_in_class(untyped, class, path, place),
            None => Err(Error::usage(format!("`{}` has no member `{name}`", place.path()))),
        }
    }
}

/// Converts a value to a list, and returns its items.
fn items_of<'g>(untyped: &'g mut UntypedValue, place: &Place) -> Result<&'g mut Vec<UntypedValue>, Error> {
    *untyped = UntypedValue::List(Converter::items(untyped, place)?);
    match untyped {
        UntypedValue::List(items) => Ok(items),
        other => Err(place.error(&format!("expected a list, found {}", other.kind()))),
    }
}

/// Converts a value to an object and returns the entry of a key, which is created if it does not exist.
fn entry<'g>(
    untyped: &'g mut UntypedValue,
    is_key: impl Fn(&str) -> bool,
    name: &str,
    place: &Place,
) -> Result<&'g mut UntypedValue, Error> {
    let mut pairs = Converter::pairs(untyped, place)?;
    let index = pairs.iter().position(|(own, _)| is_key(own)).unwrap_or_else(|| {
        pairs.push((name.to_owned(), UntypedValue::Null));
        pairs.len() - 1
    });
    *untyped = UntypedValue::Object(pairs);
    match untyped {
        UntypedValue::Object(pairs) => pairs.get_mut(index).map(|(_, value)| value),
        _ => None,
    }
    .ok_or_else(|| place.error("expected an object"))
}
