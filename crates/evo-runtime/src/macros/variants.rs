//! Abstract classes, interfaces, and classes with subclasses.

/// Makes an enum of the known subclasses of a class travel. `__type`, first or anywhere, says which one it is; it is
/// never written, since servers refuse types that they did not allow.
///
/// Each variant holds a `Box` and is followed by the full name of its class. The variant after `else` holds an
/// [`Other`](crate::Other): it takes classes that are unknown, and objects without `__type` unless `untyped` names
/// another variant for these.
///
/// ```
/// use evo_runtime::{Other, record, variants};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct Dog { barks: bool, name: Option<String> }
/// record!(Dog { barks: "Barks", name: "Name" });
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct AnimalBase { name: Option<String> }
/// record!(AnimalBase { name: "Name" });
///
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// enum Animal { Dog(Box<Dog>), Other(Box<Other<AnimalBase>>) }
/// variants!(Animal { Dog: "Lab.Wire.Dog" } else Other);
///
/// let animal: Animal = serde_json::from_str(r#"{"__type":"Lab.Wire.Dog, Lab","barks":true}"#)?;
/// assert_eq!(animal, Animal::Dog(Box::new(Dog { barks: true, name: None })));
/// assert_eq!(serde_json::to_string(&animal)?, r#"{"barks":true}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! variants {
    ($type:ident {
        $($variant:ident : $name:literal),* $(,)?
    } $(untyped $untyped:ident)? else $other:ident) => {
        impl $crate::types::variants::Variants for $type {
            fn choose(&mut self, type_name: ::core::option::Option<&::core::primitive::str>) {
                *self = match type_name {
                    $(::core::option::Option::Some($name) => Self::$variant(::core::default::Default::default()),)*
                    $(::core::option::Option::None => Self::$untyped(::core::default::Default::default()),)?
                    other => Self::$other(::std::boxed::Box::new($crate::Other::of_type(other))),
                };
            }

            fn content(&self) -> &dyn $crate::wire::Wire {
                match self {
                    $(Self::$variant(content) => &**content,)*
                    Self::$other(content) => &**content,
                }
            }

            fn content_mut(&mut self) -> &mut dyn $crate::wire::Wire {
                match self {
                    $(Self::$variant(content) => &mut **content,)*
                    Self::$other(content) => &mut **content,
                }
            }
        }

        impl ::core::default::Default for $type {
            fn default() -> Self {
                $crate::variants!(@default $($untyped)? else $other)
            }
        }

        impl $crate::wire::Wire for $type {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::Wire::view($crate::types::variants::Variants::content(self))
            }

            fn read(&mut self, input: $crate::wire::Input<'_>) -> ::core::result::Result<(), $crate::wire::ReadError> {
                $crate::types::variants::read(self, input)
            }
        }

        $crate::serde_through_wire!($type);
    };
    (@default else $other:ident) => {
        Self::$other(::core::default::Default::default())
    };
    (@default $untyped:ident else $other:ident) => {
        Self::$untyped(::core::default::Default::default())
    };
}
