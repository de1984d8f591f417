//! A program's own types as members of generated types.

/// Implements reading and writing through serde for a type with `Serialize`, `Deserialize` and `Default`. Use it for types that replace a type of
/// the service in the configuration of evo-gen.
///
/// `Deserialize` and `Serialize` determine what is read and written in JSON, JSV and queries. The type must be defined in the crate that calls
/// the macro; wrap a type of another crate in a newtype with `#[serde(transparent)]`.
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
