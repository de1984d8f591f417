//! Secret strings.

use std::fmt;

use http::HeaderValue;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A password, token or key. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Secret {
    /// Returns the secret itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns the secret as a header value, after a prefix. `what` names it in the error for characters that a header cannot contain.
    pub(crate) fn header(&self, prefix: &str, what: &str) -> Result<HeaderValue, Error> {
        sensitive(format!("{prefix}{}", self.0), what)
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

/// Creates a header value that is never shown.
pub(super) fn sensitive(text: String, what: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::try_from(text).map_err(|_| {
        Error::new(ErrorKind::Configuration, format!("the {what} holds a character that no header can carry"))
    })?;
    value.set_sensitive(true);
    Ok(value)
}
