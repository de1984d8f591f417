//! Types of other crates that use the wire form of one of this crate's types.

use crate::wire::{Encode, View};

/// Gives types the wire form of one of this crate's types, as values and as map keys. Each is followed by the function that converts a
/// reference to this crate's type, and the function that converts back.
macro_rules! travels_as {
    ($($type:ty as $own:ty: $to:expr, $from:expr;)*) => {$(
        impl $crate::wire::Encode for $type {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Text($crate::types::travels_as::text(&$to(self)))
            }
        }

        impl $crate::wire::Decode for $type {
            fn read(&mut self, input: $crate::wire::Input<'_>) -> Result<bool, $crate::wire::ReadError> {
                let mut own = <$own>::default();
                let is_there = $crate::wire::Decode::read(&mut own, input)?;
                if is_there {
                    *self = $from(own);
                } else {
                    $crate::wire::Decode::absent(self);
                }
                Ok(is_there)
            }

            fn absent(&mut self) {
                if *self == <$type>::default() {
                    let mut own = <$own>::default();
                    $crate::wire::Decode::absent(&mut own);
                    *self = $from(own);
                }
            }
        }

        $crate::types::travels_as::key_as!($type as $own: $to, $from);
    )*};
}

/// The same for types without a default: the traits are implemented for `Option`.
#[cfg(feature = "time")]
macro_rules! optionally_travels_as {
    ($($type:ty as $own:ty: $to:expr, $from:expr;)*) => {$(
        impl $crate::wire::Encode for Option<$type> {
            fn view(&self) -> $crate::wire::View<'_> {
                self.as_ref().map_or($crate::wire::View::Null, |value| {
                    $crate::wire::View::Text($crate::types::travels_as::text(&$to(value)))
                })
            }

            fn is_unset(&self) -> bool {
                self.is_none()
            }
        }

        impl $crate::wire::Decode for Option<$type> {
            fn read(&mut self, input: $crate::wire::Input<'_>) -> Result<bool, $crate::wire::ReadError> {
                let mut own = None::<$own>;
                let is_there = $crate::wire::Decode::read(&mut own, input)?;
                *self = own.map($from);
                Ok(is_there)
            }
        }

        $crate::types::travels_as::key_as!($type as $own: $to, $from);
    )*};
}

macro_rules! key_as {
    ($type:ty as $own:ty: $to:expr, $from:expr) => {
        impl $crate::wire::Key for $type {
            fn key_text(&self) -> std::borrow::Cow<'_, str> {
                let own: $own = $to(self);
                std::borrow::Cow::Owned($crate::wire::Key::key_text(&own).into_owned())
            }

            fn parse_key(text: &str) -> Result<Self, $crate::wire::ReadError> {
                <$own as $crate::wire::Key>::parse_key(text).map($from)
            }
        }
    };
}

pub(super) use key_as;
#[cfg(feature = "time")]
pub(super) use optionally_travels_as;
pub(super) use travels_as;

/// The text of a value that is written as text.
pub(super) fn text(own: &dyn Encode) -> String {
    match own.view() {
        View::Text(text) => text,
        _ => String::new(),
    }
}
