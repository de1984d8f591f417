//! Which addresses a call can go to.

use super::route;
use crate::client::Settings;
use crate::facts::{Address, Format};
use crate::operations::OperationSpec;
use crate::wire::{Shape, Wire};

/// A place that can take a call.
pub(super) struct Place {
    pub(super) address: Address,
    /// The path below the base URL, encoded.
    pub(super) path: String,
    /// The indexes of the members that stand in the path.
    pub(super) used: Vec<usize>,
}

/// The places that can take a call, best first.
pub(super) fn places<'a>(
    settings: &'a Settings,
    spec: &'a OperationSpec,
    shape: &'a Shape,
    members: &'a [&dyn Wire],
) -> impl Iterator<Item = Place> + 'a {
    // JSV travels on declared routes and on `/jsv/reply` only: `/api` is JSON whatever the headers say.
    let jsv: &[Address] = if settings.addresses.contains(&Address::Reply) {
        &[Address::Routes, Address::Reply]
    } else {
        &[Address::Routes]
    };
    let addresses = match settings.format {
        Format::Json => &*settings.addresses,
        Format::Jsv => jsv,
    };
    addresses.iter().filter_map(move |address| match address {
        Address::Routes => {
            let route = route::best(spec.routes, shape, members)?;
            Some(Place { address: Address::Routes, path: route.path, used: route.used })
        }
        Address::Api => Some(predefined(Address::Api, "/api/", spec)),
        Address::Reply => {
            let folder = match settings.format {
                Format::Json => "/json/reply/",
                Format::Jsv => "/jsv/reply/",
            };
            Some(predefined(Address::Reply, folder, spec))
        }
    })
}

fn predefined(address: Address, folder: &str, spec: &OperationSpec) -> Place {
    let mut path = String::with_capacity(folder.len() + spec.name.len());
    path.push_str(folder);
    path.extend(percent_encoding::utf8_percent_encode(spec.name, super::query::ENCODED));
    Place { address, path, used: Vec::new() }
}
