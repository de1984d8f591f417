//! The data of a frame: `[channel@]selector body`.

use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::types::Value;
use crate::wire::encode::may_be_null;
use crate::wire::{Decode, Input, ReadError, Wire, json};

/// A message from the service, or from the server itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    id: Option<u64>,
    channel: Option<String>,
    selector: Selector,
    body: String,
}

impl Message {
    /// Parses the data of a frame. It is split at the first space, and the part before that at the first `@`. Data without a space is all
    /// body.
    #[must_use]
    pub fn parse(id: &str, data: &str) -> Self {
        let (address, body) = data.split_once(' ').unwrap_or(("", data));
        let (channel, selector) = match address.split_once('@') {
            Some((channel, selector)) => (Some(channel.to_owned()), selector),
            None => (None, address),
        };
        Self { id: id.parse().ok(), channel, selector: Selector::new(selector), body: body.to_owned() }
    }

    /// Returns the number of the frame, counted from 1 in each connection.
    #[must_use]
    pub fn id(&self) -> Option<u64> {
        self.id
    }

    /// Returns the channel of the message, or `None` if it is only for this subscription or user.
    #[must_use]
    pub fn channel(&self) -> Option<&str> {
        self.channel.as_deref()
    }

    /// Returns the selector of the message.
    #[must_use]
    pub fn selector(&self) -> &Selector {
        &self.selector
    }

    /// Returns the body as it was sent, which is nearly always JSON.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Returns the text of the message: the value of the body if it is a JSON string, and otherwise the body as it was sent.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        serde_json::from_str(&self.body).map_or(Cow::Borrowed(&self.body), Cow::Owned)
    }

    /// Returns the body as JSON, or `None` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        json::from_slice(self.body.as_bytes()).ok().filter(|_| !self.body.is_empty())
    }

    /// Decodes the body as JSON if it is JSON, and otherwise as text. An empty body is the default value.
    ///
    /// # Errors
    ///
    /// If the body does not match the type. The error contains the path to the member.
    pub fn decode<T: Wire>(&self) -> Result<T, Error> {
        let mut value = T::default();
        let why = match self.decode_into(&mut value) {
            Ok(is_there) if is_there || may_be_null(&value) => return Ok(value),
            Ok(_) => "the body is `null`".to_owned(),
            Err(error) => error.to_string(),
        };
        Err(Error::new(ErrorKind::Decode, format!("the event {} cannot be read: {why}", self.selector)))
    }

    /// Returns whether there was a value.
    fn decode_into(&self, value: &mut dyn Decode) -> Result<bool, ReadError> {
        if self.body.is_empty() {
            return Ok(true);
        }
        let outcome = json::read_slice(self.body.as_bytes(), value);
        let is_text = outcome.is_err() && !self.body.starts_with(['{', '[', '"']) && self.json().is_none();
        if is_text { value.read(Input::Str(&self.body)) } else { outcome }
    }

    /// Whether the message has this selector: `cmd.ChatMessage` matches any channel, `home@cmd.ChatMessage` only that one. CSS selectors
    /// are ignored.
    #[must_use]
    pub fn is(&self, selector: &str) -> bool {
        match selector.split_once('@') {
            Some((channel, name)) => self.channel() == Some(channel) && self.selector.name() == name,
            None => self.selector.name() == selector,
        }
    }
}

/// The selector of a message, `op.target$css`, as it was published.
///
/// ```
/// use evo_runtime::events::Selector;
///
/// let selector = Selector::new("css.background$#top%20bar");
/// assert_eq!((selector.op(), selector.target()), ("css", "background"));
/// assert_eq!(selector.css().as_deref(), Some("#top bar"));
/// assert_eq!(selector.as_str(), "css.background$#top%20bar");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Selector(String);

impl Selector {
    /// Creates a selector.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the selector as it was published.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns operation and target, without the CSS selector: `cmd.ChatMessage`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.split_once('$').map_or(&self.0, |(name, _)| name)
    }

    /// Returns the receiver of the message: `cmd`, `trigger`, `css`, `document`, `window` or another name. Empty if there is no `.`.
    #[must_use]
    pub fn op(&self) -> &str {
        self.name().split_once('.').map_or("", |(op, _)| op)
    }

    /// Returns the name of the command, or the name of the type if an object was published.
    #[must_use]
    pub fn target(&self) -> &str {
        let name = self.name();
        name.split_once('.').map_or(name, |(_, target)| target)
    }

    /// Returns the CSS selector of the elements concerned, with `%20` replaced by spaces.
    #[must_use]
    pub fn css(&self) -> Option<Cow<'_, str>> {
        let (_, css) = self.0.split_once('$')?;
        Some(if css.contains("%20") { Cow::Owned(css.replace("%20", " ")) } else { Cow::Borrowed(css) })
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
