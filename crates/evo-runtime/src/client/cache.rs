//! An HTTP cache (RFC 9111).

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{
    AGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, PRAGMA, RANGE,
};
use http::response::Parts;
use http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use http_cache_semantics::{BeforeRequest, CacheOptions, CachePolicy};
use lru::LruCache;
use url::Url;

use super::Settings;
use super::session::Session;
use crate::clock::since_unix_epoch;
use crate::error::Error;
use crate::request::{METHOD_OVERRIDE, PreparedRequest};
use crate::transport::Body;

/// An in-memory cache for responses to GET (feature `cache`). Clones share their contents.
///
/// A response is reused without a request for as long as the server allows with `Cache-Control: max-age` or `Expires`. After that, a
/// response with an `ETag` or a `Last-Modified` is revalidated, which costs the server only a few bytes (status 304) if it has not changed.
/// A successful POST, PUT, PATCH or DELETE removes the responses of the same path.
///
/// Responses are keyed by the URL and all headers of the request, including credentials and cookies, so that clients of different users can
/// share a cache. When it is full, the least recently used responses are evicted.
///
/// <https://docs.servicestack.net/http-caching>
#[derive(Clone)]
pub struct Cache {
    entries: Arc<Mutex<Entries>>,
}

struct Entries {
    max_bytes: usize,
    bytes: usize,
    by_key: LruCache<EntryKey, Arc<Entry>>,
    /// How many times responses were removed because they may have become invalid.
    invalidations: u64,
}

/// The key of a response: the URL and the headers of its request, except those that only control caching.
#[derive(Clone, PartialEq, Eq, Hash)]
struct EntryKey {
    uri: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
}

struct Entry {
    policy: CachePolicy,
    head: Parts,
    body: Bytes,
}

/// The result of a cache lookup.
enum Lookup {
    /// A valid response.
    Fresh(http::Response<Body>),
    /// Where to store the coming response, possibly with a stale one that the request revalidates.
    Slot(Box<Slot>),
}

/// Where the response to a request is stored.
pub(super) struct Slot {
    cache: Cache,
    key: EntryKey,
    request: http::Request<()>,
    /// The stale response. It is held here so that it can be revalidated even if the cache evicts it.
    stale: Option<Arc<Entry>>,
    invalidations: u64,
}

impl Session {
    /// Sends a request unless the cache has a valid response. Also returns where to store the response once its body has been read.
    pub(super) async fn send_cached(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        mut sent: http::Request<Body>,
        attempt: u32,
    ) -> Result<(http::Response<Body>, Option<Box<Slot>>), Error> {
        let Some(cache) = &settings.options.cache else {
            return Ok((self.send(settings, request, sent, attempt).await?, None));
        };
        let kept = if request.shape.is_streamed() { None } else { cache.find(&mut sent) };
        let slot = match kept {
            Some(Lookup::Fresh(response)) => return Ok((response, None)),
            Some(Lookup::Slot(slot)) => Some(slot),
            None => None,
        };
        // A long GET that is sent as a POST is still safe.
        let is_safe =
            sent.method().is_safe() || (request.is_long_get() && sent.headers().contains_key(METHOD_OVERRIDE));
        let (head, body) = self.send(settings, request, sent, attempt).await?.into_parts();
        if !is_safe && (head.status.is_success() || head.status.is_redirection()) {
            cache.invalidate(&request.url, &head);
        }
        match slot.as_ref().and_then(|slot| slot.confirmed(&head)) {
            Some(kept) => Ok((kept, None)),
            None => Ok((http::Response::from_parts(head, body), slot)),
        }
    }
}

impl Cache {
    /// Creates a cache that holds at most `max_bytes` of bodies and headers.
    #[must_use]
    pub fn new(max_bytes: usize) -> Self {
        let entries = Entries { max_bytes, bytes: 0, by_key: LruCache::unbounded(), invalidations: 0 };
        Self { entries: Arc::new(Mutex::new(entries)) }
    }

    /// Returns the number of responses in the cache.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().by_key.len()
    }

    /// Whether the cache is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Removes all responses.
    pub fn clear(&self) {
        self.lock().remove_if(|_| true);
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks up a response. If it is stale, the conditions for its revalidation are added to the request. Returns `None` for requests whose
    /// responses are not cached.
    fn find(&self, request: &mut http::Request<Body>) -> Option<Lookup> {
        let is_conditional =
            [IF_NONE_MATCH, IF_MODIFIED_SINCE, RANGE].iter().any(|name| request.headers().contains_key(name));
        if request.method() != Method::GET || !request.body().is_empty() || is_conditional {
            return None;
        }
        let key = EntryKey::of(request);
        let mut entries = self.lock();
        let stale = entries.by_key.get(&key).cloned();
        if let Some(entry) = &stale {
            if let BeforeRequest::Fresh(_) = entry.policy.before_request(request, now()) {
                return Some(Lookup::Fresh(entry.response()));
            }
            for (validator, condition) in [(ETAG, IF_NONE_MATCH), (LAST_MODIFIED, IF_MODIFIED_SINCE)] {
                if let Some(value) = entry.head.headers.get(validator) {
                    request.headers_mut().insert(condition, value.clone());
                }
            }
        }
        let mut copy = http::Request::new(());
        copy.uri_mut().clone_from(request.uri());
        copy.headers_mut().clone_from(request.headers());
        let invalidations = entries.invalidations;
        Some(Lookup::Slot(Box::new(Slot { cache: self.clone(), key, request: copy, stale, invalidations })))
    }

    /// Removes the responses that are invalidated by the response to an unsafe request (RFC 9111, section 4.4).
    fn invalidate(&self, url: &Url, head: &Parts) {
        let named = [LOCATION, CONTENT_LOCATION].map(|name| url.join(head.headers.get(name)?.to_str().ok()?).ok());
        let named: Vec<Url> = named.into_iter().flatten().filter(|named| named.origin() == url.origin()).collect();
        self.lock().remove_if(|key| {
            Url::parse(&key.uri.to_string()).is_ok_and(|kept| {
                let is_same = |other: &Url| kept.origin() == other.origin() && kept.path() == other.path();
                is_same(url) || named.iter().any(is_same)
            })
        });
    }
}

