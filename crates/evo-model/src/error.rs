//! The error of a run.

use std::fmt;

/// The error that ends a run, with its location and help.
///
/// `Debug` prints the message, the help and the causes, each on its own line, because `fn main() -> Result<(), Error>` and build scripts
/// show errors with `Debug`.
pub struct Error(Box<Parts>);

/// The content of an error. It is boxed, because almost every function returns the error type.
struct Parts {
    stage: Stage,
    code: Option<&'static str>,
    message: String,
    place: Option<String>,
    help: Option<String>,
    /// The setting that caused the error: the key, and the entry below it.
    setting: Option<(String, Option<String>)>,
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
    /// Creates an error in the command line or the configuration.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Stage::Usage, message)
    }

    /// Creates an error for a document that could not be read.
    pub fn source(message: impl Into<String>) -> Self {
        Self::new(Stage::Source, message)
    }

    /// Creates an error for a document that cannot be used.
    pub fn document(message: impl Into<String>) -> Self {
        Self::new(Stage::Document, message)
    }

    /// Creates an error for files that could not, or must not, be written.
    pub fn write(message: impl Into<String>) -> Self {
        Self::new(Stage::Write, message)
    }

    fn new(stage: Stage, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Parts { stage, code: None, message, place: None, help: None, setting: None, source: None }))
    }

    /// Adds the code of an error in a document.
    #[must_use]
    pub(crate) fn coded(mut self, code: &'static str) -> Self {
        self.0.code = Some(code);
        self
    }

    /// Adds the location: a path, a URL, or a JSON pointer into the document.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.0.place = Some(place.into());
        self
    }

    /// Adds help: how to fix the error.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Adds the setting that caused the error: the key, and the entry of the table or list below it. A caller that knows the configuration
    /// file adds the location.
    #[must_use]
    pub fn setting(mut self, key: &str, entry: Option<&str>) -> Self {
        self.0.setting = Some((key.to_owned(), entry.map(str::to_owned)));
        self
    }

    /// Returns the setting that caused the error, if any.
    #[must_use]
    pub fn setting_name(&self) -> Option<(&str, Option<&str>)> {
        self.0.setting.as_ref().map(|(key, entry)| (key.as_str(), entry.as_deref()))
    }

    /// Adds the error that caused this one.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the part of the run that failed.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.0.stage
    }

    /// Returns the code for `evo-gen explain`, such as `EVO0006`. Only errors in documents have one.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        self.0.code
    }

    /// Returns the message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the location: a path, `path:line:column`, a URL, a flag, or a JSON pointer into the document.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// Returns the help, if any.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// Returns the exit code of the program: 2 usage, 3 source, 4 document, 5 writing.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.0.stage {
            Stage::Usage => 2,
            Stage::Source => 3,
            Stage::Document => 4,
            Stage::Write => 5,
        }
    }
}

impl Error {
    /// Writes the message with the code and the location.
    fn headline(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.0.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.0.message)?;
        match &self.0.place {
            Some(place) => write!(f, " (at {place})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.headline(f)?;
        if let Some(help) = &self.0.help {
            write!(f, "\n  help: {help}")?;
        }
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            write!(f, "\n  caused by: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.headline(f)?;
        if let Some(help) = &self.0.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_prints_the_message_the_help_and_the_causes() {
        let cause = Error::source("the host refuses the connection").caused_by(std::io::Error::other("os error 111"));
        let error = Error::document("the document is empty")
            .coded("EVO0006")
            .at("api.json:1:1")
            .help("fetch it again")
            .caused_by(cause);
        assert_eq!(
            format!("{error:?}"),
            "EVO0006: the document is empty (at api.json:1:1)\n  help: fetch it again\n  \
             caused by: the host refuses the connection\n  caused by: os error 111"
        );
        assert_eq!(format!("{:?}", Error::usage("no source")), "no source");
        // The output is the same inside another value.
        assert_eq!(format!("{:?}", Err::<(), _>(Error::usage("no source"))), "Err(no source)");
    }
}
