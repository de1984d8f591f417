//! Constructors and setters of requests.

/// Adds `new`, whose arguments are the members that the routes need, and a setter for each other member.
///
/// A setter takes `impl Into` of the given type and has the name of its member unless `as` gives another one. Every member, including the
/// arguments of `new`, is an `Option` of the given type unless `= plain` follows.
///
/// ```
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct HoldSession {
///     call_sid: Option<String>,
///     session_id: Option<String>,
///     seconds: i32,
/// }
///
/// evo_runtime::setters!(HoldSession(session_id: String) { call_sid: String, seconds: i32 = plain });
///
/// let hold = HoldSession::new("s1").call_sid("CA1").seconds(5);
/// let written = HoldSession { call_sid: Some("CA1".to_owned()), session_id: Some("s1".to_owned()), seconds: 5 };
/// assert_eq!(hold, written);
/// ```
#[macro_export]
macro_rules! setters {
    ($type:ident () {
        $($member:ident $(as $method:ident)? : $member_type:ty $(= $plain:ident)?),* $(,)?
    }) => {
        #[allow(clippy::iter_not_returning_iterator, clippy::self_named_constructors, clippy::type_complexity, clippy::zero_sized_map_values, reason = "the names and types are the service's")]
        impl $type {
            /// Creates a value without any member set.
            #[must_use]
            #[inline]
            pub fn new() -> Self {
                $crate::private::unset()
            }

            $($crate::__setter!($member $(as $method)? : $member_type $(= $plain)?);)*
        }
    };
    ($type:ident $(<$($param:ident),+>)? ($($need:ident : $need_type:ty $(= $need_plain:ident)?),* $(,)?) {
        $($member:ident $(as $method:ident)? : $member_type:ty $(= $plain:ident)?),* $(,)?
    }) => {
        #[allow(clippy::iter_not_returning_iterator, clippy::self_named_constructors, clippy::too_many_arguments, clippy::type_complexity, clippy::zero_sized_map_values, reason = "the names and types are the service's")]
        impl $(<$($param: ::core::default::Default),+>)? $type $(<$($param),+>)? {
            /// Creates a value with the members that the routes need. The rest are not set.
            #[must_use]
            pub fn new($($need: impl ::core::convert::Into<$need_type>),*) -> Self {
                #[allow(unused_mut, reason = "not every type has arguments")]
                let mut value: Self = $crate::private::unset();
                $($crate::__fill!(value.$need, $need $(, $need_plain)?);)*
                value
            }

            $($crate::__setter!($member $(as $method)? : $member_type $(= $plain)?);)*
        }
    };
}

/// Sets one argument of `new` in [`setters!`](crate::setters).
#[doc(hidden)]
#[macro_export]
macro_rules! __fill {
    ($member:expr, $value:ident) => {
        $crate::private::set(&mut $member, $value)
    };
    ($member:expr, $value:ident, plain) => {
        $crate::private::put(&mut $member, $value)
    };
}

/// One method of [`setters!`](crate::setters) and [`deprecated_setters!`](crate::deprecated_setters).
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    // Each form is written out: another macro call for each of thousands of setters would slow down every build.
    ($member:ident : $type:ty) => {
        /// Sets the member of this name.
        #[must_use]
        pub fn $member(mut self, value: impl ::core::convert::Into<$type>) -> Self {
            $crate::private::set(&mut self.$member, value);
            self
        }
    };
    ($member:ident : $type:ty = plain) => {
        /// Sets the member of this name.
        #[must_use]
        pub fn $member(mut self, value: impl ::core::convert::Into<$type>) -> Self {
            $crate::private::put(&mut self.$member, value);
            self
        }
    };
    ($(#[$attribute:meta])* $member:ident as $method:ident : $type:ty) => {
        /// Sets the member of this name.
        $(#[$attribute])*
        #[must_use]
        pub fn $method(mut self, value: impl ::core::convert::Into<$type>) -> Self {
            $crate::private::set(&mut self.$member, value);
            self
        }
    };
    ($(#[$attribute:meta])* $member:ident as $method:ident : $type:ty = plain) => {
        /// Sets the member of this name.
        $(#[$attribute])*
        #[must_use]
        pub fn $method(mut self, value: impl ::core::convert::Into<$type>) -> Self {
            $crate::private::put(&mut self.$member, value);
            self
        }
    };
}

/// Adds deprecated setters. They are written as for [`setters!`](crate::setters), each followed by its deprecation note.
///
/// ```
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct HoldSession {
///     session_id: Option<String>,
///     #[deprecated(note = "use session_id")]
///     call_sid: Option<String>,
/// }
///
/// #[allow(deprecated, reason = "deprecated members are still sent")]
/// const _: () = {
///     evo_runtime::setters!(HoldSession() { session_id: String });
///     evo_runtime::deprecated_setters!(HoldSession { call_sid: String => "use session_id" });
/// };
///
/// let hold = HoldSession::new().session_id("s1");
/// # assert_eq!(hold.session_id.as_deref(), Some("s1"));
/// ```
#[macro_export]
macro_rules! deprecated_setters {
    ($type:ident $(<$($param:ident),+>)? {
        $($member:ident $(as $method:ident)? : $member_type:ty $(= $plain:ident)? => $note:literal),* $(,)?
    }) => {
        #[allow(clippy::iter_not_returning_iterator, clippy::self_named_constructors, clippy::type_complexity, clippy::zero_sized_map_values, reason = "the names and types are the service's")]
        impl $(<$($param: ::core::default::Default),+>)? $type $(<$($param),+>)? {
            $($crate::__deprecated_setter!($member $(as $method)? : $member_type $(= $plain)? => $note);)*
        }
    };
}

/// One method of [`deprecated_setters!`](crate::deprecated_setters).
#[doc(hidden)]
#[macro_export]
macro_rules! __deprecated_setter {
    ($member:ident : $($rest:tt)+) => {
        $crate::__deprecated_setter!($member as $member : $($rest)+);
    };
    ($member:ident as $method:ident : $type:ty $(= $plain:ident)? => $note:literal) => {
        $crate::__setter!(#[deprecated(note = $note)] $member as $method : $type $(= $plain)?);
    };
}
