//! The state shared by the clones of a client: cookies, tokens, and whether they are signed in.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::HeaderMap;
use http::header::{AUTHORIZATION, Entry};

use super::Settings;
use super::cookies::{CookieJar, sets};
use super::reply::Reply;
use super::retry::Budget;
use crate::auth::{Auth, Bearer, Secret, bearer_header};
use crate::dto::AuthenticateResponse;
use crate::error::Error;
use crate::operations::Role;
use crate::request::PreparedRequest;

/// A session with a server.
pub(super) struct Session {
    cookies: Mutex<CookieJar>,
    tokens: Mutex<Tokens>,
    /// The retry budget.
    pub(super) budget: Budget,
    /// Whether calls can be made. If not, a client with credentials signs in first.
    is_started: AtomicBool,
    renewals: Mutex<Renewals>,
    /// Held during a renewal, so that concurrent tasks renew only once.
    pub(super) renewing: tokio::sync::Mutex<()>,
}

/// The renewals of the session, by the client or by user code.
struct Renewals {
    count: u64,
    last: Result<(), Error>,
}

/// The tokens sent in headers and bodies. Tokens in cookies are kept in the cookie jar.
#[derive(Debug, Clone, Default)]
pub(super) struct Tokens {
    pub(super) bearer: Option<Secret>,
    pub(super) refresh: Option<Secret>,
}

impl Session {
    /// Creates a session.
    pub(super) fn new(auth: &Auth) -> Self {
        let tokens = match auth {
            Auth::Bearer(Bearer { token, refresh }) => Tokens { bearer: token.clone(), refresh: refresh.clone() },
            _ => Tokens::default(),
        };
        Self {
            cookies: Mutex::default(),
            is_started: AtomicBool::new(
                !auth.begins_with_sign_in() && !matches!(auth, Auth::Bearer(Bearer { token: None, .. })),
            ),
            tokens: Mutex::new(tokens),
            budget: Budget::default(),
            renewals: Mutex::new(Renewals { count: 0, last: Ok(()) }),
            renewing: tokio::sync::Mutex::new(()),
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

    fn lock_renewals(&self) -> MutexGuard<'_, Renewals> {
        self.renewals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the number of renewals, successful or not.
    pub(super) fn renewals(&self) -> u64 {
        self.lock_renewals().count
    }

    /// Returns the outcome of the last renewal, if there have been any since the first `seen` ones.
    pub(super) fn renewal_after(&self, seen: u64) -> Option<Result<(), Error>> {
        let renewals = self.lock_renewals();
        (renewals.count != seen).then(|| renewals.last.clone())
    }

    /// Records the outcome of a renewal for the calls that failed before it: they are sent again, or fail with its error, without another
    /// renewal. `is_started` says whether calls can be made from now on.
    pub(super) fn renewed(&self, is_started: bool, outcome: Result<(), Error>) {
        self.is_started.store(is_started, Ordering::Release);
        let mut renewals = self.lock_renewals();
        renewals.count += 1;
        renewals.last = outcome;
    }

    /// Adds the credentials to the headers of a request. Only one kind is sent: servers evaluate the first, and an invalid one takes
    /// precedence over valid cookies. A header set by the call itself is kept.
    pub(super) fn authorize(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        headers: &mut HeaderMap,
    ) -> Result<(), Error> {
        if request.role == Role::Refresh || headers.contains_key(AUTHORIZATION) {
            return Ok(());
        }
        let bearer = self.tokens().bearer.clone().filter(|_| !settings.options.auth.is_final());
        let credential = match bearer {
            Some(token) => Some((AUTHORIZATION, bearer_header(&token)?)),
            None => settings.options.auth.header()?,
        };
        if let Some((name, value)) = credential
            && let Entry::Vacant(entry) = headers.entry(name)
        {
            entry.insert(value);
        }
        Ok(())
    }

    /// Detects that a call signed a user in. The response for a user who was already signed in also has a session id, but not these
    /// cookies.
    pub(super) fn notice(&self, role: Role, reply: &Reply) {
        const SET_BY_SIGN_INS: [&str; 3] = ["ss-opt", "ss-tok", ".AspNetCore.Identity.Application"];
        if !matches!(role, Role::SignIn | Role::Register) {
            return;
        }
        let Ok(user) = reply.decode::<AuthenticateResponse>() else { return };
        if user.session_id.is_none() {
            return;
        }
        // A token in the header would take precedence over the cookies.
        if SET_BY_SIGN_INS.iter().any(|name| sets(reply.headers(), name)) {
            self.tokens().bearer = None;
        }
        self.renewed(true, Ok(()));
    }
}
