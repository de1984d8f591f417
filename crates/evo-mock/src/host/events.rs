//! Server Events (reference 10): subscriptions, heartbeats and server commands. Documents do not declare what services publish;
//! [`Running::publish`](crate::Running::publish) publishes in their place.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use http::Method;
use serde_json::{Value as Json, json};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::access::Caller;
use super::{Dialect, Host};
use crate::reply::{Failure, Reply};
use crate::request::Request;

/// The maximum number of open subscriptions.
const MAX_SUBSCRIPTIONS: usize = 1_000;

/// The maximum number of unread frames per subscriber, who misses further ones.
const MAX_FRAMES: usize = 1_000;

/// The interval of heartbeats in milliseconds.
const HEARTBEAT_MS: u32 = 10_000;

/// The subscriptions of a host.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    count: u64,
    open: BTreeMap<String, Subscription>,
}

#[derive(Debug)]
struct Subscription {
    /// The description of the subscriber for other subscribers, without its channels.
    about: Json,
    channels: Vec<String>,
    frames: Sender<String>,
    /// The number of frames sent. Their IDs start at 1.
    sent: u64,
}

/// A Server Events service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Stream,
    Heartbeat,
    Unregister,
    Subscribers,
    Update,
}

impl Service {
    fn at(request: &Request, dialect: Dialect) -> Option<Self> {
        let path = request.path.trim_end_matches('/').to_ascii_lowercase();
        let reply = path.strip_prefix("/json/reply/").filter(|_| dialect == Dialect::Classic);
        match path.strip_prefix("/api/").or(reply) {
            Some("geteventsubscribers") => return Some(Self::Subscribers),
            Some("updateeventsubscriber") => return Some(Self::Update),
            _ => {}
        }
        match path.as_str() {
            "/event-stream" => Some(Self::Stream),
            "/event-heartbeat" => Some(Self::Heartbeat),
            "/event-unregister" => Some(Self::Unregister),
            "/event-subscribers" => Some(Self::Subscribers),
            _ => path.starts_with("/event-subscribers/").then_some(Self::Update),
        }
    }

    fn method(self) -> Method {
        match self {
            Self::Stream | Self::Subscribers => Method::GET,
            Self::Heartbeat | Self::Unregister | Self::Update => Method::POST,
        }
    }
}

impl Host {
    /// Returns the response of Server Events, or `None` if the request is for another service.
    pub(super) fn respond_events(&self, request: &Request) -> Option<Reply> {
        let service = Service::at(request, self.dialect)?;
        if request.method != service.method() && (self.dialect == Dialect::Endpoints || service == Service::Update) {
            return Some(Reply::empty(405).header("allow", service.method().as_str()));
        }
        let id = request.parameter("id").unwrap_or_default();
        Some(match service {
            Service::Stream => self.subscribe(request),
            Service::Heartbeat if self.events.heartbeat(id) => Reply::empty(200),
            Service::Heartbeat => Reply::empty(404).reason(unknown(id)),
            Service::Unregister => match self.events.remove(id) {
                Some(about) => Reply::json(about.to_string()),
                None => self.error_reply(request, &Failure::new(404, "NotFound", unknown(id)).reason("NotFound")),
            },
            Service::Subscribers => Reply::json(self.events.list(&channels(request)).to_string()),
            Service::Update => self.update_subscriber(request),
        })
    }

    fn subscribe(&self, request: &Request) -> Reply {
        let user = match self.users.caller(request) {
            Caller::User(user) => Some(user.name),
            _ => None,
        };
        let base = format!("http://{}", request.header("host").unwrap_or_default());
        match self.events.add(&base, user, channels(request)) {
            Some(frames) => Reply::stream("text/event-stream", frames)
                .header("cache-control", "no-cache")
                .header("x-accel-buffering", "no"),
            None => Reply::empty(503),
        }
    }

    fn update_subscriber(&self, request: &Request) -> Reply {
        let body: Json = serde_json::from_slice(&request.body).unwrap_or_default();
        let member = |name: &str| {
            let members = body.as_object()?;
            members.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        };
        let texts = |name: &str| -> Vec<String> {
            let items = member(name).and_then(Json::as_array).into_iter().flatten();
            items.filter_map(Json::as_str).map(str::to_owned).collect()
        };
        let in_path = request.path.strip_prefix("/event-subscribers/").map(|id| id.trim_end_matches('/'));
        let id = in_path.or_else(|| member("id")?.as_str()).unwrap_or_default();
        if self.events.update(id, &texts("subscribeChannels"), &texts("unsubscribeChannels")) {
            Reply::json("{}")
        } else {
            self.error_reply(request, &Failure::new(404, "NotFound", unknown(id)).reason("NotFound"))
        }
    }
}

fn unknown(id: &str) -> String {
    format!("Subscription '{id}' does not exist")
}

