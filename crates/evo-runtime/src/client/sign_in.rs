//! The calls that sign in and out.

use http::Method;
use url::Url;

use super::deadline::{Deadline, within};
use super::saved_session::ClientSession;
use super::session::Tokens;
use super::{Client, Reply};
use crate::auth::{Auth, Secret};
use crate::dto::{
    AuthenticateResponse, ConvertSessionToToken, ConvertSessionToTokenResponse, GetAccessToken, Register,
    RegisterResponse,
};
use crate::error::{Error, ErrorKind};
use crate::facts::Address;
use crate::request::{PreparedRequest, json_of};

/// The operation that renews a token.
pub(super) const REFRESH: &str = "GetAccessToken";

impl Client {
    /// Signs in with the [`Credentials`](crate::Credentials) of the client, also when it is signed in. Calls do so by themselves; this is
    /// for who wants to know at once, and to know who signed in.
    ///
    /// # Errors
    ///
    /// When the client has no credentials, or the server refuses them.
    pub async fn login(&self) -> Result<AuthenticateResponse, Error> {
        let _turn = self.turn().await;
        let response = self.sign_in().await?;
        self.session.set_started(true);
        self.session.renewed(Ok(()));
        Ok(response)
    }

    /// Ends the session at the server, and forgets the tokens of the client. A client with [`Credentials`](crate::Credentials) signs in again
    /// at its next call; what [`Basic`](crate::Basic), [`ApiKey`](crate::ApiKey) and [`AuthSecret`](crate::AuthSecret) send with every request
    /// stays.
    ///
    /// # Errors
    ///
    /// When there is no answer, or the answer is an error; the session is kept then. [`ClientSession::clear`] forgets it without asking.
    pub async fn logout(&self) -> Result<(), Error> {
        let _turn = self.turn().await;
        let request = self.own_request("Authenticate", Method::POST, "/auth/logout", Some(b"{}".to_vec()))?;
        self.own_exchange(request).await?;
        *self.session.tokens() = Tokens::default();
        self.session.set_started(!matches!(self.settings.auth, Auth::Credentials(_)));
        self.session.renewed(Ok(()));
        Ok(())
    }

    /// Whether the server takes the client for signed in, by what it would send now: nobody signs in for this, and no token is renewed.
    ///
    /// # Errors
    ///
    /// When there is no answer, or one that says neither; a host without authentication answers 404.
    pub async fn is_signed_in(&self) -> Result<bool, Error> {
        self.signed_in_user().await.map(|user| user.is_some())
    }

    /// Who the server takes the client for, as [`is_signed_in`](Self::is_signed_in); none where it is not signed in.
    ///
    /// # Errors
    ///
    /// As [`is_signed_in`](Self::is_signed_in).
    pub async fn signed_in_user(&self) -> Result<Option<AuthenticateResponse>, Error> {
        let request = self.own_request("Authenticate", Method::GET, "/auth", None)?;
        match self.own_exchange(request).await {
            Ok(reply) => reply.decode().map(Some),
            Err(error) if error.is_unauthorized() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Registers a user. With `auto_login` the new user is signed in: the session of the client is theirs then.
    ///
    /// # Errors
    ///
    /// When there is no answer, or the answer is an error: [`Error::field_errors`] says what is wrong with which member.
    pub async fn register(&self, user: Register) -> Result<RegisterResponse, Error> {
        let request = self.own_request("Register", Method::POST, "/register", Some(json_of(&user)?))?;
        let reply = self.own_exchange(request).await?;
        let response = reply.decode()?;
        self.session.notice(&reply);
        Ok(response)
    }

    /// Turns the session at the server into a token, in the cookie `ss-tok` or in the header of later calls. Unless it is preserved, the
    /// session ends.
    ///
    /// <https://docs.servicestack.net/auth/jwt-authprovider#convert-sessions-to-tokens>
    ///
    /// # Errors
    ///
    /// When there is no answer, or the answer is an error, as for who is not signed in.
    pub async fn session_to_token(&self, preserve_session: bool) -> Result<ConvertSessionToTokenResponse, Error> {
        let body = json_of(&ConvertSessionToToken { preserve_session: Some(preserve_session), meta: None })?;
        let request = self.own_request("ConvertSessionToToken", Method::POST, "/session-to-token", Some(body))?;
        let reply = self.execute(request).await?;
        let response: ConvertSessionToTokenResponse = reply.decode()?;
        if let Some(token) = response.access_token.as_deref().filter(|token| !token.is_empty()) {
            self.session.tokens().bearer = Some(Secret::from(token));
            if let Some(refresh) = response.refresh_token.as_deref().filter(|token| !token.is_empty()) {
                self.session.tokens().refresh = Some(Secret::from(refresh));
            }
            self.session.renewed(Ok(()));
        }
        Ok(response)
    }

    /// The session, to be kept for the next run of a program, put back, or changed.
    #[must_use]
    pub fn session(&self) -> ClientSession<'_> {
        ClientSession::new(self)
    }

    /// Waits until no other task renews the session.
    pub(super) async fn turn(&self) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        // A hook is called in the turn of another.
        if self.settings.on_unauthorized.is_renewing() {
            return None;
        }
        Some(self.session.renewing.lock().await)
    }

    /// Signs in with the credentials of the client.
    pub(super) async fn sign_in(&self) -> Result<AuthenticateResponse, Error> {
        let Auth::Credentials(credentials) = &self.settings.auth else {
            return Err(Error::new(ErrorKind::Configuration, "the client has no credentials to sign in with")
                .with_hint("give it some: with_auth(Credentials::new(user, password))"));
        };
        let body = json_of(&credentials.request())?;
        let request = self.own_request("Authenticate", Method::POST, "/auth/credentials", Some(body))?;
        let response = self.own_exchange(request).await?.decode()?;
        // A token in the header would win over the cookies.
        self.session.tokens().bearer = None;
        Ok(response)
    }

    /// Asks for a new token; on a host that has no `/api`, at the older address.
    pub(super) async fn ask_for_token(&self, request: &GetAccessToken) -> Result<Reply, Error> {
        let body = json_of(request)?;
        if self.settings.service.has_api() != Some(false) {
            let mut request = self.own_request(REFRESH, Method::POST, "/api/GetAccessToken", Some(body.clone()))?;
            request.address = Some(Address::Api);
            match self.own_exchange(request).await {
                Err(error) if error.kind() == ErrorKind::UnknownOperation => {}
                outcome => return outcome,
            }
        }
        self.own_exchange(self.own_request(REFRESH, Method::POST, "/access-token", Some(body))?).await
    }

    /// Where tokens are renewed.
    pub(super) fn refresh_url(&self) -> Option<Url> {
        self.settings.url_of("/access-token").ok()
    }

    /// A request of the client's own below the base URL.
    fn own_request(
        &self,
        operation: &'static str,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<PreparedRequest, Error> {
        let request = PreparedRequest::own(&self.settings, operation, method, self.settings.url_of(path)?);
        Ok(match body {
            Some(body) => request.with_json(body),
            None => request,
        })
    }

    /// Sends a request without signing in for it.
    pub(super) async fn own_exchange(&self, request: PreparedRequest) -> Result<Reply, Error> {
        let timeout = self.settings.timeout;
        let exchange = self.session.exchange(&self.settings, &request, Deadline::after(timeout));
        let outcome = within(&*self.settings.transport, timeout, exchange).await;
        outcome.map_err(|error| error.during(request.operation))
    }
}
