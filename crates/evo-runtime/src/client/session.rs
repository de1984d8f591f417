//! What the clones of a client share: cookies, tokens, and whether they are signed in.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::HeaderMap;
use http::header::{AUTHORIZATION, Entry};

use super::Settings;
use super::cookies::CookieJar;
use super::reply::Reply;
use super::retry::Budget;
use super::sign_in::REFRESH;
use crate::auth::{Auth, Bearer, Secret, bearer_header};
use crate::dto::AuthenticateResponse;
use crate::error::Error;
use crate::request::PreparedRequest;

/// A session with a server.
pub(super) struct Session {
    cookies: Mutex<CookieJar>,
    tokens: Mutex<Tokens>,
    /// The retries that are left.
    pub(super) budget: Budget,
    /// Whether there is something to call with: until then, a client with credentials signs in before it calls.
    is_started: AtomicBool,
    /// How many renewals there were, whatever came of them.
    renewals: AtomicU64,
    /// What came of the last renewal; held during one, so that all tasks renew once.
    pub(super) renewal: tokio::sync::Mutex<Result<(), Error>>,
}

/// The tokens that are sent in headers and bodies. Those in cookies are cookies.
#[derive(Debug, Clone, Default)]
pub(super) struct Tokens {
    pub(super) bearer: Option<Secret>,
    pub(super) refresh: Option<Secret>,
}

impl Session {
    /// A new session.
    pub(super) fn new(auth: &Auth) -> Self {
        let tokens = match auth {
            Auth::Bearer(Bearer { token, refresh }) => Tokens { bearer: token.clone(), refresh: refresh.clone() },
            _ => Tokens::default(),
        };
        Self {
            cookies: Mutex::default(),
            is_started: AtomicBool::new(!matches!(auth, Auth::Credentials(_) | Auth::Bearer(Bearer { token: None, .. }))),
            tokens: Mutex::new(tokens),
            budget: Budget::default(),
            renewals: AtomicU64::new(0),
            renewal: tokio::sync::Mutex::new(Ok(())),
        }
    }

    pub(super) fn cookies(&self) -> MutexGuard<'_, CookieJar> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_started(&self) -> bool {
        self.is_started.load(Ordering::Acquire)
    }

    pub(super) fn set_started(&self, is_started: bool) {
        self.is_started.store(is_started, Ordering::Release);
    }

    pub(super) fn renewals(&self) -> u64 {
        self.renewals.load(Ordering::Acquire)
    }

    /// Says that what is sent is another now, so that calls that failed before are sent again without a renewal of their own.
    pub(super) fn renewed(&self) {
        self.renewals.fetch_add(1, Ordering::AcqRel);
    }

    /// Adds the credentials to the headers of a request. One kind only: servers look at the first, and a bad one wins over good cookies. A
    /// header of the call itself stays.
    pub(super) fn authorize(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        headers: &mut HeaderMap,
    ) -> Result<(), Error> {
        if request.operation == REFRESH || headers.contains_key(AUTHORIZATION) {
            return Ok(());
        }
        let bearer = self.tokens().bearer.clone().filter(|_| !settings.auth.is_final());
        let credential = match bearer {
            Some(token) => Some((AUTHORIZATION, bearer_header(&token)?)),
            None => settings.auth.header()?,
        };
        if let Some((name, value)) = credential
            && let Entry::Vacant(entry) = headers.entry(name)
        {
            entry.insert(value);
        }
        Ok(())
    }

    /// Looks whether a call was one that signs somebody in or out.
    pub(super) fn notice(&self, reply: &Reply) {
        if !matches!(reply.operation, "Authenticate" | "Register") {
            return;
        }
        let Ok(who) = reply.decode::<AuthenticateResponse>() else { return };
        if who.session_id.is_some() {
            self.set_started(true);
            self.renewed();
        }
    }
}
