//! `Option`, `Box`, `Vec` and maps of values that travel.

use std::collections::BTreeMap;

use super::{Input, Key, List, Map, ReadError, Segment, View, Wire};

impl<T: Wire + Default> Wire for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, Wire::view)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        if let Input::Null = input {
            *self = None;
            return Ok(());
        }
        let mut value = T::default();
        value.read(input)?;
        *self = Some(value);
        Ok(())
    }

    fn is_unset(&self) -> bool {
        self.is_none()
    }

    fn needs_digits(&self) -> bool {
        T::type_needs_digits()
    }

    fn type_needs_digits() -> bool {
        T::type_needs_digits()
    }
}

impl<T: Wire + Default> Wire for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match input {
            // Some hosts write an empty text for a list that is null.
            Input::Null | Input::Str("") => Ok(()),
            Input::List(list) => {
                self.clear();
                loop {
                    let mut item = T::default();
                    if !list.next(&mut item)? {
                        return Ok(());
                    }
                    self.push(item);
                }
            }
            other => Err(other.unexpected("a list")),
        }
    }
}

impl<T: Wire> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Wire> {
        self.get(index).map(|item| item as &dyn Wire)
    }
}

impl<K: Key, V: Wire + Default> Wire for BTreeMap<K, V> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match input {
            Input::Null => Ok(()),
            Input::Map(map) => {
                self.clear();
                loop {
                    let mut key = None;
                    if !map.key(&mut |text| key = Some((text.to_owned(), K::parse_key(text))))? {
                        return Ok(());
                    }
                    let Some((text, parsed)) = key else { continue };
                    let parsed = parsed.map_err(|error| error.within(Segment::Member(text.clone())))?;
                    let mut value = V::default();
                    map.value(&mut value).map_err(|error| error.within(Segment::Member(text)))?;
                    self.entry(parsed).or_insert(value);
                }
            }
            other => Err(other.unexpected("an object")),
        }
    }
}

impl<K: Key, V: Wire> Map for BTreeMap<K, V> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Wire) -> bool) {
        for (key, value) in self {
            if !value.is_unset() && !visit(&key.key_text(), value) {
                return;
            }
        }
    }
}
