//! Class hierarchies: abstract classes, interfaces, and classes with subclasses.

/// Implements reading and writing for an enum over the known subclasses of a class. The member `__type`, at any position, determines the
/// class. It is not written, since servers refuse types that they do not allow explicitly.
///
/// Each variant contains a `Box` and is followed by the full name of its class. The variant after `else` contains an
/// [`Other`](crate::Other): it is used for unknown classes, and for objects without `__type` unless `untyped` names another variant for these.
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
///
/// With `typed`, the name of the class is written as the first member, for hosts that allow its types. A string after `typed` is the
/// assembly, which is appended to the name; servers do not need it. The `untyped` variant is never written with a type: it is the declared
/// class, and servers refuse its name. An [`Other`](crate::Other) is written with the name that was read.
///
/// ```
/// # use evo_runtime::{Other, record, variants};
/// # #[derive(Debug, Clone, PartialEq, Default)]
/// # struct Dog { barks: bool }
/// # record!(Dog { barks: "Barks" });
/// # #[derive(Debug, Clone, PartialEq, Default)]
/// # struct Animal { name: Option<String> }
/// # record!(Animal { name: "Name" });
/// #[derive(Debug, Clone, PartialEq)]
/// enum AnyAnimal { Animal(Box<Animal>), Dog(Box<Dog>), Other(Box<Other<Animal>>) }
/// variants!(AnyAnimal { Animal: "Lab.Animal", Dog: "Lab.Dog" } typed "Lab" untyped Animal else Other);
///
/// let any: Vec<AnyAnimal> = serde_json::from_str(r#"[{"__type":"Lab.Dog","barks":true},{"name":"A"}]"#)?;
/// assert_eq!(serde_json::to_string(&any)?, r#"[{"__type":"Lab.Dog, Lab","barks":true},{"name":"A"}]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! variants {
    ($type:ident {
        $($variant:ident : $name:literal),* $(,)?
    } $(untyped $untyped:ident)? else $other:ident) => {
        $crate::variants!(@impl $type { $($variant: $name),* } ($($untyped)?) $other {});
    };
    ($type:ident {
        $($variant:ident : $name:literal),* $(,)?
    } typed $($assembly:literal)? $(untyped $untyped:ident)? else $other:ident) => {
        $crate::variants!(@impl $type { $($variant: $name),* } ($($untyped)?) $other {
            #[allow(unreachable_patterns, reason = "the untyped variant is among the others")]
            #[inline]
            fn class(&self) -> ::core::option::Option<::std::borrow::Cow<'_, ::core::primitive::str>> {
                let name = match self {
                    $(Self::$untyped(_) => return ::core::option::Option::None,)?
                    $(Self::$variant(_) => $name,)*
                    Self::$other(content) => return content.qualified_name(),
                };
                #[allow(unreachable_code, reason = "without known classes there is no name")]
                ::core::option::Option::Some($crate::types::variants::qualified(name, &[$($assembly)?]))
            }
        });
    };
    (@impl $type:ident { $($variant:ident : $name:literal),* } ($($untyped:ident)?) $other:ident { $($class:item)* }) => {
        impl $crate::types::variants::Variants for $type {
            #[inline]
            fn choose(
                &mut self,
                type_name: ::core::option::Option<&::core::primitive::str>,
                qualified: ::core::option::Option<&::core::primitive::str>,
            ) {
                *self = match type_name {
                    $(::core::option::Option::Some($name) => Self::$variant(::core::default::Default::default()),)*
                    $(::core::option::Option::None => Self::$untyped(::core::default::Default::default()),)?
                    _ => Self::$other(::std::boxed::Box::new($crate::Other::of_type(qualified))),
                };
            }

            #[inline]
            fn content(&self) -> &dyn $crate::wire::Encode {
                match self {
                    $(Self::$variant(content) => &**content,)*
                    Self::$other(content) => &**content,
                }
            }

            #[inline]
            fn content_mut(&mut self) -> &mut dyn $crate::wire::Decode {
                match self {
                    $(Self::$variant(content) => &mut **content,)*
                    Self::$other(content) => &mut **content,
                }
            }

            $($class)*
        }

        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self {
                $crate::variants!(@default $($untyped)? else $other)
            }
        }

        impl $crate::wire::Encode for $type {
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::types::variants::view(self)
            }
        }

        impl $crate::wire::Decode for $type {
            #[inline]
            fn read(&mut self, input: $crate::wire::Input<'_>) -> ::core::result::Result<bool, $crate::wire::ReadError> {
                $crate::types::variants::read(self, input)
            }

            #[inline]
            fn absent(&mut self) {
                $crate::types::variants::Variants::content_mut(self).absent();
            }
        }

        $crate::__serde_through_wire!($type);
    };
    (@default else $other:ident) => {
        Self::$other(::core::default::Default::default())
    };
    (@default $untyped:ident else $other:ident) => {
        Self::$untyped(::core::default::Default::default())
    };
}
