//! `evo-gen call`.

mod access;
mod answers;
mod host;
mod mistakes;
mod values;
