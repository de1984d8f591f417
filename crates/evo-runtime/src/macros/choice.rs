//! Enums that keep values that they do not know.

/// Makes an enum travel: a closed list of members, and a variant that keeps every other value as it was read.
///
/// Each variant is followed by its C# name and its number; `as` gives the value of its `[EnumMember]`. With `number` in
/// front the number is written, not the name.
///
/// ```
/// use evo_runtime::{UnknownValue, choice};
///
/// #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
/// #[non_exhaustive]
/// enum Compass {
///     #[default]
///     NorthEast,
///     South,
///     Unknown(UnknownValue),
/// }
///
/// choice!(Compass { NorthEast: "NorthEast" as "north-east" = 0, South: "South" = 1 } else Unknown);
///
/// let read: Vec<Compass> = serde_json::from_str(r#"["northeast", 1, "Nowhere", 99]"#)?;
/// let unknown = [UnknownValue::Text("Nowhere".to_owned()), UnknownValue::Number(99)].map(Compass::Unknown);
/// assert_eq!(read, [[Compass::NorthEast, Compass::South], unknown].concat());
/// assert_eq!(serde_json::to_string(&read)?, r#"["north-east","South","Nowhere",99]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! choice {
    // Without members the default is an unknown value, which `derive` cannot say.
    (number $type:ident {} else $unknown:ident) => {
        $crate::choice!($type {} else $unknown);
    };
    ($type:ident {} else $unknown:ident) => {
        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::$unknown(::core::default::Default::default())
            }
        }

        $crate::choice!(@impl $type false {} $unknown);
    };
    (number $type:ident { $($members:tt)* } else $unknown:ident) => {
        $crate::choice!(@impl $type true { $($members)* } $unknown);
    };
    ($type:ident { $($members:tt)* } else $unknown:ident) => {
        $crate::choice!(@impl $type false { $($members)* } $unknown);
    };
    (@impl $type:ident $is_numbered:literal {
        $($variant:ident : $name:literal $(as $wire:literal)? = $number:literal),* $(,)?
    } $unknown:ident) => {
        impl $crate::types::choice::Choice for $type {
            fn members(&self) -> &'static [$crate::types::EnumMember] {
                const MEMBERS: &[$crate::types::EnumMember] =
                    &[$($crate::types::EnumMember::new($name, $number)$(.written_as($wire))?),*];
                MEMBERS
            }

            fn is_numbered(&self) -> ::core::primitive::bool {
                $is_numbered
            }

            fn index(&self) -> ::core::option::Option<::core::primitive::usize> {
                Self::known().iter().position(|known| known == self)
            }

            fn unknown(&self) -> ::core::option::Option<&$crate::types::UnknownValue> {
                match self {
                    Self::$unknown(value) => ::core::option::Option::Some(value),
                    #[allow(unreachable_patterns, reason = "an enum without members has the unknown variant alone")]
                    _ => ::core::option::Option::None,
                }
            }

            fn set(&mut self, found: ::core::result::Result<::core::primitive::usize, $crate::types::UnknownValue>) {
                match found {
                    ::core::result::Result::Ok(index) => {
                        if let ::core::option::Option::Some(known) = Self::known().get(index) {
                            ::core::clone::Clone::clone_from(self, known);
                        }
                    }
                    ::core::result::Result::Err(value) => *self = Self::$unknown(value),
                }
            }
        }

        impl $type {
            fn known() -> &'static [Self] {
                static KNOWN: &[$type] = &[$($type::$variant),*];
                KNOWN
            }

            /// The name as it is written; the digits of a number that has no name.
            #[must_use]
            pub fn as_str(&self) -> ::std::borrow::Cow<'_, ::core::primitive::str> {
                $crate::types::choice::text(self)
            }

            /// The number; none of a name that is unknown.
            #[must_use]
            pub fn number(&self) -> ::core::option::Option<::core::primitive::i64> {
                $crate::types::choice::number(self)
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&$crate::types::choice::text(self))
            }
        }

        impl ::core::convert::From<&::core::primitive::str> for $type {
            fn from(text: &::core::primitive::str) -> Self {
                let mut value = Self::$unknown(::core::default::Default::default());
                $crate::types::choice::parse(&mut value, text);
                value
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &::core::primitive::str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(::core::convert::From::from(text))
            }
        }

        impl $crate::wire::Wire for $type {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::types::choice::view(self)
            }

            fn read(&mut self, input: $crate::wire::Input<'_>) -> ::core::result::Result<(), $crate::wire::ReadError> {
                $crate::types::choice::read(self, input)
            }

            fn type_refuses_lists() -> ::core::primitive::bool {
                true
            }
        }

        impl $crate::wire::Key for $type {
            fn key_text(&self) -> ::std::borrow::Cow<'_, ::core::primitive::str> {
                $crate::types::choice::text(self)
            }

            fn parse_key(text: &::core::primitive::str) -> ::core::result::Result<Self, $crate::wire::ReadError> {
                ::core::result::Result::Ok(::core::convert::From::from(text))
            }
        }

        $crate::serde_through_wire!($type);
    };
}
