//! One test for each case of the protocol's table, named after the case; `given` and `expect` come from the table.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking, and all of them have one form"
)]

mod case;

mod json;
mod jsv;
