//! Answers that are kept, and asked for again only where they have changed.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    AGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, RANGE, VARY,
};
use http::response::Parts;
use http::{HeaderMap, Method, StatusCode};
use web_time::Instant;

use crate::request::PreparedRequest;
use crate::transport::Body;

/// Answers to GET that the server marked with `ETag` or `Last-Modified`, in memory. A clone is the same cache.
///
/// An answer is used without asking for as long as its `Cache-Control: max-age` says; then the server is asked whether it still holds, and
/// says so in a few bytes (status 304). An answer belongs to the address and all headers of its request, credentials and cookies included,
/// so that clients of many users can share a cache. When it is full, the answers that were not used for the longest time make room.
///
/// <https://docs.servicestack.net/http-caching>
#[derive(Clone)]
pub struct Cache {
    entries: Arc<Mutex<Entries>>,
}

struct Entries {
    longest: usize,
    size: usize,
    by_key: HashMap<Key, Entry>,
    /// The keys, the one that was used last at the end.
    used: VecDeque<Key>,
}

/// What an answer belongs to: the address and the headers of its request.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key(Arc<[u8]>);

/// An answer and until when it holds.
#[derive(Clone)]
struct Entry {
    head: Parts,
    body: Bytes,
    fresh_until: Option<Instant>,
}

/// What a cache has for a request.
pub(super) enum Found {
    /// An answer that holds without asking.
    Fresh(http::Response<Body>),
    /// An answer; the request asks now whether it still holds.
    Stale,
    /// Nothing.
    Nothing,
}

impl Cache {
    /// A cache of at most this many bytes of bodies and headers.
    #[must_use]
    pub fn new(max_bytes: usize) -> Self {
        let entries = Entries { longest: max_bytes, size: 0, by_key: HashMap::new(), used: VecDeque::new() };
        Self { entries: Arc::new(Mutex::new(entries)) }
    }

    /// How many answers it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().by_key.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets everything.
    pub fn clear(&self) {
        let mut entries = self.lock();
        entries.by_key.clear();
        entries.used.clear();
        entries.size = 0;
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for an answer, and lets the request ask whether a stale one still holds. None for requests whose answers are not kept.
    pub(super) fn find(&self, request: &PreparedRequest, sent: &mut http::Request<Body>) -> Option<(Key, Found)> {
        let is_kept = sent.method() == Method::GET
            && sent.body().is_empty()
            && !request.shape.is_streamed()
            && ![IF_NONE_MATCH, IF_MODIFIED_SINCE, RANGE].iter().any(|name| sent.headers().contains_key(name));
        if !is_kept {
            return None;
        }
        let key = Key::of(sent);
        let mut entries = self.lock();
        entries.touch(&key);
        let Some(entry) = entries.by_key.get(&key) else { return Some((key, Found::Nothing)) };
        if entry.fresh_until.is_some_and(|end| Instant::now() < end) {
            let response = entry.response();
            return Some((key, Found::Fresh(response)));
        }
        for (validator, condition) in [(ETAG, IF_NONE_MATCH), (LAST_MODIFIED, IF_MODIFIED_SINCE)] {
            if let Some(value) = entry.head.headers.get(validator) {
                sent.headers_mut().insert(condition, value.clone());
            }
        }
        Some((key, Found::Stale))
    }

    /// The answer of which the server said that it still holds; none where it has been pushed out meanwhile.
    pub(super) fn confirmed(&self, key: &Key, headers: &HeaderMap) -> Option<http::Response<Body>> {
        let mut entries = self.lock();
        let entry = entries.by_key.get_mut(key)?;
        // The length and type of the empty answer are not those of the one that is kept.
        for name in headers.keys().filter(|name| ![CONTENT_LENGTH, CONTENT_TYPE, CONTENT_ENCODING].contains(name)) {
            entry.head.headers.remove(name);
            for value in headers.get_all(name) {
                entry.head.headers.append(name, value.clone());
            }
        }
        entry.fresh_until = fresh_until(&entry.head.headers);
        Some(entry.response())
    }

    /// Keeps an answer, where the server allows it.
    pub(super) fn keep(&self, key: Key, head: &Parts, body: &Bytes) {
        let headers = &head.headers;
        let mut entries = self.lock();
        entries.remove(&key);
        let has_validator = headers.contains_key(ETAG) || headers.contains_key(LAST_MODIFIED);
        let varies = headers.get_all(VARY).iter().any(|value| value.as_bytes().contains(&b'*'));
        if head.status != StatusCode::OK || !has_validator || varies || directive(headers, "no-store").is_some() {
            return;
        }
        let fresh_until = fresh_until(headers);
        entries.insert(key, Entry { head: head.clone(), body: Bytes::copy_from_slice(body), fresh_until });
    }
}

impl Entries {
    /// Makes an entry the one that was used last.
    fn touch(&mut self, key: &Key) {
        if let Some(index) = self.used.iter().position(|used| used == key)
            && let Some(key) = self.used.remove(index)
        {
            self.used.push_back(key);
        }
    }

