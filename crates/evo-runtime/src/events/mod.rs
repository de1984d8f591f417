//! Server Events: what a service publishes to its subscribers.
//!
//! A client subscribes to channels and receives a stream of [`Event`]s: messages of the service, who joins and leaves, and changes of
//! the connection. The subscription uses the cookies and credentials of the client, sends heartbeats as often as the server asks for,
//! detects dead connections, and reconnects with the channels that it has by then.
//!
//! ```no_run
//! use evo_runtime::events::Event;
//! use evo_runtime::{Client, record};
//!
//! #[derive(Debug, Clone, PartialEq, Default)]
//! struct ChatMessage {
//!     from: Option<String>,
//!     text: Option<String>,
//! }
//! record!(ChatMessage { from: "From", text: "Text" });
//!
//! # async fn listen(client: Client) -> Result<(), evo_runtime::Error> {
//! let mut events = client.events(["home", "away"]).connect().await?;
//! let subscription = events.subscription();
//! while let Some(event) = events.next().await {
//!     match event? {
//!         Event::Joined { subscriber, .. } => println!("{:?} is here", subscriber.display_name),
//!         Event::Message(message) if message.is("cmd.ChatMessage") => {
//!             let chat: ChatMessage = message.decode()?;
//!             println!("{:?}: {:?}", chat.from, chat.text);
//!             if chat.text.as_deref() == Some("enough") {
//!                 subscription.unsubscribe(["away"]).await?;
//!             }
//!         }
//!         Event::Reconnecting { error, wait, .. } => println!("{error}; trying again in {wait:?}"),
//!         _ => {}
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`Handlers`] call a function for each type instead:
//!
//! ```no_run
//! # use evo_runtime::{Client, record};
//! # #[derive(Debug, Clone, PartialEq, Default)]
//! # struct ChatMessage {
//! #     text: Option<String>,
//! # }
//! # record!(ChatMessage { text: "Text" });
//! use evo_runtime::events::Handlers;
//!
//! # async fn listen(client: Client) -> Result<(), evo_runtime::Error> {
//! let mut handlers = Handlers::new()
//!     .on("cmd.ChatMessage", |chat: ChatMessage| println!("{:?}", chat.text))
//!     .on("home@cmd.announce", |text: String| println!("{text}"))
//!     .on_error(|error| eprintln!("{error}"));
//! client.events(["home"]).start().run(&mut handlers).await
//! # }
//! ```
//!
//! Nothing runs in the background: a stream works while it is polled, and the caller spawns a task for it if needed. The one exception
//! is the task that unregisters a stream that is dropped ([`EventsBuilder::unregister_on_drop`]).
//!
//! Heartbeats and pauses need [`Transport::sleep`](crate::Transport::sleep); over a transport without a clock a subscription sends no
//! heartbeats, and ends with its first connection.
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
