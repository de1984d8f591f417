//! The calls that sign users in and out.

use http::Method;
use http::header::ACCEPT;
use url::Url;

use super::deadline::{Deadline, within};
use super::saved_session::ClientSession;
use super::session::Tokens;
use super::{Client, Reply};
use crate::auth::{Auth, Secret};
use crate::dto::{
    Authenticate, AuthenticateResponse, ConvertSessionToToken, ConvertSessionToTokenResponse, GetAccessToken, Register,
    RegisterResponse,
};
use crate::error::{Error, ErrorKind};
use crate::facts::Address;
use crate::operations::Role;
use crate::request::PreparedRequest;
use crate::wire::Encode;

impl Client {
    /// Signs in with the [`Credentials`](crate::Credentials) of the client, even if it is already signed in. Other calls sign in
    /// automatically; use this to verify the credentials eagerly, or to learn who the user is.
    ///
    /// # Errors
    ///
    /// If the client has no credentials, or the server refuses them.
    pub async fn login(&self) -> Result<AuthenticateResponse, Error> {
        self.with_session_lock(async {
            let response = self.sign_in().await?;
            self.session.renewed(true, Ok(()));
            Ok(response)
        })
        .await
    }

    /// Ends the session on the server and removes the tokens of the client. A client with [`Credentials`](crate::Credentials) signs in
    /// again before its next call; [`Basic`](crate::Basic), [`ApiKey`](crate::ApiKey) and [`AuthSecret`](crate::AuthSecret) are still sent
    /// with every request.
    ///
    /// # Errors
    ///
    /// If there is no response, or if the response is an error. The session is then kept; [`ClientSession::clear`] removes it without a
    /// request.
    pub async fn logout(&self) -> Result<(), Error> {
        self.with_session_lock(async {
            let request =
                self.own_request("Authenticate", Method::POST, "/auth/logout", Some(&Authenticate::default()))?;
            self.own_exchange(request).await?;
            *self.session.tokens() = Tokens::default();
            self.session.renewed(!self.settings.options.auth.begins_with_sign_in(), Ok(()));
            Ok(())
        })
        .await
    }

    /// Whether the server regards the client as signed in. This sends the current session as it is, without signing in or renewing a token.
    ///
    /// # Errors
    ///
    /// If there is no response, or if the response says neither; a host without authentication responds with 404.
    pub async fn is_signed_in(&self) -> Result<bool, Error> {
        self.signed_in_user().await.map(|user| user.is_some())
    }

    /// Returns the user that the client is signed in as, or `None`; otherwise like [`is_signed_in`](Self::is_signed_in).
    pub async fn signed_in_user(&self) -> Result<Option<AuthenticateResponse>, Error> {
        let request = self.own_request("Authenticate", Method::GET, "/auth", None)?;
        match self.own_exchange(request).await {
            Ok(reply) => reply.decode().map(Some),
            Err(error) if error.is_unauthorized() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Registers a user. With `auto_login` the new user is signed in, and the session of the client becomes theirs.
    ///
    /// # Errors
    ///
    /// If there is no response, or if the response is an error. [`Error::field_errors`] lists the errors of individual members.
    pub async fn register(&self, user: Register) -> Result<RegisterResponse, Error> {
        let request = self.own_request("Register", Method::POST, "/register", Some(&user))?;
        let reply = self.own_exchange(request).await?;
        let response = reply.decode()?;
        self.session.notice(Role::Register, &reply);
        Ok(response)
    }

    /// Converts the session on the server into a token, which later calls send in the cookie `ss-tok` or in a header. The session ends
    /// unless it is preserved.
    ///
    /// <https://docs.servicestack.net/auth/jwt-authprovider#convert-sessions-to-tokens>
    ///
    /// # Errors
    ///
    /// If there is no response, or if the response is an error, for example because no user is signed in.
    pub async fn session_to_token(&self, preserve_session: bool) -> Result<ConvertSessionToTokenResponse, Error> {
        let body = ConvertSessionToToken { preserve_session: Some(preserve_session), meta: None };
        let request = self.own_request("ConvertSessionToToken", Method::POST, "/session-to-token", Some(&body))?;
        let reply = self.execute(request).await?;
        let response: ConvertSessionToTokenResponse = reply.decode()?;
        if let Some(token) = response.access_token.as_deref().filter(|token| !token.is_empty()) {
            self.session.tokens().bearer = Some(Secret::from(token));
            if let Some(refresh) = response.refresh_token.as_deref().filter(|token| !token.is_empty()) {
                self.session.tokens().refresh = Some(Secret::from(refresh));
            }
            self.session.renewed(true, Ok(()));
        }
        Ok(response)
    }

    /// Returns the session, which can be saved, loaded and changed.
    #[must_use]
    pub fn session(&self) -> ClientSession<'_> {
        ClientSession { client: self }
    }

    /// Runs `work` while no other task renews the session, within the time limit of a call.
    async fn with_session_lock<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let work = Box::pin(async {
            let _guard = self.lock_session().await;
            work.await
        });
        within(&*self.settings.transport, self.settings.options.timeout, work).await
    }

