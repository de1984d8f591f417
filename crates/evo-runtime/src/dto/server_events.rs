//! Server Events subscriptions: <https://docs.servicestack.net/server-events>.

use super::ResponseStatus;
use crate::{record, setters};

/// Changes the channels of a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct UpdateEventSubscriber {
    /// The id of the subscription.
    pub id: Option<String>,
    /// The channels to join.
    pub subscribe_channels: Option<Vec<String>>,
    /// The channels to leave.
    pub unsubscribe_channels: Option<Vec<String>>,
}

record!(UpdateEventSubscriber {
    id: "Id",
    subscribe_channels: "SubscribeChannels",
    unsubscribe_channels: "UnsubscribeChannels"
});
setters!(UpdateEventSubscriber() { id: String, subscribe_channels: Vec<String>, unsubscribe_channels: Vec<String> });

/// The response to a change of channels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct UpdateEventSubscriberResponse {
    /// The error, if there was one.
    pub response_status: Option<ResponseStatus>,
}

record!(UpdateEventSubscriberResponse { response_status: "ResponseStatus" });
