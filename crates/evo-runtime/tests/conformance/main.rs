//! One test for each case of the protocol's table, named after the case; `given` and `expect` come from the table.

mod case;

mod json;
mod jsv;
