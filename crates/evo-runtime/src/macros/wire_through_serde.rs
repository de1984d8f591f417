//! Types of a program as members of generated types.

/// Makes a type that has serde's traits and `Default` travel; for types that replace a type of the service in the configuration of evo-gen.
///
/// It reads any value that its `Deserialize` reads, and is written as its `Serialize` says, in JSON, in JSV and in queries. The type has to belong
/// to the crate that calls the macro; a type of another crate needs a newtype with `#[serde(transparent)]`.
///
/// ```
/// use evo_runtime::{record, wire_through_serde};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
/// #[serde(rename_all = "camelCase")]
/// struct Position {
///     latitude: f64,
///     longitude: f64,
/// }
/// wire_through_serde!(Position);
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct Shop {
///     position: Option<Position>,
/// }
/// record!(Shop { position: "Position" });
///
/// let shop: Shop = serde_json::from_str(r#"{"position":{"latitude":47.5,"longitude":"8.25"}}"#)?;
/// assert_eq!(shop.position, Some(Position { latitude: 47.5, longitude: 8.25 }));
/// assert_eq!(serde_json::to_string(&shop)?, r#"{"position":{"latitude":47.5,"longitude":8.25}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! wire_through_serde {
    ($type:ty) => {
        impl $crate::wire::Encode for $type {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::types::through_serde::view(self)
            }
        }

        impl $crate::wire::Decode for $type {
            fn read(
                &mut self,
                input: $crate::wire::Input<'_>,
            ) -> ::core::result::Result<bool, $crate::wire::ReadError> {
                $crate::types::through_serde::read(self, input)
            }
        }
    };
}
