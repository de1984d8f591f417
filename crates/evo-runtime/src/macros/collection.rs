//! Classes that derive from a list or a dictionary.

/// Implements reading and writing for a newtype around a list or a map, and dereferences it to the inner type. Other members of such a
/// class are never sent or received.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use evo_runtime::collection;
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// pub struct Settings(pub BTreeMap<String, i32>);
///
/// collection!(Settings(BTreeMap<String, i32>));
///
/// let settings: Settings = serde_json::from_str(r#"{"a":1}"#)?;
/// assert_eq!(settings.get("a"), Some(&1));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// `request` before the name declares a request for [`operation!`](crate::operation) whose body is the list or map itself.
///
/// ```
/// # use evo_runtime::{Operation, collection, operation};
/// #[derive(Debug, Clone, PartialEq, Default)]
/// pub struct StoreNames(pub Vec<String>);
///
/// collection!(request StoreNames(Vec<String>));
/// operation!(StoreNames: POST => ());
///
/// let request = StoreNames::from(vec!["Ada".to_owned()]);
/// assert_eq!(serde_json::to_string(&request)?, r#"["Ada"]"#);
/// assert_eq!(StoreNames::SPEC.name, "StoreNames");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! collection {
    (request $type:ident ($inner:ty)) => {
        impl $crate::wire::Record for $type {
            #[inline]
            fn shape(&self) -> &'static $crate::wire::Shape {
                static SHAPE: $crate::wire::Shape = $crate::wire::Shape::of_collection(::core::stringify!($type));
                &SHAPE
            }

            #[inline]
            fn members(&self, visit: &mut dyn ::core::ops::FnMut(&[&dyn $crate::wire::Encode])) {
                visit(&[&self.0]);
            }

            #[inline]
            fn members_mut(&mut self, visit: &mut dyn ::core::ops::FnMut(&mut [&mut dyn $crate::wire::Decode])) {
                visit(&mut [&mut self.0]);
            }
        }

        $crate::collection!(@around $type($inner));
    };
    ($type:ident $(<$($param:ident),+>)? ($inner:ty)) => {
        impl $(<$($param: $crate::wire::Wire),+>)? $crate::wire::Encode for $type $(<$($param),+>)? {
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::Encode::view(&self.0)
            }
        }

        impl $(<$($param: $crate::wire::Wire),+>)? $crate::wire::Decode for $type $(<$($param),+>)? {
            #[inline]
            fn read(&mut self, input: $crate::wire::Input<'_>) -> ::core::result::Result<bool, $crate::wire::ReadError> {
                $crate::wire::Decode::read(&mut self.0, input)
            }

            #[inline]
            fn wanted(&self) -> $crate::wire::Wanted {
                $crate::wire::Decode::wanted(&self.0)
            }
        }

        $crate::collection!(@around $type $(<$($param),+>)? ($inner));
    };
    (@around $type:ident $(<$($param:ident),+>)? ($inner:ty)) => {
        $crate::__serde_through_wire!($type $(<$($param),+>)?);

        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $(<$($param),+>)? ::core::ops::Deref for $type $(<$($param),+>)? {
            type Target = $inner;

            #[inline]
            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $(<$($param),+>)? ::core::ops::DerefMut for $type $(<$($param),+>)? {
            #[inline]
            fn deref_mut(&mut self) -> &mut $inner {
                &mut self.0
            }
        }

        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $(<$($param),+>)? ::core::convert::From<$inner> for $type $(<$($param),+>)? {
            #[inline]
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $(<$($param),+>)? ::core::iter::IntoIterator for $type $(<$($param),+>)? {
            type Item = <$inner as ::core::iter::IntoIterator>::Item;
            type IntoIter = <$inner as ::core::iter::IntoIterator>::IntoIter;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                ::core::iter::IntoIterator::into_iter(self.0)
            }
        }

        impl<'a, $($($param),+)?> ::core::iter::IntoIterator for &'a $type $(<$($param),+>)? {
            type Item = <&'a $inner as ::core::iter::IntoIterator>::Item;
            type IntoIter = <&'a $inner as ::core::iter::IntoIterator>::IntoIter;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                ::core::iter::IntoIterator::into_iter(&self.0)
            }
        }

        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $(<$($param),+>)? ::core::iter::FromIterator<<$inner as ::core::iter::IntoIterator>::Item> for $type $(<$($param),+>)? {
            fn from_iter<I>(items: I) -> Self
            where
                I: ::core::iter::IntoIterator<Item = <$inner as ::core::iter::IntoIterator>::Item>,
            {
                Self(::core::iter::FromIterator::from_iter(items))
            }
        }
    };
}