    /// Waits until no other task renews the session. A hook runs within a renewal, so it does not wait.
    pub(super) async fn lock_session(&self) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        if self.is_renewing() {
            return None;
        }
        Some(self.session.renewing.lock().await)
    }

    /// Signs in with the credentials of the client.
    pub(super) async fn sign_in(&self) -> Result<AuthenticateResponse, Error> {
        let Auth::Credentials(credentials) = &self.settings.options.auth else {
            return Err(Error::new(ErrorKind::Configuration, "the client has no credentials to sign in with")
                .with_hint("give it some: with_auth(Credentials::new(user, password))"));
        };
        let body = credentials.request();
        let request = self.own_request("Authenticate", Method::POST, "/auth/credentials", Some(&body))?;
        let response = self.own_exchange(request).await?.decode()?;
        // A token in the header would take precedence over the cookies.
        self.session.tokens().bearer = None;
        Ok(response)
    }

    /// Requests a new token at the refresh URL of the client, if it has one. Otherwise the request goes to `/api`, or to the older address
    /// if the host has no `/api`.
    pub(super) async fn refresh_token(&self, body: &GetAccessToken) -> Result<Reply, Error> {
        let prepare = |url: Url| {
            let mut request = PreparedRequest::own(&self.settings, "GetAccessToken", Method::POST, url);
            if !self.settings.is_own(&request.url) {
                let headers = request.headers_mut();
                let accept = headers.remove(ACCEPT);
                headers.clear();
                headers.extend(accept.map(|accept| (ACCEPT, accept)));
            }
            request.role = Role::Refresh;
            request.with_json(body)
        };
        if self.settings.options.refresh_url.is_none() && self.settings.service.has_api() != Some(false) {
            let url = self.settings.url_of(&format!("{}/GetAccessToken", self.settings.options.api_path));
            let mut request = prepare(url)?;
            request.address = Some(Address::Api);
            match self.own_exchange(request).await {
                Err(error) if error.kind() == ErrorKind::UnknownOperation => {}
                outcome => return outcome,
            }
        }
        self.own_exchange(prepare(self.refresh_url())?).await
    }

    /// Returns the URL at which tokens are renewed, which also decides which cookies are sent along.
    pub(super) fn refresh_url(&self) -> Url {
        let given = self.settings.options.refresh_url.as_deref().unwrap_or("/access-token");
        Url::parse(given).unwrap_or_else(|_| self.settings.url_of(&format!("/{}", given.trim_start_matches('/'))))
    }

    /// Builds a request that the client makes itself, below the base URL.
    fn own_request(
        &self,
        operation: &'static str,
        method: Method,
        path: &str,
        body: Option<&dyn Encode>,
    ) -> Result<PreparedRequest, Error> {
        let request = PreparedRequest::own(&self.settings, operation, method, self.settings.url_of(path));
        match body {
            Some(body) => request.with_json(body),
            None => Ok(request),
        }
    }

    /// Sends a request without signing in for it.
    pub(super) async fn own_exchange(&self, request: PreparedRequest) -> Result<Reply, Error> {
        let timeout = self.settings.options.timeout;
        let exchange = Box::pin(self.session.exchange(&self.settings, &request, Deadline::after(timeout)));
        let outcome = within(&*self.settings.transport, timeout, exchange).await;
        outcome.map_err(|error| error.during(request.operation))
    }
}
