//! `evo-gen call`.

mod access;
mod answers;
mod host;
mod like_a_client;
mod mistakes;
mod values;
