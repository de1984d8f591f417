//! Why a run stopped.

use std::fmt;

/// The end of a run: what went wrong, where, and what to do about it.
#[derive(Debug)]
pub struct Error {
    stage: Stage,
    code: Option<&'static str>,
    message: String,
    place: Option<String>,
    help: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The part of a run that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The command line or the configuration.
    Usage,
    /// Reading the document.
    Source,
    /// The document itself.
    Document,
    /// Writing the files.
    Write,
}

impl Error {
    /// The command line or the configuration is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Stage::Usage, message)
    }

    /// The document could not be read.
    pub fn source(message: impl Into<String>) -> Self {
        Self::new(Stage::Source, message)
    }

    /// The document cannot be used.
    pub fn document(message: impl Into<String>) -> Self {
        Self::new(Stage::Document, message)
    }

    /// Files could not, or must not, be written.
    pub fn write(message: impl Into<String>) -> Self {
        Self::new(Stage::Write, message)
    }

    fn new(stage: Stage, message: impl Into<String>) -> Self {
        Self { stage, code: None, message: message.into(), place: None, help: None, source: None }
    }

    /// The code that explains it: of what is wrong with a document.
    #[must_use]
    pub(crate) fn coded(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// Where: a path, a URL, or a JSON pointer into the document.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The error that caused this one.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The part of the run that failed.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The code that explains it, as `EVO0006`: `evo-gen explain` tells more. Only what is wrong with a document has one.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        self.code
    }

    /// What went wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it went wrong.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The exit code of the program: 2 usage, 3 source, 4 document, 5 writing.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.stage {
            Stage::Usage => 2,
            Stage::Source => 3,
            Stage::Document => 4,
            Stage::Write => 5,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, " (at {place})")?;
        }
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
