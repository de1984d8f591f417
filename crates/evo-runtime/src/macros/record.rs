//! Records: structs that are read and written member by member.

/// Implements [`Record`](crate::wire::Record) and [`Wire`](crate::wire::Wire) for a plain struct, and serde's `Serialize` and `Deserialize` through
/// them.
///
/// Each member is followed by its C# name; `as` gives the name of its `[DataMember(Name)]`, `=> hides` marks a member that hides one of a base
/// class, and `=> required` a member that the service requires. A generic struct lists its parameters.
///
/// `secret` before the C# name marks a member whose value must not be shown, such as a password or a token. Do not derive `Debug` for such a
/// type: the macro implements it and prints `<secret>` for each secret value. [`Redacted`](crate::wire::Redacted) does the same for written values.
///
/// ```
/// use evo_runtime::record;
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct HoldSession {
///     call_sid: Option<String>,
///     reference: Option<String>,
/// }
///
/// record!(HoldSession { call_sid: "CallSid", reference: "Reference" as "$ref" });
///
/// let hold: HoldSession = serde_json::from_str(r#"{"CallSid":"CA1","unknown":1}"#)?;
/// assert_eq!(hold, HoldSession { call_sid: Some("CA1".to_owned()), reference: None });
/// assert_eq!(serde_json::to_string(&hold)?, r#"{"callSid":"CA1"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// ```
/// # use evo_runtime::record;
/// #[derive(Clone, PartialEq, Default)]
/// struct Login {
///     user_name: String,
///     password: Option<String>,
/// }
/// record!(Login { user_name: "UserName", password: secret "Password" });
///
/// let login = Login { user_name: "ada".to_owned(), password: Some("p4ss".to_owned()) };
/// assert_eq!(format!("{login:?}"), r#"Login { user_name: "ada", password: <secret> }"#);
/// ```
#[macro_export]
macro_rules! record {
    ($record:ident $(<$($param:ident),+>)? {
        $($member:ident : $($secret:ident)? $name:literal $(as $wire:literal)? $(=> $($mark:ident)+)?),* $(,)?
    }) => {
        impl $(<$($param: $crate::wire::Wire),+>)? $crate::wire::Record for $record $(<$($param),+>)? {
            #[inline]
            fn shape(&self) -> &'static $crate::wire::Shape {
                static SHAPE: $crate::wire::Shape = $crate::wire::Shape::new(
                    ::core::stringify!($record),
                    &[$($name),*],
                    &[$(
                        $(($name, $crate::__mark!($secret)),)?
                        $(($name, $crate::wire::Mark::WrittenAs($wire)),)?
                        $($(($name, $crate::__mark!($mark)),)+)?
                    )*],
                );
                &SHAPE
            }

            #[inline]
            fn members(&self, visit: &mut dyn ::core::ops::FnMut(&[&dyn $crate::wire::Encode])) {
                visit(&[$(&self.$member),*]);
            }

            #[inline]
            fn members_mut(&mut self, visit: &mut dyn ::core::ops::FnMut(&mut [&mut dyn $crate::wire::Decode])) {
                visit(&mut [$(&mut self.$member),*]);
            }
        }

        $crate::__debug_of_secrets!([$($($secret)?)*] $record $(<$($param),+>)? { $($member: $($secret)?),* });
        $crate::__serde_through_wire!($record $(<$($param),+>)?);
    };
}

/// The [`Mark`](crate::wire::Mark) for a keyword of [`record!`](crate::record).
#[doc(hidden)]
#[macro_export]
macro_rules! __mark {
    (secret) => {
        $crate::wire::Mark::Secret
    };
    (hides) => {
        $crate::wire::Mark::Hides
    };
    (required) => {
        $crate::wire::Mark::Required
    };
}

/// Implements `Debug` for a record with secret members. Other records derive it.
#[doc(hidden)]
#[macro_export]
macro_rules! __debug_of_secrets {
    ([] $($record:tt)*) => {};
    ([$($secrets:ident)+] $record:ident $(<$($param:ident),+>)? { $($member:ident : $($secret:ident)?),* }) => {
        impl $(<$($param: $crate::wire::Wire + ::core::fmt::Debug),+>)? ::core::fmt::Debug
            for $record $(<$($param),+>)?
        {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($record))
                    $(.field(::core::stringify!($member), $crate::__shown_member!(self.$member $(, $secret)?)))*
                    .finish()
            }
        }
    };
}

/// The value that `Debug` prints for a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __shown_member {
    ($value:expr) => {
        &$value
    };
    ($value:expr, secret) => {
        &$crate::wire::Redacted::secret(&$value)
    };
}

/// Implements serde's traits for a type that implements [`Wire`](crate::wire::Wire) and `Default`.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_through_wire {
    ($type:ident $(<$($param:ident),+>)?) => {
        impl $(<$($param: $crate::wire::Wire),+>)? $crate::private::serde::Serialize for $type $(<$($param),+>)? {
            fn serialize<S: $crate::private::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::bridge::write(self, serializer)
            }
        }

        impl<'de, $($($param: $crate::wire::Wire),+)?> $crate::private::serde::Deserialize<'de> for $type $(<$($param),+>)? {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::bridge::read(deserializer)
            }
        }
    };
}
