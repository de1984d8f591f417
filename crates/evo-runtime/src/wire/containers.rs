//! `Option`, `Box`, `Vec` and maps of values that travel.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::{Input, Key, List, ListInput, MapInput, ReadError, Segment, View, Wanted, Wire};

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
        // JSV writes this word for a map that is null, where it leaves everything else out.
        if let Input::Str("null") = input
            && let View::Map(_) = value.view()
        {
            *self = None;
            return Ok(());
        }
        value.read(input)?;
        *self = Some(value);
        Ok(())
    }

    fn is_unset(&self) -> bool {
        self.is_none()
    }

    fn wanted(&self) -> Wanted {
        T::type_wanted()
    }

    fn type_wanted() -> Wanted {
        T::type_wanted()
    }

    fn type_refuses_lists() -> bool {
        T::type_refuses_lists()
    }

    fn list_of_text(text: &str) -> Option<Vec<Self>> {
        T::list_of_text(text).map(|items| items.into_iter().map(Self::from).collect())
    }
}

/// An array. The rows of a multi-dimensional array follow each other: metadata says `Int32[]` for an `int[,]`, and servers
/// write `[[1,2],[3,4]]`. (None reads that back; such a member is not to be sent.)
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
                Slot(self).read_items(list)
            }
            Input::Str(text) => {
                *self = T::list_of_text(text).ok_or_else(|| input.unexpected("a list"))?;
                Ok(())
            }
            other => Err(other.unexpected("a list")),
        }
    }

    fn wanted(&self) -> Wanted {
        Wanted::List
    }

    fn type_wanted() -> Wanted {
        Wanted::List
    }
}

/// The place after the last item of a list that is being read.
struct Slot<'a, T>(&'a mut Vec<T>);

impl<T: Wire + Default> Slot<'_, T> {
    fn read_items(&mut self, list: &mut dyn ListInput) -> Result<(), ReadError> {
        while list.next(self)? {}
        Ok(())
    }
}

impl<T: Wire + Default> Wire for Slot<'_, T> {
    fn view(&self) -> View<'_> {
        View::Null
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match input {
            Input::List(row) if T::type_refuses_lists() => self.read_items(row),
            input => {
                // Read where it stays: items may be large.
                self.0.push(T::default());
                let result = self.0.last_mut().map_or(Ok(()), |item| item.read(input));
                if result.is_err() {
                    self.0.pop();
                }
                result
            }
        }
    }

    fn wanted(&self) -> Wanted {
        T::type_wanted()
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

/// Makes a type of map travel: what its keys need, and what it is generic over besides keys and values.
macro_rules! maps {
    ($map:ident<K, V $(, $state:ident)?> where K: $($key:path),+) => {
        impl<K: $($key +)+, V: $crate::wire::Wire + Default $(, $state: std::hash::BuildHasher)?> $crate::wire::Wire
            for $map<K, V $(, $state)?>
        {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Map(self)
            }

            fn read(&mut self, input: $crate::wire::Input<'_>) -> Result<(), $crate::wire::ReadError> {
                let Some(map) = $crate::wire::pairs_of(input)? else { return Ok(()) };
                self.clear();
                while let Some((key, value)) = $crate::wire::next_pair(map)? {
                    self.entry(key).or_insert(value);
                }
                Ok(())
            }
        }

        /// Pairs whose value is unset are left out: no server of every dialect takes a null there.
        impl<K: $($key +)+, V: $crate::wire::Wire $(, $state: std::hash::BuildHasher)?> $crate::wire::Map
            for $map<K, V $(, $state)?>
        {
            fn len(&self) -> usize {
                self.values().filter(|value| !value.is_unset()).count()
            }

            fn each(&self, visit: &mut dyn FnMut(&str, &dyn $crate::wire::Wire) -> bool) {
                for (key, value) in self {
                    if !value.is_unset() && !visit(&$crate::wire::Key::key_text(key), value) {
                        return;
                    }
                }
            }
        }
    };
}

#[cfg(feature = "indexmap")]
pub(crate) use maps;

maps!(BTreeMap<K, V> where K: Key);
// Its order is not that of the wire, and another one in each run of a program.
maps!(HashMap<K, V, S> where K: Key, Hash);

/// The pairs of a map; none for what stands for no map.
pub(crate) fn pairs_of(input: Input<'_>) -> Result<Option<&mut dyn MapInput>, ReadError> {
    match input {
        // JSV writes this word for a map that is null.
        Input::Null | Input::Str("" | "null") => Ok(None),
        Input::Map(map) => Ok(Some(map)),
        other => Err(other.unexpected("an object")),
    }
}

/// The next pair of a map.
pub(crate) fn next_pair<K: Key, V: Wire + Default>(map: &mut dyn MapInput) -> Result<Option<(K, V)>, ReadError> {
    let mut key = None;
    map.key(&mut |text| key = Some((text.to_owned(), K::parse_key(text))))?;
    let Some((text, parsed)) = key else { return Ok(None) };
    let parsed = parsed.map_err(|error| error.within(Segment::Member(text.clone())))?;
    let mut value = V::default();
    map.value(&mut value).map_err(|error| error.within(Segment::Member(text)))?;
    Ok(Some((parsed, value)))
}
