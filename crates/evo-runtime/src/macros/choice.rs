//! Enums that preserve unknown values.

/// Implements reading and writing for an enum with a list of members and one variant that preserves every other value.
///
/// Each variant is followed by its C# name and, if known, its number; `as` gives the value of its `[EnumMember]`. With `number` before the type,
/// the number is written instead of the name.
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
    // Without a member 0, the default is the unknown value 0, which `derive` cannot express.
    (default $type:ident else $unknown:ident) => {
        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::$unknown(::core::default::Default::default())
            }
        }
    };
    (number $type:ident {} else $unknown:ident) => {
        $crate::choice!($type {} else $unknown);
    };
    ($type:ident {} else $unknown:ident) => {
        $crate::choice!(default $type else $unknown);
        $crate::choice!(@impl $type {} $unknown);
    };
    (number $type:ident { $($members:tt)* } else $unknown:ident) => {
        $crate::choice!(@impl $type { $($members)* } $unknown const IS_NUMBERED: ::core::primitive::bool = true;);
    };
    ($type:ident { $($members:tt)* } else $unknown:ident) => {
        $crate::choice!(@impl $type { $($members)* } $unknown);
    };
    (@impl $type:ident {
        $($variant:ident : $name:literal $(as $wire:literal)? $(= $number:literal)?),* $(,)?
    } $unknown:ident $($is_numbered:tt)*) => {
        impl $crate::types::choice::Choice for $type {
            const MEMBERS: &'static [$crate::types::EnumMember] =
                &[$($crate::types::EnumMember::new($name)$(.numbered($number))?$(.written_as($wire))?),*];
            const VALUES: &'static [Self] = &[$(Self::$variant),*];
            $($is_numbered)*

            #[inline]
            fn of_unknown(value: $crate::types::UnknownValue) -> Self {
                Self::$unknown(value)
            }

            #[inline]
            fn unknown(&self) -> ::core::option::Option<&$crate::types::UnknownValue> {
                match self {
                    Self::$unknown(value) => ::core::option::Option::Some(value),
                    #[allow(unreachable_patterns, reason = "an enum without members has the unknown variant alone")]
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl $type {
            /// The name as it is written, or the digits of a number without a name.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> ::std::borrow::Cow<'_, ::core::primitive::str> {
                $crate::types::choice::text($crate::types::choice::resolve(self))
            }

            /// The number; `None` if only the name is known.
            #[must_use]
            #[inline]
            pub fn number(&self) -> ::core::option::Option<::core::primitive::i128> {
                $crate::types::choice::number($crate::types::choice::resolve(self))
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::types::choice::display($crate::types::choice::resolve(self), f)
            }
        }

        impl ::core::convert::From<&::core::primitive::str> for $type {
            #[inline]
            fn from(text: &::core::primitive::str) -> Self {
                $crate::types::choice::parse(text)
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(text: &::core::primitive::str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok($crate::types::choice::parse(text))
            }
        }

        impl $crate::wire::Encode for $type {
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::types::choice::view($crate::types::choice::resolve(self), <Self as $crate::types::choice::Choice>::IS_NUMBERED)
            }
        }

        impl $crate::wire::Decode for $type {
            #[inline]
            fn read(&mut self, input: $crate::wire::Input<'_>) -> ::core::result::Result<bool, $crate::wire::ReadError> {
                $crate::types::choice::read(self, input)
            }
        }

        $crate::__serde_through_wire!($type);
    };
}
