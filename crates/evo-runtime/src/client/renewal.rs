//! Signing in before the first call, and renewing a session or token that has expired.

use std::sync::Arc;

use http::StatusCode;
use http::header::AUTHORIZATION;

use super::cookies::sets;
use super::deadline::Deadline;
use super::options::Options;
use super::{Client, Reply};
use crate::auth::{Auth, Secret};
use crate::dto::{GetAccessToken, GetAccessTokenResponse};
use crate::error::{Error, ErrorKind};
use crate::operations::Role;
use crate::request::PreparedRequest;
use crate::transport::BoxFuture;

/// The name of the token cookie.
const TOKEN: &str = "ss-tok";

/// The name of the refresh token cookie.
pub(super) const REFRESH_TOKEN: &str = "ss-reftok";

tokio::task_local! {
    /// The address of the session that a hook in this task is renewing.
    static RENEWING: usize;
}

/// Signs in on behalf of a client; returns whether it succeeded.
type Hook = dyn Fn(Client) -> BoxFuture<'static, Result<bool, Error>> + Send + Sync;

/// What a client does after a 401 as a last resort.
#[derive(Clone, Default)]
pub(crate) struct OnUnauthorized {
    hook: Option<Arc<Hook>>,
    /// Whether the client was passed to a hook, which may use it in a separate task.
    is_renewing: bool,
}

impl OnUnauthorized {
    pub(super) fn new(
        hook: impl Fn(Client) -> BoxFuture<'static, Result<bool, Error>> + Send + Sync + 'static,
    ) -> Self {
        Self { hook: Some(Arc::new(hook)), is_renewing: false }
    }
}

impl Client {
    /// Sends a request, signing in first if necessary. If the session has expired, it is renewed and the request is sent once more.
    pub(super) async fn call_signed_in(&self, request: &PreparedRequest, deadline: Deadline) -> Result<Reply, Error> {
        let reply = if self.settings.is_own(&request.url) && self.is_renewable(request) {
            self.call_renewing(request, deadline).await
        } else {
            self.session.exchange(&self.settings, request, deadline).await
        };
        if let Ok(reply) = &reply {
            self.session.notice(request.role, reply);
        }
        reply
    }

    /// Whether this runs in a hook, which is part of a renewal and must not wait for it.
    pub(super) fn is_renewing(&self) -> bool {
        let is_hook = RENEWING.try_with(|session| *session == self.session_address());
        self.settings.options.on_unauthorized.is_renewing || is_hook.unwrap_or_default()
    }

    fn session_address(&self) -> usize {
        Arc::as_ptr(&self.session).addr()
    }

    /// Whether a renewal could help a request. It cannot help one that signs in or has its own credentials.
    fn is_renewable(&self, request: &PreparedRequest) -> bool {
        !self.is_renewing()
            && !self.settings.options.auth.is_final()
            && !matches!(request.role, Role::SignIn | Role::Refresh)
            && !request.headers().contains_key(AUTHORIZATION)
    }

    async fn call_renewing(&self, request: &PreparedRequest, deadline: Deadline) -> Result<Reply, Error> {
        let mut seen = self.session.renewals();
        // A user who is registering cannot sign in yet.
        if !self.session.is_started() && request.role != Role::Register {
            Box::pin(self.renew(seen)).await?;
            seen = self.session.renewals();
        }
        let outcome = self.session.exchange(&self.settings, request, deadline).await;
        let is_refused = match &outcome {
            // Error statuses are `Ok` if the caller requested the raw response.
            Ok(reply) => reply.status() == StatusCode::UNAUTHORIZED,
            Err(error) => error.is_unauthorized(),
        };
        if !is_refused || !request.body.can_be_sent() {
            return outcome;
        }
        match Box::pin(self.renew(seen)).await {
            Ok(true) => self.session.exchange(&self.settings, request, deadline).await,
            Err(error) if outcome.is_err() => Err(error),
            Ok(false) | Err(_) => outcome,
        }
    }

