//! A service of notes: one operation returns a value, and one returns a file.

use evo_runtime::{Download, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Note {
    pub text: Option<String>,
}
record!(Note { text: "Text" });

#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadNote {
    pub text: Option<String>,
}
record!(ReadNote { text: "Text" });
operation!(ReadNote: GET => Note);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadFile {
    pub text: Option<String>,
}
record!(ReadFile { text: "Text" });
operation!(ReadFile: GET => raw Download);
