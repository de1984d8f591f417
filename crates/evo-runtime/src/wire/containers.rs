//! `Option`, `Vec` and maps of values.

use std::collections::{BTreeMap, HashMap};
use std::collections::{btree_map, hash_map};
use std::hash::Hash;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::encode::Unwritable;
use super::{Decode, Encode, Input, Key, List, MapInput, ReadError, Segment, View, Wanted};

// Generic code here is compiled for each type of a client, so it consists of as few functions as possible and leaves the work to functions
// that are not generic.

impl<T: Encode> Encode for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Null,
        }
    }

    #[expect(clippy::redundant_pattern_matching, reason = "avoids one monomorphised function per type")]
    fn is_unset(&self) -> bool {
        matches!(self, None)
    }
}

impl<T: Decode + Default> Decode for Option<T> {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        *self = None;
        // An absent value needs no default.
        if let Input::Null = input {
            return Ok(false);
        }
        let mut value = T::default();
        let is_some = value.read(input)?;
        if is_some {
            *self = Some(value);
        }
        Ok(is_some)
    }

    fn wanted(&self) -> Wanted {
        T::default().wanted()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Encode> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&dyn Encode) -> bool) {
        for item in self {
            if !visit(item) {
                return;
            }
        }
    }
}

impl<T: Decode + Default> Decode for Vec<T> {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_items(self, input)
    }

    fn wanted(&self) -> Wanted {
        Wanted::List
    }
}

/// A list that is being read, whatever the type of its items.
trait ListBuilder {
    /// Removes all items.
    fn empty(&mut self);

    /// Adds an item and returns it, to be read in place: items may be large.
    fn add(&mut self) -> Option<&mut dyn Decode>;

    /// Removes the last item.
    fn undo(&mut self);

    /// The representation that an item expects.
    fn wanted(&self) -> Wanted;
}

impl<T: Decode + Default> ListBuilder for Vec<T> {
    fn empty(&mut self) {
        self.clear();
    }

    fn add(&mut self) -> Option<&mut dyn Decode> {
        self.push(T::default());
        match self.as_mut_slice() {
            [.., item] => Some(item),
            [] => None,
        }
    }

    fn undo(&mut self) {
        self.pop();
    }

    fn wanted(&self) -> Wanted {
        T::default().wanted()
    }
}

fn read_items(items: &mut dyn ListBuilder, input: Input<'_>) -> Result<bool, ReadError> {
    match input {
        absent if absent.is_absent() => return Ok(false),
        Input::List(list) => {
            items.empty();
            let mut next = NextItem(items);
            while list.next(&mut next)? {}
        }
        Input::Str(text) => {
            let Wanted::Byte { is_signed } = items.wanted() else { return Err(input.unexpected("a list")) };
            let bytes = STANDARD.decode(text.trim()).map_err(|_| input.unexpected("a list"))?;
            items.empty();
            let mut next = NextItem(items);
            for byte in bytes {
                next.read(Input::Int(if is_signed { byte.cast_signed().into() } else { byte.into() }))?;
            }
        }
        other => return Err(other.unexpected("a list")),
    }
    Ok(true)
}

/// The place after the last item of a list that is being read.
struct NextItem<'a>(&'a mut dyn ListBuilder);

impl Decode for NextItem<'_> {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let is_list = matches!(input, Input::List(_));
        let result = self.0.add().map_or(Ok(false), |item| item.read(input));
        result.map_err(|error| {
            self.0.undo();
            let is_row = is_list && error.is_unexpected_list();
            if is_row { error.with_detail("arrays of several dimensions are not supported") } else { error }
        })
    }

    fn wanted(&self) -> Wanted {
        self.0.wanted()
    }
}

/// A map that is being read, whatever the types of its keys and values.
pub(crate) trait MapBuilder {
    /// The place for the value of a key; `None` if the map already has one: the first of two equal keys wins.
    fn place(&mut self, key: &str) -> Result<Option<&mut dyn Decode>, ReadError>;
}

