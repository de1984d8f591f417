//! Rust code as tokens: names, numbers and paths, and how a file of tokens is printed.

mod calls;
mod names;
mod numbers;
mod print;
mod scope;
mod spacing;

pub(super) use self::names::{escape_keyword, ident, path};
pub(super) use self::numbers::{integer, typed_integer};
pub(super) use self::print::print;
pub(super) use self::scope::Scope;

/// The width of lines of code whose parts are short enough.
pub(super) const WIDTH: usize = 100;
