//! Sets of flags: `[Flags]` enums.

/// Implements a set of flags: a constant for each flag, set operators, reading and writing. Bits without a name are preserved.
///
/// Each constant is followed by its C# name and its number; `as` gives the value of its `[EnumMember]`. The value has 64 unsigned bits. It is
/// written as a number, the only form that every server reads: signed if one of the listed numbers is negative, otherwise unsigned. Signed and
/// unsigned numbers, names, comma-separated names and arrays of names are read.
///
/// ```
/// use evo_runtime::flags;
///
/// /// What a user may do.
/// #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
/// pub struct Rights(u64);
///
/// flags!(Rights {
///     /// Look at it.
///     READ: "Read" as "can-read" = 1,
///     /// Change it.
///     WRITE: "Write" = 2,
/// });
///
/// let rights: Rights = serde_json::from_str(r#""can-read, Write""#)?;
/// assert_eq!(rights, Rights::READ | Rights::WRITE);
/// assert_eq!(rights.to_string(), "Read, Write");
/// assert_eq!(serde_json::to_string(&rights)?, "3");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! flags {
    ($type:ident {
        $($(#[$meta:meta])* $flag:ident : $name:literal $(as $wire:literal)? = $bits:literal),* $(,)?
    }) => {
        impl $type {
            $($(#[$meta])* pub const $flag: Self = Self($crate::types::flags::bits_of($bits));)*

            const fn members() -> &'static [$crate::types::EnumMember] {
                const LISTED: &[$crate::types::EnumMember] =
                    &[$($crate::types::EnumMember::new($name).numbered($bits)$(.written_as($wire))?),*];
                LISTED
            }

            /// Returns the empty set.
            #[must_use]
            pub const fn empty() -> Self {
                Self(0)
            }

            /// Returns the set of all named flags.
            #[must_use]
            pub const fn all() -> Self {
                Self($crate::types::flags::all(Self::members()))
            }

            /// Returns the bits.
            #[must_use]
            pub const fn bits(self) -> ::core::primitive::u64 {
                self.0
            }

            /// Creates the set with these bits. Bits without a name are preserved.
            #[must_use]
            pub const fn from_bits(bits: ::core::primitive::u64) -> Self {
                Self(bits)
            }

            /// Whether the set is empty.
            #[must_use]
            pub const fn is_empty(self) -> ::core::primitive::bool {
                self.0 == 0
            }

            /// Whether all flags of `other` are in this set.
            #[must_use]
            pub const fn contains(self, other: Self) -> ::core::primitive::bool {
                self.0 & other.0 == other.0
            }

            /// Adds the flags of `other`.
            pub const fn insert(&mut self, other: Self) {
                self.0 |= other.0;
            }

            /// Removes the flags of `other`.
            pub const fn remove(&mut self, other: Self) {
                self.0 &= !other.0;
            }

            /// Returns the C# names of the flags. Bits without a name are omitted.
            pub fn names(self) -> impl ::core::iter::Iterator<Item = &'static ::core::primitive::str> {
                $crate::types::flags::names(Self::members(), self.0)
            }
        }

        impl ::core::ops::BitOr for $type {
            type Output = Self;

            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl ::core::ops::BitOrAssign for $type {
            fn bitor_assign(&mut self, other: Self) {
                self.0 |= other.0;
            }
        }

        impl ::core::ops::BitAnd for $type {
            type Output = Self;

            fn bitand(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }
        }

        /// The flags that are not in the other set.
        impl ::core::ops::Sub for $type {
            type Output = Self;

            fn sub(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }
        }

        /// The named flags that are not in the set.
        impl ::core::ops::Not for $type {
            type Output = Self;

            fn not(self) -> Self {
                Self(Self::all().0 & !self.0)
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::types::flags::write_names(Self::members(), self.0, f)
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::concat!(::core::stringify!($type), "("))?;
                $crate::types::flags::write_names(Self::members(), self.0, f)?;
                f.write_str(")")
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = $crate::wire::ReadError;

            fn from_str(text: &::core::primitive::str) -> ::core::result::Result<Self, Self::Err> {
                $crate::types::flags::parse(Self::members(), text).map(Self)
            }
        }

        impl $crate::wire::Encode for $type {
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::types::flags::view(Self::members(), self.0)
            }
        }

        impl $crate::wire::Decode for $type {
            #[inline]
            fn read(&mut self, input: $crate::wire::Input<'_>) -> ::core::result::Result<bool, $crate::wire::ReadError> {
                let bits = $crate::types::flags::read(Self::members(), input)?;
                self.0 = bits.unwrap_or(self.0);
                ::core::result::Result::Ok(bits.is_some())
            }
        }

        impl $crate::wire::Key for $type {
            fn key_text(&self) -> ::std::borrow::Cow<'_, ::core::primitive::str> {
                ::std::borrow::Cow::Owned($crate::types::flags::number_text(Self::members(), self.0))
            }

            fn parse_key(text: &::core::primitive::str) -> ::core::result::Result<Self, $crate::wire::ReadError> {
                $crate::types::flags::parse_key(Self::members(), text).map(Self)
            }
        }

        $crate::__serde_through_wire!($type);
    };
}
