//! Lists that are read item by item as they arrive.

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, BoxStream, StreamExt as _};

use super::reply::ReplyBody;
use super::{Download, Reply};
use crate::error::{Error, failed_while_writing, soft_only};
use crate::facts::Format;
use crate::wire::{ReadError, Segment, Wire, json};

/// How much of an unreadable list is kept, to look for the error of a server that failed while writing it.
const MAX_UNREADABLE: usize = 64 * 1024;

impl Download {
    /// Returns the items of a JSON list as they arrive, with only one of them in memory at a time. If the server fails while writing the
    /// list, the stream yields the items before the failure and then the server's error.
    ///
    /// See [`guide::files`](crate::guide::files).
    #[must_use]
    pub fn items<T: Wire + Send + 'static>(self) -> BoxStream<'static, Result<T, Error>> {
        stream::try_unfold((self, Splitter::default(), 0), |(mut download, mut list, index)| async move {
            loop {
                if let Some(item) = list.next_item() {
                    let mut value = T::default();
                    return match json::read_slice(&item, &mut value) {
                        Ok(_) => Ok(Some((value, (download, list, index + 1)))),
                        Err(error) => Err(download.list_error(list, item, error, index).await),
                    };
                }
                if list.has_more_than_the_list() {
                    let rest = list.take_rest();
                    let error = ReadError::new("text follows the end of the list");
                    return Err(download.list_error(list, rest, error, index).await);
                }
                match download.chunk().await {
                    Ok(Some(chunk)) => list.buffer.extend_from_slice(&chunk),
                    // Some servers write why they failed and then close the connection.
                    Err(error) => {
                        return Err(match failed_while_writing(&download.head, &list.buffer) {
                            Some(failure) => failure.during(download.operation).caused_by(error),
                            None => error,
                        });
                    }
                    Ok(None) if list.is_complete() => return Ok(None),
                    Ok(None) => {
                        let rest = list.take_rest();
                        let error = match list.state {
                            State::Before => ReadError::new("expected a list"),
                            _ => ReadError::new("the document breaks off").at(rest.len()),
                        };
                        return Err(download.list_error(list, rest, error, index).await);
                    }
                }
            }
        })
        .boxed()
    }

    /// Returns the error for an unreadable item: the server's own error if the rest of the list contains one.
    async fn list_error(&mut self, list: Splitter, item: Bytes, error: ReadError, index: usize) -> Error {
        let mut rest = BytesMut::from(&*item);
        rest.extend_from_slice(&list.buffer);
        while rest.len() < MAX_UNREADABLE
            && let Ok(Some(chunk)) = self.chunk().await
        {
            rest.extend_from_slice(&chunk);
        }
        let (operation, head, rest) = (self.operation, self.head.clone(), rest.freeze());
        let is_list = list.state != State::Before;
        if !is_list && let Some(failure) = soft_only(&head, &rest) {
            return failure.during(operation);
        }
        let error = if is_list { error.within(Segment::Item(index)).after(list.start) } else { error };
        Reply { operation, format: Format::Json, head, content: ReplyBody::Whole(rest) }.undecodable(error)
    }
}

/// Splits a JSON list at its commas, whatever the size of the chunks in which it arrives.
#[derive(Default)]
struct Splitter {
    /// The bytes that have arrived and are not taken yet.
    buffer: BytesMut,
    /// The number of bytes of the buffer already scanned.
    scanned: usize,
    /// The offset of the buffer in the list.
    taken: usize,
    /// The offset of the last item taken.
    start: usize,
    state: State,
    depth: usize,
    is_text: bool,
    is_escaped: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Before the opening bracket.
    #[default]
    Before,
    /// Before the first item.
    First,
    /// After a comma.
    Next,
    /// After the closing bracket.
    After,
}

impl Splitter {
    /// Returns the JSON of the next item, or `None` if more has to arrive or the list has ended. A missing item is `null`.
    fn next_item(&mut self) -> Option<Bytes> {
        while let Some(byte) = self.buffer.get(self.scanned).copied() {
            self.scanned += 1;
            if self.is_text {
                self.is_text = self.is_escaped || byte != b'"';
                self.is_escaped = !self.is_escaped && byte == b'\\';
                continue;
            }
            match (self.state, byte) {
                (State::Before, b'[') if self.is_blank() => {
                    self.state = State::First;
                    self.take(0);
                }
                // Whitespace, or something other than a list.
                (State::Before, _) => {}
                (State::After, _) => return None,
                (_, b'"') => self.is_text = true,
                (_, b'[' | b'{') => self.depth += 1,
                (State::First, b']') if self.depth == 0 && self.is_blank() => {
                    self.state = State::After;
                    self.take(0);
                }
                (_, b']' | b',') if self.depth == 0 => {
                    self.state = if byte == b',' { State::Next } else { State::After };
                    self.start = self.taken;
                    let item = if self.is_blank() { Bytes::from_static(b"null") } else { self.take(1) };
                    self.take(0);
                    return Some(item);
                }
                (_, b']' | b'}') => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        None
    }

    /// Whether the whole list has arrived. An empty body or `null` is an empty list.
    fn is_complete(&self) -> bool {
        match self.state {
            State::Before => matches!(json::without_mark(&self.buffer).trim_ascii(), b"" | b"null"),
            state => state == State::After,
        }
    }

    /// Whether anything follows the closing bracket.
    fn has_more_than_the_list(&self) -> bool {
        self.state == State::After && !self.buffer.trim_ascii().is_empty()
    }

    /// Whether there is nothing but whitespace before the last scanned byte.
    fn is_blank(&self) -> bool {
        self.buffer.get(..self.scanned - 1).is_some_and(|item| json::without_mark(item).trim_ascii().is_empty())
    }

    /// Takes the scanned bytes from the buffer, except for the last `kept` ones.
    fn take(&mut self, kept: usize) -> Bytes {
        let taken = self.buffer.split_to(self.scanned - kept).freeze();
        self.taken += taken.len();
        self.scanned = kept;
        taken
    }

    /// Takes an unterminated item.
    fn take_rest(&mut self) -> Bytes {
        self.start = self.taken;
        std::mem::take(&mut self.buffer).freeze()
    }
}