    fn insert(&mut self, key: Key, entry: Entry) {
        let size = entry.size(&key);
        if size > self.longest {
            return;
        }
        while self.size + size > self.longest {
            let Some(oldest) = self.used.front().cloned() else { break };
            self.remove(&oldest);
        }
        self.size += size;
        self.used.push_back(key.clone());
        self.by_key.insert(key, entry);
    }

    fn remove(&mut self, key: &Key) {
        if let Some(entry) = self.by_key.remove(key) {
            self.size = self.size.saturating_sub(entry.size(key));
            self.used.retain(|used| used != key);
        }
    }
}

impl Entry {
    fn size(&self, key: &Key) -> usize {
        // Headers change when the server confirms an entry, so they count by the number of bytes that they usually have.
        const HEADERS: usize = 512;
        key.0.len() + self.body.len() + HEADERS
    }

    fn response(&self) -> http::Response<Body> {
        http::Response::from_parts(self.head.clone(), Body::from(self.body.clone()))
    }
}

impl Key {
    fn of(request: &http::Request<Body>) -> Self {
        let mut key = request.uri().to_string().into_bytes();
        let mut headers: Vec<_> = request.headers().iter().collect();
        headers
            .sort_by(|left, right| (left.0.as_str(), left.1.as_bytes()).cmp(&(right.0.as_str(), right.1.as_bytes())));
        for (name, value) in headers {
            // No header holds a line end.
            key.push(b'\n');
            key.extend_from_slice(name.as_str().as_bytes());
            key.push(b':');
            key.extend_from_slice(value.as_bytes());
        }
        Self(key.into())
    }
}

/// Until when an answer holds without asking; none: not at all.
fn fresh_until(headers: &HeaderMap) -> Option<Instant> {
    if directive(headers, "no-cache").is_some() {
        return None;
    }
    let seconds: u64 = directive(headers, "max-age")?.trim_matches('"').parse().ok()?;
    let age = headers.get(AGE).and_then(|age| age.to_str().ok()?.trim().parse().ok()).unwrap_or(0);
    let left = seconds.checked_sub(age).filter(|left| *left > 0)?;
    Instant::now().checked_add(Duration::from_secs(left))
}

/// The value of a directive of `Cache-Control`; an empty one where it has none.
fn directive<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(|directive| {
            let (found, value) = directive.split_once('=').unwrap_or((directive, ""));
            found.trim().eq_ignore_ascii_case(name).then_some(value.trim())
        })
}

/// Without what it holds.
impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.lock();
        f.debug_struct("Cache")
            .field("answers", &entries.by_key.len())
            .field("bytes", &entries.size)
            .field("max_bytes", &entries.longest)
            .finish()
    }
}
