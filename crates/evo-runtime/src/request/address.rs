//! Choosing the address of a call.

use super::route;
use crate::client::Settings;
use crate::facts::{Address, Format};
use crate::operations::OperationSpec;
use crate::wire::{Encode, Shape};

/// An address that can take a call.
pub(super) struct Destination {
    pub(super) address: Address,
    /// The path below the base URL, encoded.
    pub(super) path: String,
    /// The indexes of the members in the path.
    pub(super) in_path: Vec<usize>,
}

/// Returns the first of the client's addresses that can take a call.
pub(super) fn destination(
    settings: &Settings,
    spec: &OperationSpec,
    shape: &Shape,
    members: &[&dyn Encode],
) -> Option<Destination> {
    let addresses: &[Address] = match settings.options.format {
        _ if spec.only_routes => &[Address::Routes],
        Format::Json => &settings.options.addresses,
        // Only declared routes and `/jsv/reply` support JSV: `/api` is JSON whatever the headers say.
        Format::Jsv if settings.options.addresses.contains(&Address::Reply) => &[Address::Routes, Address::Reply],
        Format::Jsv => &[Address::Routes],
    };
    addresses.iter().find_map(|address| {
        let folder = match (address, settings.options.format) {
            (Address::Routes, _) => return route::best(spec.routes, shape, members),
            (Address::Api, _) => settings.options.api_path.as_str(),
            (Address::Reply, Format::Json) => "/json/reply",
            (Address::Reply, Format::Jsv) => "/jsv/reply",
        };
        let path = format!("{folder}/{}", super::encoded(spec.name));
        Some(Destination { address: *address, path, in_path: Vec::new() })
    })
}
