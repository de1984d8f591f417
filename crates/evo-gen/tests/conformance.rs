//! The cases of `fixtures/protocol/cases.json` that concern documents and verbs, each a test of its name.
//!
//! What a case says about bytes on the wire is the runtime's: a comment names the test there.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod conformance {
    mod answers;
    mod calls;
    mod documents;
    mod enums;
    mod findings;
    mod made;
    mod members;
    mod names;
    mod spelling;
    mod table;
    mod types;
}
