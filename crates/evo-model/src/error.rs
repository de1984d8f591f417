//! Why a run stopped.

use std::fmt;

/// The end of a run: what went wrong, where, and what to do about it.
///
/// `Debug` is made for people, since that is what `fn main() -> Result<(), Error>` and a build script print: the message, the help and
/// the causes, each in a line.
pub struct Error {
    stage: Stage,
    code: Option<&'static str>,
    message: String,
    place: Option<String>,
    help: Option<String>,
    /// The setting that it concerns: the key, and the entry below it.
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
        Self { stage, code: None, message: message.into(), place: None, help: None, setting: None, source: None }
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

    /// The setting that it concerns: the key, and the entry of the table or list below it. Whoever knows the configuration adds the
    /// place where it is stated.
    #[must_use]
    pub fn setting(mut self, key: &str, entry: Option<&str>) -> Self {
        self.setting = Some((key.to_owned(), entry.map(str::to_owned)));
        self
    }

    /// The setting that it concerns.
    pub fn setting_name(&self) -> Option<(&str, Option<&str>)> {
        self.setting.as_ref().map(|(key, entry)| (key.as_str(), entry.as_deref()))
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

impl Error {
    /// The message with the code and the place.
    fn headline(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.place {
            Some(place) => write!(f, " (at {place})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.headline(f)?;
        if let Some(help) = &self.help {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_people_the_message_the_help_and_the_causes() {
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
        // Inside of another value it is the same text.
        assert_eq!(format!("{:?}", Err::<(), _>(Error::usage("no source"))), "Err(no source)");
    }
}
