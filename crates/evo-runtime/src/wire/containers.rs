//! `Option`, `Box`, `Vec` and maps of values that travel.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Input, Key, Kind, List, ListInput, MapInput, ReadError, Segment, View, Wanted, Wire};

// What is generic here is compiled for each type of a client: it is spelled in as few functions as can be, and leaves the work to those that
// are not generic.

impl<T: Wire + Default> Wire for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Null,
        }
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        let mut value = T::default();
        let is_some = read_some(&mut value, input)?;
        *self = if is_some { Some(value) } else { None };
        Ok(())
    }

    #[expect(clippy::redundant_pattern_matching, reason = "`is_none` would be a function more for each type")]
    fn is_unset(&self) -> bool {
        matches!(self, None)
    }

    fn wanted(&self) -> Wanted {
        T::kind().wanted
    }

    fn kind() -> Kind {
        T::kind()
    }
}

/// Reads into a new value; whether there is one.
fn read_some(value: &mut dyn Wire, input: Input<'_>) -> Result<bool, ReadError> {
    match input {
        Input::Null => return Ok(false),
        // JSV writes this word for a map that is null, where it leaves everything else out.
        Input::Str("null") if matches!(value.view(), View::Map(_)) => return Ok(false),
        input => value.read(input)?,
    }
    Ok(true)
}

/// An array. The rows of a multi-dimensional array follow each other: metadata says `Int32[]` for an `int[,]`, and servers
/// write `[[1,2],[3,4]]`. (None reads that back; such a member is not to be sent.)
impl<T: Wire + Default> Wire for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        read_list(self, T::kind(), input)
    }

    fn wanted(&self) -> Wanted {
        Wanted::List
    }

    fn kind() -> Kind {
        Kind { wanted: Wanted::List, ..Kind::ANY }
    }
}

impl<T: Wire> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&dyn Wire) -> bool) {
        for item in self {
            if !visit(item) {
                return;
            }
        }
    }
}

/// A list that is being read, whatever its items are.
trait Items: List {
    /// Adds an item, which is to be read where it stays: items may be large.
    fn add(&mut self) -> Option<&mut dyn Wire>;

    /// Takes all items away but so many.
    fn cut(&mut self, len: usize);
}

impl<T: Wire + Default> Items for Vec<T> {
    fn add(&mut self) -> Option<&mut dyn Wire> {
        self.push(T::default());
        match self.as_mut_slice() {
            [.., item] => Some(item),
            [] => None,
        }
    }

    fn cut(&mut self, len: usize) {
        self.truncate(len);
    }
}

fn read_list(items: &mut dyn Items, kind: Kind, input: Input<'_>) -> Result<(), ReadError> {
    match input {
        // Some hosts write an empty text for a list that is null.
        Input::Null | Input::Str("") => Ok(()),
        Input::List(list) => {
            items.cut(0);
            Slot { items, kind }.read_items(list)
        }
        Input::Str(text) => {
            let bytes = kind.of_byte.and_then(|of_byte| Some((STANDARD.decode(text.trim()).ok()?, of_byte)));
            let (bytes, of_byte) = bytes.ok_or_else(|| input.unexpected("a list"))?;
            items.cut(0);
            let mut slot = Slot { items, kind };
            bytes.into_iter().try_for_each(|byte| slot.read(Input::Int(of_byte(byte))))
        }
        other => Err(other.unexpected("a list")),
    }
}

/// The place after the last item of a list that is being read.
struct Slot<'a> {
    items: &'a mut dyn Items,
    kind: Kind,
}

impl Slot<'_> {
    fn read_items(&mut self, list: &mut dyn ListInput) -> Result<(), ReadError> {
        while list.next(self)? {}
        Ok(())
    }
}

impl Wire for Slot<'_> {
    fn view(&self) -> View<'_> {
        View::Null
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match input {
            Input::List(row) if self.kind.refuses_lists => self.read_items(row),
            input => {
                let result = self.items.add().map_or(Ok(()), |item| item.read(input));
                if result.is_err() {
                    self.items.cut(self.items.len().saturating_sub(1));
                }
                result
            }
        }
    }

    fn wanted(&self) -> Wanted {
        self.kind.wanted
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
