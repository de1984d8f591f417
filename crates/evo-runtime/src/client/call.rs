//! A call with its own settings.

use http::{Method, Response};

use super::call_options::CallOptions;
use super::{Client, Download, Reply};
use crate::error::Error;
use crate::facts::{Address, Format};
use crate::operations::{AnswerShape, Operation};
use crate::request::PreparedRequest;

/// A call with its own settings, created by [`Client::call`]. Invalid settings are reported when the call is sent.
///
/// See [`guide::calls`](crate::guide::calls).
#[derive(Debug)]
#[must_use = "a call is made by sending it"]
pub struct Call<T> {
    pub(crate) operation: T,
    pub(crate) options: CallOptions,
}

impl<T: Operation> Call<T> {
    pub(super) fn new(client: Client, operation: T) -> Self {
        Self { operation, options: CallOptions::new(client) }
    }

    /// Whether to request exact dates from classic hosts, as [`ClientBuilder::iso_dates`](super::ClientBuilder::iso_dates).
    pub fn iso_dates(self, iso_dates: bool) -> Self {
        Self { options: self.options.with(|settings| settings.options.iso_dates = iso_dates), ..self }
    }

    /// Sets switches of the host's serializer for this call, in place of those set with
    /// [`ClientBuilder::jsconfig`](super::ClientBuilder::jsconfig). An empty string sets none.
    pub fn jsconfig(self, switches: impl Into<String>) -> Self {
        let switches = Some(switches.into()).filter(|switches| !switches.is_empty());
        Self { options: self.options.with(|settings| settings.options.jsconfig = switches), ..self }
    }

    /// Sets an HTTP method other than that of the operation. Classic hosts allow any method that the service implements; hosts with
    /// endpoint routing respond with 405.
    pub fn method(mut self, method: Method) -> Self {
        self.options.method = Some(method);
        self
    }

    /// Sets the address at which the operation is called.
    pub fn address(self, address: Address) -> Self {
        Self { options: self.options.with(|settings| settings.options.addresses = vec![address]), ..self }
    }

    /// Sets the format of the request and its response.
    pub fn format(self, format: Format) -> Self {
        Self { options: self.options.with(|settings| settings.options.format = format), ..self }
    }

    /// Builds the request of this call without sending it.
    ///
    /// # Errors
    ///
    /// If a setting is invalid, a value cannot be sent, or none of the addresses can take the call.
    pub fn prepare(mut self) -> Result<PreparedRequest, Error> {
        self.options.prepare_call(&T::SPEC, &mut self.operation)
    }

    /// Makes the call.
    pub fn send(self) -> impl Future<Output = Result<T::Answer, Error>> + use<T> {
        let reply = self.execute(T::SPEC.shape);
        async move { T::answer(reply.await?) }
    }

    /// Makes the call and returns the decoded response along with its status and headers.
    pub fn send_response(self) -> impl Future<Output = Result<Response<T::Answer>, Error>> + use<T> {
        let reply = self.execute(T::SPEC.shape);
        async move {
            let reply = reply.await?;
            let head = reply.head.clone();
            Ok(Response::from_parts(head, T::answer(reply)?))
        }
    }

    /// Makes the call and returns the undecoded response, whose body can be read while it arrives. Error statuses are returned as `Ok`.
    ///
    /// # Errors
    ///
    /// If the call cannot be made or gets no response.
    pub fn send_raw(self) -> impl Future<Output = Result<Download, Error>> + use<T> {
        let reply = self.execute(AnswerShape::Anything);
        async move { reply.await.map(Reply::into_download) }
    }

    fn execute(mut self, shape: AnswerShape) -> impl Future<Output = Result<Reply, Error>> + use<T> {
        let request = self.options.prepare_call(&T::SPEC.answering(shape), &mut self.operation);
        let client = self.options.client;
        async move { client.execute(request?).await }
    }
}

/// Implements the settings shared by all kinds of calls for a type with a field `options`.
macro_rules! call_settings {
    ($call:ident) => {
        impl<T> $call<T> {
            /// Sets a header of this request, replacing the client's headers of the same name. A `Cookie` is sent along with the cookies of
            /// the client and its session. The value is never shown.
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self { options: self.options.header(name.as_ref(), value.as_ref()), ..self }
            }

            /// Adds a query parameter to this request, in addition to the members of the operation. Name and value are encoded. If the
            /// values of the operation do not fit in a query and are sent in a body, the parameter must be one of its members: servers then
            /// ignore any other.
            pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.query.push((name.into(), value.into()));
                self
            }

            /// Limits how long this call may take, including retries; `None` means no limit.
            pub fn timeout(self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                let timeout = timeout.into();
                Self { options: self.options.with(|settings| settings.options.timeout = timeout), ..self }
            }

            /// Limits how long one attempt may take.
            pub fn attempt_timeout(self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                let timeout = timeout.into();
                Self { options: self.options.with(|settings| settings.options.attempt_timeout = timeout), ..self }
            }

            /// Sets when this request is retried.
            pub fn retry(self, retry: $crate::client::Retry) -> Self {
                Self { options: self.options.with(|settings| settings.options.retry = retry), ..self }
            }

            /// Whether sending this request twice has the same effect as sending it once, so that it may be retried. By default the method
            /// decides.
            pub fn idempotent(self, is_idempotent: bool) -> Self {
                let change = |settings: &mut $crate::client::Settings| {
                    settings.options.retry = settings.options.retry.clone().idempotent(is_idempotent);
                };
                Self { options: self.options.with(change), ..self }
            }

            /// Follows up to `most` redirects of this request, as
            /// [`ClientBuilder::follow_redirects`](crate::ClientBuilder::follow_redirects).
            pub fn follow_redirects(self, most: u32) -> Self {
                Self { options: self.options.with(|settings| settings.options.redirects = most), ..self }
            }

            /// Sends empty strings too. Servers read an empty string in a query as null, so it is normally left out; with this setting the
            /// values are sent in a body.
            pub fn keep_empty_texts(self) -> Self {
                Self { options: self.options.with(|settings| settings.options.keeps_empty_texts = true), ..self }
            }

            /// Whether the body of this request is compressed with gzip if it is 1 KiB or larger.
            #[cfg(feature = "gzip")]
            pub fn compress(self, compress: bool) -> Self {
                Self { options: self.options.with(|settings| settings.options.compress = compress), ..self }
            }
        }
    };
}

pub(crate) use call_settings;

call_settings!(Call);