impl Slot {
    /// Returns the stale response if the server confirmed that it is still valid.
    fn confirmed(&self, head: &Parts) -> Option<http::Response<Body>> {
        let stale = self.stale.as_ref().filter(|_| head.status == StatusCode::NOT_MODIFIED)?;
        let mut updated = stale.head.clone();
        // These describe the empty 304 response, not the stored one.
        for name in head.headers.keys().filter(|name| ![CONTENT_LENGTH, CONTENT_TYPE, CONTENT_ENCODING].contains(name))
        {
            updated.headers.remove(name);
            for value in head.headers.get_all(name) {
                updated.headers.append(name, value.clone());
            }
        }
        Some(self.put(updated, stale.body.clone()).response())
    }

    /// Stores a response if the server allows it.
    pub(super) fn keep(&self, head: &Parts, body: &Bytes) {
        self.put(head.clone(), Bytes::copy_from_slice(body));
    }

    fn put(&self, head: Parts, body: Bytes) -> Arc<Entry> {
        let options = CacheOptions { shared: false, cache_heuristic: 0.0, ..CacheOptions::default() };
        let now = now();
        let policy = CachePolicy::new_options(&self.request, &with_real_age(&head), now, options);
        let is_useful =
            [ETAG, LAST_MODIFIED].iter().any(|name| head.headers.contains_key(name)) || !policy.is_stale(now);
        let is_kept = head.status == StatusCode::OK && policy.is_storable() && is_useful && !varies(&head);
        let entry = Arc::new(Entry { policy, head, body });
        let mut entries = self.cache.lock();
        // A response requested before an invalidation may predate the change.
        if entries.invalidations == self.invalidations {
            entries.remove(&self.key);
            if is_kept {
                entries.insert(self.key.clone(), Arc::clone(&entry));
            }
        }
        entry
    }
}

impl Entries {
    fn insert(&mut self, key: EntryKey, entry: Arc<Entry>) {
        let bytes = entry.bytes(&key);
        if bytes > self.max_bytes {
            return;
        }
        while self.bytes + bytes > self.max_bytes
            && let Some((key, evicted)) = self.by_key.pop_lru()
        {
            self.bytes = self.bytes.saturating_sub(evicted.bytes(&key));
        }
        self.bytes += bytes;
        self.by_key.put(key, entry);
    }

    fn remove(&mut self, key: &EntryKey) {
        if let Some(entry) = self.by_key.pop(key) {
            self.bytes = self.bytes.saturating_sub(entry.bytes(key));
        }
    }

    fn remove_if(&mut self, is_invalid: impl Fn(&EntryKey) -> bool) {
        self.invalidations += 1;
        let keys: Vec<EntryKey> =
            self.by_key.iter().map(|(key, _)| key).filter(|key| is_invalid(key)).cloned().collect();
        for key in &keys {
            self.remove(key);
        }
    }
}

impl Entry {
    fn bytes(&self, key: &EntryKey) -> usize {
        /// The minimum size of a head, which is stored twice: for the response, and for the cache policy.
        const HEAD: usize = 512;
        let length = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len();
        let key_length: usize = key.headers.iter().map(|(name, value)| length((name, value))).sum();
        let head: usize = self.head.headers.iter().map(length).sum();
        key_length + self.body.len() + HEAD.max(2 * head)
    }

    fn response(&self) -> http::Response<Body> {
        let mut head = self.head.clone();
        head.headers.insert(AGE, self.policy.age(now()).as_secs().into());
        http::Response::from_parts(head, Body::from(self.body.clone()))
    }
}

impl EntryKey {
    fn of(request: &http::Request<Body>) -> Self {
        let headers = request.headers().iter().filter(|(name, _)| ![CACHE_CONTROL, PRAGMA].contains(name));
        let mut headers: Vec<_> = headers.map(|(name, value)| (name.clone(), value.clone())).collect();
        headers.sort_by(|one, other| (one.0.as_str(), one.1.as_bytes()).cmp(&(other.0.as_str(), other.1.as_bytes())));
        Self { uri: request.uri().clone(), headers }
    }
}

/// Returns the head for the cache policy, with an age that is capped because the library adds to it and may overflow.
fn with_real_age(head: &Parts) -> Parts {
    let mut head = head.clone();
    let age = head.headers.get(AGE).and_then(|age| age.to_str().ok()?.trim().parse::<u64>().ok());
    if age.is_some_and(|age| age > u64::from(u32::MAX)) {
        head.headers.insert(AGE, u32::MAX.into());
    }
    head
}

/// Whether a response varies in ways that no request header shows (`Vary: *`).
fn varies(head: &Parts) -> bool {
    head.headers.get_all(http::header::VARY).iter().any(|value| value.as_bytes().contains(&b'*'))
}

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH.checked_add(since_unix_epoch()).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Omits the contents.
impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.lock();
        f.debug_struct("Cache")
            .field("responses", &entries.by_key.len())
            .field("bytes", &entries.bytes)
            .field("max_bytes", &entries.max_bytes)
            .finish()
    }
}
