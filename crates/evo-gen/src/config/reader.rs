//! Values of `evo-gen.toml`, and where one is wrong.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::DeValue;

use crate::Error;

/// Reads values and says where one is wrong.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub path: &'a Path,
}

impl Reader<'_> {
    pub fn string(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<String, Error> {
        match value.get_ref().as_str() {
            Some("") => Err(self.error(&value.span(), &format!("`{key}` is empty"))),
            Some(text) => Ok(text.to_owned()),
            None => Err(self.expected(key, value, "a string")),
        }
    }

    pub fn expected(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> Error {
        let found = value.get_ref().type_str();
        self.error(&value.span(), &format!("`{key}` must be {expected}, and is of type {found}"))
    }

    pub fn error(&self, span: &Range<usize>, message: &str) -> Error {
        let line = self.text.get(..span.start).unwrap_or(self.text).matches('\n').count() + 1;
        Error::usage(message).at(format!("{}:{line}", self.path.display()))
    }
}
