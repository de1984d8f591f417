//! Responses that are not JSON documents.

use bytes::Bytes;

use super::AnswerShape;
use crate::client::{Download, Reply};
use crate::error::Error;

/// A response type of an operation declared as `raw`.
pub trait RawAnswer: Sized {
    /// How the body is read.
    const SHAPE: AnswerShape;

    /// Converts the response.
    ///
    /// # Errors
    ///
    /// If the body does not match this type.
    fn from_reply(reply: Reply) -> Result<Self, Error>;
}

impl RawAnswer for String {
    const SHAPE: AnswerShape = AnswerShape::Raw;

    fn from_reply(reply: Reply) -> Result<Self, Error> {
        reply.into_text()
    }
}

impl RawAnswer for Bytes {
    const SHAPE: AnswerShape = AnswerShape::Raw;

    fn from_reply(reply: Reply) -> Result<Self, Error> {
        reply.into_answered_bytes()
    }
}

impl RawAnswer for Download {
    const SHAPE: AnswerShape = AnswerShape::Stream;

    fn from_reply(reply: Reply) -> Result<Self, Error> {
        Ok(reply.into_download())
    }
}
