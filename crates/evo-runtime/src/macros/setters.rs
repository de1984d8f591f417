//! What builds a value that is sent.

/// Gives a type that is sent its `new`, whose arguments are the members that its routes need, and a setter for each other member.
///
/// A setter takes `impl Into` of the type that is named, and is called like its member unless `as` says otherwise.
///
/// ```
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct HoldSession {
///     call_sid: Option<String>,
///     session_id: Option<String>,
/// }
///
/// evo_runtime::setters!(HoldSession(session_id: String) { call_sid: String });
///
/// let hold = HoldSession::new("s1").call_sid("CA1");
/// assert_eq!(hold, HoldSession { call_sid: Some("CA1".to_owned()), session_id: Some("s1".to_owned()) });
/// ```
#[macro_export]
macro_rules! setters {
    ($type:ident $(<$($param:ident),+>)? ($($need:ident : $need_type:ty),* $(,)?) {
        $($member:ident $(as $method:ident)? : $member_type:ty),* $(,)?
    }) => {
        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $(<$($param: ::core::default::Default),+>)? $type $(<$($param),+>)? {
            /// A value with the members that its routes need; the others are unset.
            #[must_use]
            pub fn new($($need: impl ::core::convert::Into<$need_type>),*) -> Self {
                #[allow(unused_mut, reason = "not every type has arguments")]
                let mut value: Self = $crate::private::unset();
                $(value.$need = ::core::convert::From::<$need_type>::from($need.into());)*
                value
            }

            /// Checks that the members that the service states it cannot do without are set; a call does not ask.
            ///
            /// # Errors
            ///
            /// When one is not, here or in a record inside.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::wire::MissingMembers>
            where
                Self: $crate::wire::Wire,
            {
                $crate::wire::validate(self)
            }

            $($crate::setter!($member $(as $method)? : $member_type);)*
        }
    };
}

/// One method of [`setters!`](crate::setters).
#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    ($member:ident : $type:ty) => {
        $crate::setter!($member as $member : $type);
    };
    ($member:ident as $method:ident : $type:ty) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($member), "`.")]
        #[must_use]
        pub fn $method(mut self, value: impl ::core::convert::Into<$type>) -> Self {
            self.$member = ::core::convert::From::<$type>::from(value.into());
            self
        }
    };
}
