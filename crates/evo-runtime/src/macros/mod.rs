//! The macros of generated code: what a type says about itself, in one line.

mod choice;
mod collection;
mod flags;
mod operation;
mod record;
mod setters;
mod variants;
