//! Methods of enums over classes: one for each class, and one for each member that all classes have.

/// Gives an enum over classes a method for each class, which returns the class if the value is of it.
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
                /// The class, if the value is of it.
                #[must_use]
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

/// Gives an enum over classes a method for each member that all classes have. The variants stand in parentheses, and behind `else` that of
/// unknown classes.
///
/// A method returns a reference to the member; with `=` the value itself, and with `?:` an `Option` of a reference to what the member, an
/// `Option`, holds. A method that has another name than its member names that after `as`.
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
        /// The member that every class has.
        #[must_use]
        $vis fn $method(&self) -> ::core::option::Option<&$ty> {
            match self {
                $(Self::$variant(class) => class.$field.as_ref(),)*
                Self::$other(other) => other.base.$field.as_ref(),
            }
        }
    };
    (@member [$vis:vis] ($($variant:ident),*) $other:ident $method:ident ($field:ident) = $ty:ty) => {
        /// The member that every class has.
        #[must_use]
        $vis fn $method(&self) -> $ty {
            match self {
                $(Self::$variant(class) => class.$field,)*
                Self::$other(other) => other.base.$field,
            }
        }
    };
    (@member [$vis:vis] ($($variant:ident),*) $other:ident $method:ident ($field:ident) : $ty:ty) => {
        /// The member that every class has.
        #[must_use]
        $vis fn $method(&self) -> &$ty {
            match self {
                $(Self::$variant(class) => &class.$field,)*
                Self::$other(other) => &other.base.$field,
            }
        }
    };
}
