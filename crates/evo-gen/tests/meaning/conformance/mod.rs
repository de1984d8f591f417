//! The cases of `fixtures/protocol/cases.json` about documents and verbs. Each test has the name of its case.
//!
//! evo-runtime tests what a case specifies about serialized bytes; comments refer to the tests there.

mod answers;
mod calls;
mod descriptions;
mod documents;
mod enums;
mod findings;
mod members;
mod names;
mod spelling;
mod table;
mod types;
