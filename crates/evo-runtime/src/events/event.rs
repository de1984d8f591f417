//! Events, including the commands of the server.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use super::{Frame, Message};
use crate::error::Error;
use crate::types::Value;
use crate::wire::json;

/// An event of a subscription.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// The subscription was established (`cmd.onConnect`). It has a new id each time.
    Connected {
        /// The message as it arrived.
        message: Message,
        /// The server's description of the subscription.
        connection: Connection,
    },
    /// A subscriber, possibly this one, joined the channel of the message (`cmd.onJoin`).
    Joined {
        /// The message as it arrived.
        message: Message,
        /// The subscriber who joined.
        subscriber: Subscriber,
    },
    /// A subscriber left the channel of the message (`cmd.onLeave`).
    Left {
        /// The message as it arrived.
        message: Message,
        /// The subscriber who left.
        subscriber: Subscriber,
    },
    /// A subscriber, possibly this one, changed channels (`cmd.onUpdate`). The server announces this on each channel, once for the channels
    /// that were left and once for those that were joined.
    Updated {
        /// The message as it arrived.
        message: Message,
        /// The subscriber, with the new channels.
        subscriber: Subscriber,
    },
    /// The server received the heartbeat of this subscription (`cmd.onHeartbeat`).
    Heartbeat {
        /// The message as it arrived.
        message: Message,
        /// This subscriber.
        subscriber: Subscriber,
    },
    /// Any other message that was published.
    Message(Message),
    /// The connection was lost or could not be made. The stream reconnects. Messages published in the meantime are lost.
    Reconnecting {
        /// The reason.
        error: Error,
        /// The number of connections that failed in a row.
        failures: u32,
        /// The pause before the stream reconnects.
        wait: Duration,
    },
}

impl Event {
    /// Returns the message of the event, or `None` for events of the client itself.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        match self {
            Self::Connected { message, .. }
            | Self::Joined { message, .. }
            | Self::Left { message, .. }
            | Self::Updated { message, .. }
            | Self::Heartbeat { message, .. }
            | Self::Message(message) => Some(message),
            Self::Reconnecting { .. } => None,
        }
    }
}

impl From<Frame> for Event {
    fn from(frame: Frame) -> Self {
        Self::from(Message::parse(&frame.id, &frame.data))
    }
}

/// A command whose body cannot be read is treated as any other message.
impl From<Message> for Event {
    fn from(message: Message) -> Self {
        let command = if message.selector().op() == "cmd" { message.selector().target() } else { "" };
        if !matches!(command, "onConnect" | "onJoin" | "onLeave" | "onUpdate" | "onHeartbeat") {
            return Self::Message(message);
        }
        let Ok(members) = json::from_slice(message.body().as_bytes()) else { return Self::Message(message) };
        let members = Members(members);
        match command {
            "onConnect" => match Connection::take(members) {
                Some(connection) => Self::Connected { message, connection },
                None => Self::Message(message),
            },
            "onJoin" => Self::Joined { message, subscriber: Subscriber::take(members) },
            "onLeave" => Self::Left { message, subscriber: Subscriber::take(members) },
            "onUpdate" => Self::Updated { message, subscriber: Subscriber::take(members) },
            _ => Self::Heartbeat { message, subscriber: Subscriber::take(members) },
        }
    }
}

/// The server's description of a subscription of this client.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Connection {
    /// The id of the subscription.
    pub id: String,
    /// The user that the server associates with this client.
    pub subscriber: Subscriber,
    /// How often the server expects a heartbeat, if it specifies that.
    pub heartbeat_interval: Option<Duration>,
    /// The time without a heartbeat after which the server may end the subscription, if it specifies one.
    pub idle_timeout: Option<Duration>,
    /// The URL for heartbeats from the server's point of view, whose host may differ behind a proxy. The client uses only its path and
    /// query.
    pub heartbeat_url: Option<String>,
    /// The URL that ends the subscription, from the server's point of view.
    pub unregister_url: Option<String>,
    /// The URL that changes the channels, from the server's point of view.
    pub update_url: Option<String>,
}

impl Connection {
    fn take(mut members: Members) -> Option<Self> {
        let id = members.text("id").filter(|id| !id.is_empty())?;
        let mut milliseconds = |name| members.text(name)?.parse().ok().filter(|ms| *ms > 0).map(Duration::from_millis);
        let heartbeat_interval = milliseconds("heartbeatIntervalMs");
        let idle_timeout = milliseconds("idleTimeoutMs");
        let mut url = |name| members.text(name).filter(|url| !url.is_empty());
        let (heartbeat_url, unregister_url, update_url) =
            (url("heartbeatUrl"), url("unRegisterUrl"), url("updateSubscriberUrl"));
        let subscriber = Subscriber::take(members);
        Some(Self { id, subscriber, heartbeat_interval, idle_timeout, heartbeat_url, unregister_url, update_url })
    }
}

/// A subscriber.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Subscriber {
    /// The id of the user. Users who are not signed in have negative numbers.
    pub user_id: Option<String>,
    /// The display name.
    pub display_name: Option<String>,
    /// A picture, often as a `data:` URL.
    pub profile_url: Option<String>,
    /// The channels of the subscriber.
    pub channels: Vec<String>,
    /// Whether the user is signed in.
    pub is_authenticated: bool,
    /// When the subscription began.
    pub created_at: Option<Timestamp>,
    /// Additional data that the service provides about its subscribers.
    pub meta: BTreeMap<String, String>,
}

impl Subscriber {
    fn take(mut members: Members) -> Self {
        Self {
            user_id: members.text("userId"),
            display_name: members.text("displayName"),
            profile_url: members.text("profileUrl"),
            channels: members.text("channels").map(|text| channels_of([text])).unwrap_or_default(),
            is_authenticated: members.text("isAuthenticated").is_some_and(|text| text.eq_ignore_ascii_case("true")),
            created_at: members
                .text("createdAt")
                .and_then(|text| text.parse().ok())
                .and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()),
            meta: members.0.into_iter().filter_map(|(name, value)| Some((name, text_of(value)?))).collect(),
        }
    }

    /// Reads the subscribers in the response to `/event-subscribers`.
    pub(super) fn all(list: Vec<serde_json::Map<String, Value>>) -> Vec<Self> {
        list.into_iter().map(|members| Self::take(Members(members))).collect()
    }
}

/// Splits names, each of which may contain several channels separated by commas, into unique channels.
pub(super) fn channels_of(names: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    let mut channels: Vec<String> = Vec::new();
    for names in names {
        for name in names.into().split(',').filter(|name| !name.is_empty()) {
            if !channels.iter().any(|known| known == name) {
                channels.push(name.to_owned());
            }
        }
    }
    channels
}

/// The members of a command, which are all strings.
struct Members(serde_json::Map<String, Value>);

impl Members {
    /// Removes and returns a member, whatever the case of its name.
    fn text(&mut self, name: &str) -> Option<String> {
        let key = self.0.keys().find(|key| key.eq_ignore_ascii_case(name))?.clone();
        text_of(self.0.shift_remove(&key)?)
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