/// Implements the wire traits for a type of map: its parameters besides keys and values, the module of its entries, and the bounds of its
/// keys.
macro_rules! maps {
    ($map:ident<K, V $(, $state:ident)?> of $($entries:ident)::+ where K: $($key:path),+) => {
        impl<K: $($key +)+, V: $crate::wire::Encode $(, $state: std::hash::BuildHasher)?> $crate::wire::Encode
            for $map<K, V $(, $state)?>
        {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Map(self)
            }
        }

        /// Pairs whose value is unset are omitted: not every dialect accepts a null there.
        impl<K: $($key +)+, V: $crate::wire::Encode $(, $state: std::hash::BuildHasher)?> $crate::wire::Map
            for $map<K, V $(, $state)?>
        {
            fn each(&self, visit: &mut dyn FnMut(&str, &dyn $crate::wire::Encode) -> bool) {
                for (key, value) in self {
                    let is_set = !value.is_unset();
                    if is_set && !$crate::wire::visit_pair(&key.key_text(), key.problem(), value, visit) {
                        return;
                    }
                }
            }
        }

        impl<K: $($key +)+, V: $crate::wire::Wire $(, $state: std::hash::BuildHasher)?> $crate::wire::Decode
            for $map<K, V $(, $state)?>
        {
            fn read(&mut self, input: $crate::wire::Input<'_>) -> Result<bool, $crate::wire::ReadError> {
                let Some(pairs) = $crate::wire::pairs_of(input)? else { return Ok(false) };
                self.clear();
                $crate::wire::read_pairs(self, pairs)
            }
        }

        impl<K: $($key +)+, V: $crate::wire::Wire $(, $state: std::hash::BuildHasher)?> $crate::wire::MapBuilder
            for $map<K, V $(, $state)?>
        {
            fn place(
                &mut self,
                key: &str,
            ) -> Result<Option<&mut dyn $crate::wire::Decode>, $crate::wire::ReadError> {
                match self.entry($crate::wire::Key::parse_key(key)?) {
                    $($entries)::+::Entry::Vacant(entry) => Ok(Some(entry.insert(V::default()))),
                    $($entries)::+::Entry::Occupied(_) => Ok(None),
                }
            }
        }
    };
}

#[cfg(feature = "indexmap")]
pub(crate) use maps;

maps!(BTreeMap<K, V> of btree_map where K: Key);
// Its order differs from that of the wire, and between runs of a program.
maps!(HashMap<K, V, S> of hash_map where K: Key, Hash);

/// Passes a pair to the visitor; the key may be one that cannot be sent. Returns whether the visitor wants more.
pub(crate) fn visit_pair(
    key: &str,
    problem: Option<String>,
    value: &dyn Encode,
    visit: &mut dyn FnMut(&str, &dyn Encode) -> bool,
) -> bool {
    match problem {
        Some(problem) => visit(key, &Unwritable(problem)),
        None => visit(key, value),
    }
}

/// The pairs of a map; `None` for an input that means no map.
pub(crate) fn pairs_of(input: Input<'_>) -> Result<Option<&mut dyn MapInput>, ReadError> {
    match input {
        // JSV writes this word for a null map.
        Input::Null | Input::Str("" | "null") => Ok(None),
        Input::Map(map) => Ok(Some(map)),
        other => Err(other.unexpected("an object")),
    }
}

/// Reads all pairs into an empty map.
pub(crate) fn read_pairs(into: &mut dyn MapBuilder, pairs: &mut dyn MapInput) -> Result<bool, ReadError> {
    let mut key = String::new();
    while pairs.key(&mut |text| text.clone_into(&mut key))? {
        let result = into.place(&key).and_then(|place| match place {
            Some(value) => pairs.value(value),
            None => pairs.skip(),
        });
        result.map_err(|error| error.within(Segment::Member(key.clone())))?;
    }
    Ok(true)
}
