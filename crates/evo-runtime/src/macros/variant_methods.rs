//! Methods of enums over classes: one for each class and one for each member that all classes share.

/// Adds a method for each class to an enum over classes. It returns the content if the value is of that class.
///
/// ```
/// use evo_runtime::{Other, variant_classes};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// pub struct Car { doors: i32 }
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// pub struct VehicleBase {}
///
/// pub enum Vehicle { Car(Box<Car>), Other(Box<Other<VehicleBase>>) }
/// variant_classes!(pub Vehicle { as_car: Car(Car) });
///
/// let vehicle = Vehicle::Car(Box::new(Car { doors: 2 }));
/// assert_eq!(vehicle.as_car().map(|car| car.doors), Some(2));
/// ```
#[macro_export]
macro_rules! variant_classes {
    ($vis:vis $type:ident { $($method:ident : $variant:ident ($class:ty)),* $(,)? }) => {
        impl $type {
            $(
                /// Returns the content if the value is of this class.
                #[must_use]
                #[inline]
                $vis fn $method(&self) -> ::core::option::Option<&$class> {
                    match self {
                        Self::$variant(class) => ::core::option::Option::Some(class),
                        _ => ::core::option::Option::None,
                    }
                }
            )*
        }
    };
}

/// Adds a method for each member that all classes share to an enum over classes. The variants are listed in parentheses; the variant of unknown
/// classes follows `else`.
///
/// A method returns a reference to the member. With `=` it returns a copy of the member, and with `?:`, for members that are an `Option`, an
/// `Option` of a reference. `as` names the member if the method has another name.
///
/// ```
/// use evo_runtime::{Other, variant_members};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// pub struct Car { name: Option<String>, wheels: i32, tags: Vec<String>, doors: i32 }
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// pub struct VehicleBase { name: Option<String>, wheels: i32, tags: Vec<String> }
///
/// pub enum Vehicle { Car(Box<Car>), Other(Box<Other<VehicleBase>>) }
/// variant_members!(pub Vehicle(Car) else Other { name?: String, wheels = i32, get_tags as tags: Vec<String> });
///
/// let car = Car { name: Some("Beetle".to_owned()), wheels: 4, ..Car::default() };
/// let vehicle = Vehicle::Car(Box::new(car));
/// assert_eq!(vehicle.name().map(String::as_str), Some("Beetle"));
/// assert_eq!(vehicle.wheels(), 4);
/// assert!(vehicle.get_tags().is_empty());
/// assert_eq!(Vehicle::Other(Box::default()).wheels(), 0);
/// ```
#[macro_export]
macro_rules! variant_members {
    ($vis:vis $type:ident $variants:tt else $other:ident {
        $($method:ident $(as $field:ident)? $(?: $optional:ty)? $(= $copied:ty)? $(: $ty:ty)?),* $(,)?
    }) => {
        impl $type {
            $($crate::variant_members!(
                @member [$vis] $variants $other $method ($($field)?) $(?: $optional)? $(= $copied)? $(: $ty)?
            );)*
        }
    };
    (@member $vis:tt $variants:tt $other:ident $method:ident () $($kind:tt)*) => {
        $crate::variant_members!(@member $vis $variants $other $method ($method) $($kind)*);
    };
    (@member [$vis:vis] ($($variant:ident),*) $other:ident $method:ident ($field:ident) ?: $ty:ty) => {
        /// Returns this member, which every class has.
        #[must_use]
        #[inline]
        $vis fn $method(&self) -> ::core::option::Option<&$ty> {
            match self {
                $(Self::$variant(class) => class.$field.as_ref(),)*
                Self::$other(other) => other.base.$field.as_ref(),
            }
        }
    };
    (@member [$vis:vis] ($($variant:ident),*) $other:ident $method:ident ($field:ident) = $ty:ty) => {
        /// Returns this member, which every class has.
        #[must_use]
        #[inline]
        $vis fn $method(&self) -> $ty {
            match self {
                $(Self::$variant(class) => class.$field,)*
                Self::$other(other) => other.base.$field,
            }
        }
    };
    (@member [$vis:vis] ($($variant:ident),*) $other:ident $method:ident ($field:ident) : $ty:ty) => {
        /// Returns this member, which every class has.
        #[must_use]
        #[inline]
        $vis fn $method(&self) -> &$ty {
            match self {
                $(Self::$variant(class) => &class.$field,)*
                Self::$other(other) => &other.base.$field,
            }
        }
    };
}