    /// Renews the session unless another task has done so after the first `seen` renewals; returns whether it is renewed. Tasks that wait
    /// for a renewal share its outcome, so that a refused password is not sent once per task.
    async fn renew(&self, seen: u64) -> Result<bool, Error> {
        let _guard = self.lock_session().await;
        if let Some(outcome) = self.session.renewal_after(seen) {
            return outcome.map(|()| true);
        }
        let outcome = self.renew_by_any_way().await;
        #[cfg(feature = "tracing")]
        super::telemetry::renewed(outcome.as_ref().copied());
        if !matches!(outcome, Ok(false)) {
            let is_started = outcome.is_ok() || self.session.is_started();
            self.session.renewed(is_started, outcome.as_ref().map(|_| ()).map_err(Clone::clone));
        }
        outcome
    }

    /// Tries all ways of renewal in order, and returns the error of the last one that failed.
    async fn renew_by_any_way(&self) -> Result<bool, Error> {
        let Options { auth, on_unauthorized, .. } = &self.settings.options;
        let mut outcome = Ok(false);
        let token = self.session.tokens().refresh.clone();
        // A password in every request takes precedence over any token.
        if !matches!(auth, Auth::Basic(_)) && (token.is_some() || self.has_refresh_cookie()) {
            outcome = self.refresh(token).await.map(|()| true);
        }
        if !matches!(outcome, Ok(true)) && auth.begins_with_sign_in() {
            outcome = self.sign_in().await.map(|_| true);
        }
        if !matches!(outcome, Ok(true))
            && let Some(hook) = &on_unauthorized.hook
        {
            let client = self.clone().with(|settings| settings.options.on_unauthorized.is_renewing = true);
            let renewed = RENEWING.scope(self.session_address(), hook(client)).await;
            outcome = match (renewed, outcome) {
                (Ok(false), failed @ Err(_)) => failed,
                (answer, _) => answer,
            };
        }
        outcome
    }

    /// Whether a request to renew the token would carry a refresh token in a cookie.
    fn has_refresh_cookie(&self) -> bool {
        let url = self.refresh_url();
        let token = self.session.cookies().get(REFRESH_TOKEN, &url);
        self.settings.is_own(&url) && token.is_some_and(|token| !token.is_empty())
    }

    /// Renews the token.
    ///
    /// <https://docs.servicestack.net/auth/jwt-authprovider#refresh-tokens>
    async fn refresh(&self, token: Option<Secret>) -> Result<(), Error> {
        let request = GetAccessToken { refresh_token: token.map(|token| token.reveal().to_owned()), meta: None };
        let reply = match self.refresh_token(&request).await {
            Ok(reply) => reply,
            // A refusal is final for this token. After a server error, or without a response, a later attempt may succeed.
            Err(error) => {
                let Some(status) = error.status() else { return Err(error) };
                if matches!(status.as_u16(), 400..=404) {
                    self.session.tokens().refresh = None;
                    self.session.cookies().remove(REFRESH_TOKEN);
                }
                return Err(error.with_kind(ErrorKind::RefreshToken));
            }
        };
        let answer: GetAccessTokenResponse =
            reply.decode().map_err(|error| error.with_kind(ErrorKind::RefreshToken))?;
        let is_own = self.settings.is_own(&self.refresh_url());
        match answer.access_token.filter(|token| !token.is_empty()) {
            Some(token) => self.session.tokens().bearer = Some(Secret::from(token)),
            // An old token in a header would take precedence over the new one in the cookie.
            None if is_own && sets(reply.headers(), TOKEN) => self.session.tokens().bearer = None,
            None => {
                let message = "the response to the renewal has no token";
                let error = Error::new(ErrorKind::RefreshToken, message);
                return Err(error.with_answer(reply.head, &bytes::Bytes::new()).during(reply.operation));
            }
        }
        Ok(())
    }
}
