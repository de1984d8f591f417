//! One request and its answer.

use bytes::{Bytes, BytesMut};
use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use url::Url;

use super::Settings;
use super::reply::{Content, Reply};
use super::session::Session;
use crate::error::{Error, ErrorKind, error_of_answer, soft_only};
use crate::operations::AnswerShape;
use crate::request::PreparedRequest;
use crate::transport::{HttpReply, HttpRequest, ReplyBody};

/// How much of the body of an error is read.
const ERROR_BODY: usize = 1024 * 1024;

impl Session {
    /// Sends a request with the cookies and credentials of the session, and tells errors from answers.
    pub(super) async fn exchange(&self, settings: &Settings, request: &PreparedRequest) -> Result<Reply, Error> {
        let mut headers = request.headers.clone();
        if let Some(authorization) = settings.auth.header()? {
            headers.insert(AUTHORIZATION, authorization);
        }
        if let Some(cookies) = self.cookies().header(&request.url) {
            headers.insert(COOKIE, cookies);
        }
        let sent = HttpRequest {
            verb: request.verb,
            url: request.url.clone(),
            headers,
            body: request.body.clone(),
            timeout: settings.timeout.filter(|_| request.shape != AnswerShape::Stream),
        };
        let reply = settings.transport.send(sent).await.map_err(|error| Error::of_transport(&error))?;
        self.cookies().store(&request.url, reply.headers.get_all(SET_COOKIE));

        if reply.status.is_redirection()
            && let Some(location) = reply.headers.get(LOCATION)
        {
            return Err(redirected(&request.url, &location.clone(), reply));
        }
        if reply.status.is_redirection() || reply.status.is_client_error() || reply.status.is_server_error() {
            // A body that breaks off is still the best that is known about the error.
            let (body, _) = read_body(reply.body, ERROR_BODY).await;
            return Err(error_of_answer(request.address, reply.status, reply.reason, reply.headers, &body));
        }
        take(settings, request, reply).await
    }
}

/// Takes an answer that is no error by its status.
async fn take(settings: &Settings, request: &PreparedRequest, reply: HttpReply) -> Result<Reply, Error> {
    let HttpReply { status, reason, headers, body } = reply;
    let content = if request.shape == AnswerShape::Stream {
        Content::Arriving(body)
    } else {
        let too_large = || {
            Error::new(ErrorKind::TooLarge, format!("the answer has more than {} bytes", settings.body_limit))
                .with_answer(status, reason.clone(), headers.clone(), &Bytes::new())
                .with_hint("set body_limit of the client")
        };
        if announced_length(&headers).is_some_and(|length| length > settings.body_limit as u64) {
            return Err(too_large());
        }
        match read_body(body, settings.body_limit).await {
            (_, End::Limit) => return Err(too_large()),
            (_, End::Broken(error)) => return Err(error),
            (body, End::Complete) => Content::Whole(body),
        }
    };
    if let (AnswerShape::Value | AnswerShape::Nothing, Content::Whole(body)) = (request.shape, &content)
        && let Some(error) = soft_only(status, reason.as_deref(), &headers, body)
    {
        return Err(error);
    }
    Ok(Reply { operation: request.operation, status, reason, headers, content })
}

fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// How reading a body ended.
enum End {
    Complete,
    Limit,
    Broken(Error),
}

/// Reads a body, no further than a limit.
async fn read_body(mut body: ReplyBody, limit: usize) -> (Bytes, End) {
    let mut all = BytesMut::new();
    loop {
        match body.chunk().await {
            Ok(None) => return (all.freeze(), End::Complete),
            Ok(Some(chunk)) if all.len() + chunk.len() > limit => return (all.freeze(), End::Limit),
            Ok(Some(chunk)) => all.extend_from_slice(&chunk),
            Err(error) => return (all.freeze(), End::Broken(Error::of_transport(&error))),
        }
    }
}

/// A call that the server sent elsewhere: to its login page, or to where the service is.
fn redirected(asked: &Url, location: &HeaderValue, reply: HttpReply) -> Error {
    let target = location.to_str().ok().and_then(|location| asked.join(location).ok());
    let error = match &target {
        Some(target) if is_login_page(target) => {
            Error::new(ErrorKind::Unauthorized, "not signed in: the server sent the call to its login page")
        }
        Some(target) => {
            // The query of the target may repeat values of the call.
            let mut shown = target.clone();
            shown.set_query(None);
            shown.set_fragment(None);
            let _ = shown.set_username("");
            let _ = shown.set_password(None);
            Error::new(ErrorKind::Redirect, format!("the server sent the call to {shown}; redirects are not followed"))
                .with_hint("change the base URL of the client if the service has moved there")
        }
        None => Error::new(ErrorKind::Redirect, "the server sent the call to an address that is no URL"),
    };
    error.with_answer(reply.status, reply.reason, reply.headers, &Bytes::new())
}

/// Whether an address is the login page of `ServiceStack` or ASP.NET: by its path, or by the way back that it was given.
fn is_login_page(target: &Url) -> bool {
    let path = target.path().trim_end_matches('/').to_ascii_lowercase();
    path.ends_with("/login")
        || path.ends_with("/signin")
        || target
            .query_pairs()
            .any(|(name, _)| ["redirect", "ReturnUrl"].iter().any(|parameter| name.eq_ignore_ascii_case(parameter)))
}
