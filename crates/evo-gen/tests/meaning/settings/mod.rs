//! Settings: what each of them changes, and that mistakes are errors with help.

mod deprecated;
mod help_lines;
mod idle;
mod inherited;
mod mistakes;
mod required;
mod same_types;
mod secrets;
mod supply_and_resolve;
mod types;
mod validate;
