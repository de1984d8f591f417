//! What the clones of a client share: cookies, and whether they are signed in.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE};

use super::Settings;
use super::cookies::CookieJar;
use super::reply::Reply;
use super::retry::Budget;
use crate::auth::{Auth, Credentials};
use crate::dto::AuthenticateResponse;
use crate::error::{Error, ErrorKind};
use crate::facts::Format;
use crate::operations::{AnswerShape, Verb};
use crate::request::PreparedRequest;
use crate::transport::Body;
use crate::wire::json;

/// A session with a server.
#[derive(Default)]
pub(super) struct Session {
    cookies: Mutex<CookieJar>,
    /// The retries that are left.
    pub(super) budget: Budget,
    /// How many sign-ins there were; 0 while nobody is signed in.
    sign_ins: AtomicU64,
    /// Held while signing in, so that many tasks sign in once.
    signing_in: tokio::sync::Mutex<()>,
}

impl Session {
    pub(super) fn cookies(&self) -> MutexGuard<'_, CookieJar> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a request; a client with credentials signs in before, and once more where the session has ended.
    pub(super) async fn call(&self, settings: &Settings, request: PreparedRequest) -> Result<Reply, Error> {
        let Auth::Credentials(credentials) = &settings.auth else { return self.exchange(settings, &request).await };
        let mut seen = self.sign_ins.load(Ordering::Acquire);
        if seen == 0 {
            seen = self.sign_in_after(seen, settings, credentials).await?;
        }
        let outcome = self.exchange(settings, &request).await;
        let is_refused = match &outcome {
            // Where errors are answers.
            Ok(reply) => reply.status() == 401,
            Err(error) => error.is_unauthorized(),
        };
        if !is_refused || !request.can_be_sent() {
            return outcome;
        }
        self.sign_in_after(seen, settings, credentials).await?;
        self.exchange(settings, &request).await
    }

    /// Signs in, unless another task did since `seen` sign-ins; answers how many there were.
    async fn sign_in_after(&self, seen: u64, settings: &Settings, credentials: &Credentials) -> Result<u64, Error> {
        let _turn = self.signing_in.lock().await;
        let now = self.sign_ins.load(Ordering::Acquire);
        if now != seen && now != 0 {
            return Ok(now);
        }
        self.sign_in(settings, credentials).await?;
        Ok(self.sign_ins.fetch_add(1, Ordering::AcqRel) + 1)
    }

    pub(super) async fn login(&self, settings: &Settings) -> Result<AuthenticateResponse, Error> {
        let Auth::Credentials(credentials) = &settings.auth else {
            return Err(Error::new(ErrorKind::Configuration, "the client has no credentials to sign in with")
                .with_hint("give it some: with_auth(Credentials::new(user, password))"));
        };
        let _turn = self.signing_in.lock().await;
        let response = self.sign_in(settings, credentials).await?;
        self.sign_ins.fetch_add(1, Ordering::AcqRel);
        Ok(response)
    }

    pub(super) async fn logout(&self, settings: &Settings) -> Result<(), Error> {
        let _turn = self.signing_in.lock().await;
        let request = auth_request(settings, "/auth/logout", b"{}".to_vec())?;
        self.exchange(settings, &request).await.map_err(|error| error.during("Authenticate"))?;
        self.sign_ins.store(0, Ordering::Release);
        Ok(())
    }

    async fn sign_in(&self, settings: &Settings, credentials: &Credentials) -> Result<AuthenticateResponse, Error> {
        let body =
            json::to_vec(&credentials.request()).map_err(|error| Error::new(ErrorKind::Request, error.to_string()))?;
        let request = auth_request(settings, "/auth/credentials", body)?;
        let reply = self.exchange(settings, &request).await.map_err(|error| error.during("Authenticate"))?;
        reply.decode()
    }
}

/// A request of a session's own. It is JSON on every host, whatever the format of the calls.
fn auth_request(settings: &Settings, path: &str, body: Vec<u8>) -> Result<PreparedRequest, Error> {
    let json = HeaderValue::from_static(Format::Json.content_type());
    let mut headers = settings.headers.clone();
    headers.insert(ACCEPT, json.clone());
    headers.insert(CONTENT_TYPE, json);
    Ok(PreparedRequest {
        operation: "Authenticate",
        verb: Verb::POST,
        url: settings.url_of(path)?,
        headers,
        body: Some(Body(Bytes::from(body))),
        stream: None,
        address: None,
        shape: AnswerShape::Value,
    })
}