/// Returns the channels in a query. If there are none, the channel is `*`.
fn channels(request: &Request) -> Vec<String> {
    let named = ["channels", "channel"].iter().filter_map(|name| request.parameter(name));
    let plain = named.map(|names| names.trim_matches(['[', ']']));
    plain.flat_map(|names| names.split(',')).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl Subscriptions {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all streams.
    pub(crate) fn close(&self) {
        self.lock().open.clear();
    }

    /// Sends a message to the subscribers of a channel and returns their number.
    pub(crate) fn publish(&self, channel: &str, selector: &str, body: &Json) -> usize {
        self.lock().broadcast(channel, selector, body)
    }

    /// Opens a subscription, or returns `None` if there are too many.
    fn add(&self, base: &str, user: Option<String>, mut channels: Vec<String>) -> Option<Receiver<String>> {
        let mut state = self.lock();
        state.open.retain(|_, subscription| !subscription.frames.is_closed());
        if state.open.len() >= MAX_SUBSCRIPTIONS {
            return None;
        }
        if channels.is_empty() {
            channels.push("*".to_owned());
        }
        state.count += 1;
        let number = state.count;
        let id = format!("subscription-{number}");
        let about = json!({
            "profileUrl": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
            "isAuthenticated": if user.is_some() { "true" } else { "false" },
            // A fixed time, so that it is the same on every run.
            "createdAt": "1767259800000",
            "userId": if user.is_some() { "1".to_owned() } else { format!("-{number}") },
            "displayName": user.unwrap_or_else(|| format!("user{number}")),
        });
        let (frames, receiver) = channel(MAX_FRAMES);
        let mut subscription = Subscription { about, channels: channels.clone(), frames, sent: 0 };
        let mut connected = subscription.described();
        for (name, value) in [
            ("id", id.clone()),
            ("unRegisterUrl", format!("{base}/event-unregister?id={id}")),
            ("heartbeatUrl", format!("{base}/event-heartbeat?id={id}")),
            ("updateSubscriberUrl", format!("{base}/event-subscribers/{id}")),
            ("heartbeatIntervalMs", HEARTBEAT_MS.to_string()),
            ("idleTimeoutMs", (HEARTBEAT_MS * 3).to_string()),
        ] {
            set(&mut connected, name, value);
        }
        subscription.send("cmd.onConnect", &connected);
        let joined = subscription.described();
        state.open.insert(id, subscription);
        for channel in &channels {
            state.broadcast(channel, "cmd.onJoin", &joined);
        }
        Some(receiver)
    }

    fn heartbeat(&self, id: &str) -> bool {
        let mut state = self.lock();
        let Some(subscription) = state.open.get_mut(id) else { return false };
        let about = subscription.described();
        subscription.send("cmd.onHeartbeat", &about);
        true
    }

    fn remove(&self, id: &str) -> Option<Json> {
        let mut state = self.lock();
        let subscription = state.open.remove(id)?;
        let about = subscription.described();
        for channel in &subscription.channels {
            state.broadcast(channel, "cmd.onLeave", &about);
        }
        Some(about)
    }

    fn update(&self, id: &str, more: &[String], fewer: &[String]) -> bool {
        let mut state = self.lock();
        // The first round announces the remaining channels, the second one all channels of the new set.
        for (fewer, more) in [(fewer, &[][..]), (more, more)] {
            let Some(subscription) = state.open.get_mut(id) else { return false };
            subscription.channels.retain(|channel| !fewer.contains(channel));
            subscription.channels.extend_from_slice(more);
            let (channels, about) = (subscription.channels.clone(), subscription.described());
            for channel in channels.iter().filter(|_| !fewer.is_empty()) {
                state.broadcast(channel, "cmd.onUpdate", &about);
            }
        }
        true
    }

    /// Lists the subscribers of some channels, or all subscribers.
    fn list(&self, channels: &[String]) -> Json {
        let state = self.lock();
        let is_listed = |subscription: &&Subscription| {
            channels.is_empty() || subscription.channels.iter().any(|channel| channels.contains(channel))
        };
        state.open.values().filter(is_listed).map(Subscription::described).collect()
    }
}

impl State {
    fn broadcast(&mut self, channel: &str, selector: &str, body: &Json) -> usize {
        let selector = format!("{channel}@{selector}");
        let mut count = 0;
        for subscription in self.open.values_mut().filter(|own| own.channels.iter().any(|own| own == channel)) {
            subscription.send(&selector, body);
            count += 1;
        }
        count
    }
}

impl Subscription {
    fn send(&mut self, selector: &str, body: &Json) {
        self.sent += 1;
        // A subscriber that has left, or does not read, misses the frame.
        let _ = self.frames.try_send(format!("id: {}\ndata: {selector} {body}\n\n", self.sent));
    }

    fn described(&self) -> Json {
        let mut about = self.about.clone();
        set(&mut about, "channels", self.channels.join(","));
        about
    }
}

/// Sets a member of an object.
fn set(object: &mut Json, name: &str, value: String) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value.into());
    }
}
