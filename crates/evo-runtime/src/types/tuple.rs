//! `Tuple<...>` and `ValueTuple<...>`.

use crate::wire::{Decode, Encode, Input, ReadError, View, Wire};

macro_rules! tuples {
    ($($tuple:ident $count:literal: $($item:ident $name:literal $param:ident),+;)*) => {$(
        #[doc = concat!("A .NET `Tuple` of ", $count, ": `{\"item1\":..}`. Parts that are absent are defaults.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $tuple<$($param),+> {
            $(
                #[doc = concat!("`", $name, "`.")]
                pub $item: $param,
            )+
        }

        crate::record!($tuple<$($param),+> { $($item: $name),+ });

        impl<$($param),+> From<($($param,)+)> for $tuple<$($param),+> {
            fn from(($($item,)+): ($($param,)+)) -> Self {
                Self { $($item),+ }
            }
        }

        impl<$($param),+> From<$tuple<$($param),+>> for ($($param,)+) {
            fn from(tuple: $tuple<$($param),+>) -> Self {
                ($(tuple.$item,)+)
            }
        }
    )*};
}

tuples! {
    Tuple1 "one": item1 "Item1" T1;
    Tuple2 "two": item1 "Item1" T1, item2 "Item2" T2;
    Tuple3 "three": item1 "Item1" T1, item2 "Item2" T2, item3 "Item3" T3;
    Tuple4 "four": item1 "Item1" T1, item2 "Item2" T2, item3 "Item3" T3, item4 "Item4" T4;
    Tuple5 "five": item1 "Item1" T1, item2 "Item2" T2, item3 "Item3" T3, item4 "Item4" T4, item5 "Item5" T5;
    Tuple6 "six": item1 "Item1" T1, item2 "Item2" T2, item3 "Item3" T3, item4 "Item4" T4, item5 "Item5" T5, item6 "Item6" T6;
    Tuple7 "seven": item1 "Item1" T1, item2 "Item2" T2, item3 "Item3" T3, item4 "Item4" T4, item5 "Item5" T5, item6 "Item6" T6, item7 "Item7" T7;
}

/// A .NET `ValueTuple` around one of the tuple types: `ValueTuple<Tuple2<String, i32>>` for `(string Left, int Right)`.
///
/// ServiceStack.Text writes it as text that cannot be split reliably, `"(left, 1)"`, and System.Text.Json as `{}`; neither writes the names
/// of the parts. It is written as `{"item1":..}`, which ServiceStack.Text reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ValueTuple<T> {
    /// The parts, as they are written.
    pub items: T,
    /// The text that a server wrote instead of the parts.
    pub text: Option<String>,
}

impl<T: Wire> Encode for ValueTuple<T> {
    fn view(&self) -> View<'_> {
        self.items.view()
    }
}

impl<T: Wire> Decode for ValueTuple<T> {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let Input::Str(text) = input else { return self.items.read(input) };
        self.items.absent();
        self.text = Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(self.text.is_some())
    }

    fn absent(&mut self) {
        self.items.absent();
    }
}

crate::__serde_through_wire!(ValueTuple<T>);

impl<T> From<T> for ValueTuple<T> {
    fn from(items: T) -> Self {
        Self { items, text: None }
    }
}
