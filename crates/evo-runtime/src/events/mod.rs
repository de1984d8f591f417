//! Server Events: messages that a service publishes to its subscribers.
//!
//! A client subscribes to channels and receives a stream of [`Event`]s: messages from the service, subscribers that join and leave, and
//! changes of the connection. The subscription uses the cookies and credentials of the client, sends heartbeats as often as the server
//! requires, detects dead connections, and reconnects with its current channels.
//!
//! [`guide::server_events`](crate::guide::server_events) shows how to read events, and how to use [`Handlers`] to call a function for each
//! type.
//!
//! Nothing runs in the background: a stream makes progress only while it is polled, and the caller spawns a task for it if needed. The one
//! exception is the task that unregisters a dropped stream ([`EventsBuilder::unregister_on_drop`]).
//!
//! Heartbeats and pauses need [`Transport::sleep`](crate::Transport::sleep). With a transport that has no timer, a subscription sends no
//! heartbeats and ends with its first connection.
//!
//! <https://docs.servicestack.net/server-events>

mod backoff;
mod builder;
mod event;
mod frames;
mod handlers;
mod message;
mod open;
mod requests;
mod stream;
mod subscription;

pub use self::builder::EventsBuilder;
pub use self::event::{Connection, Event, Subscriber};
pub use self::frames::{Frame, FrameReader, FrameTooLong};
pub use self::handlers::Handlers;
pub use self::message::{Message, Selector};
pub use self::stream::Events;
pub use self::subscription::Subscription;
