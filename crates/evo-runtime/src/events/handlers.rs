//! Dispatching events to functions by selector.

use super::{Event, Message};
use crate::error::Error;
use crate::wire::Wire;

/// Handles any event.
type Listener = Box<dyn FnMut(&Event) + Send>;

/// Handles a message, or fails if it cannot be decoded.
type Handler = Box<dyn FnMut(&Message) -> Result<(), Error> + Send>;

/// Functions that handle the events of a subscription, by selector.
///
/// A selector is `cmd.ChatMessage` or, for a single channel, `home@cmd.ChatMessage`. An object that a service publishes has the selector
/// `cmd.` followed by the name of its type. An event is passed to every handler with its selector.
///
/// See [`guide::server_events`](crate::guide::server_events).
#[derive(Default)]
#[must_use]
pub struct Handlers {
    by_selector: Vec<(String, Handler)>,
    every: Vec<Listener>,
    failed: Option<Box<dyn FnMut(Error) + Send>>,
}

impl Handlers {
    /// Creates an empty set of handlers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a handler that receives messages decoded as a type.
    pub fn on<T: Wire>(self, selector: impl Into<String>, mut handler: impl FnMut(T) + Send + 'static) -> Self {
        self.add(selector.into(), Box::new(move |message| message.decode().map(&mut handler)))
    }

    /// Adds a handler that receives messages as they arrived.
    pub fn on_message(self, selector: impl Into<String>, mut handler: impl FnMut(&Message) + Send + 'static) -> Self {
        self.add(
            selector.into(),
            Box::new(move |message| {
                handler(message);
                Ok(())
            }),
        )
    }

    /// Adds a handler for all events, including those of the client itself.
    pub fn on_event(mut self, handler: impl FnMut(&Event) + Send + 'static) -> Self {
        self.every.push(Box::new(handler));
        self
    }

    /// Sets a handler for messages that do not match the type of their handler. Without it, [`dispatch`](Self::dispatch) returns the error.
    pub fn on_error(mut self, handler: impl FnMut(Error) + Send + 'static) -> Self {
        self.failed = Some(Box::new(handler));
        self
    }

    fn add(mut self, selector: String, handler: Handler) -> Self {
        self.by_selector.push((selector, handler));
        self
    }

    /// Passes an event to its handlers; returns whether there was one for its selector.
    ///
    /// # Errors
    ///
    /// If the body does not match the type of a handler and [`on_error`](Self::on_error) is not set. The other handlers are called all the
    /// same.
    pub fn dispatch(&mut self, event: &Event) -> Result<bool, Error> {
        for handler in &mut self.every {
            handler(event);
        }
        let Some(message) = event.message() else { return Ok(false) };
        let (mut is_handled, mut first_error) = (false, None);
        for (selector, handler) in &mut self.by_selector {
            if !message.is(selector) {
                continue;
            }
            is_handled = true;
            if let Err(error) = handler(message) {
                match &mut self.failed {
                    Some(failed) => failed(error),
                    None => first_error = first_error.or(Some(error)),
                }
            }
        }
        first_error.map_or(Ok(is_handled), Err)
    }
}

impl std::fmt::Debug for Handlers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let selectors: Vec<&str> = self.by_selector.iter().map(|(selector, _)| selector.as_str()).collect();
        f.debug_struct("Handlers").field("selectors", &selectors).finish_non_exhaustive()
    }
}
