//! A call with settings of its own.

use http::{Method, Response};

use super::call_options::CallOptions;
use super::{Client, Download, Reply};
use crate::error::Error;
use crate::facts::{Address, Format};
use crate::operations::{AnswerShape, Operation};
use crate::request::PreparedRequest;

/// A call with settings of its own; made by [`Client::call`]. What is wrong with its settings is reported when it is sent.
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

    /// Whether classic hosts are asked for exact dates in this response.
    pub fn iso_dates(self, iso_dates: bool) -> Self {
        Self { options: self.options.with(|settings| settings.options.iso_dates = iso_dates), ..self }
    }

    /// Switches of the host's serializer for this call, in place of those of the client, as
    /// [`ClientBuilder::jsconfig`](super::ClientBuilder::jsconfig); an empty text for none.
    pub fn jsconfig(self, switches: impl Into<String>) -> Self {
        let switches = Some(switches.into()).filter(|switches| !switches.is_empty());
        Self { options: self.options.with(|settings| settings.options.jsconfig = switches), ..self }
    }

    /// Another method of HTTP than that of the operation. Classic hosts allow any that the service implements; hosts with endpoint routing
    /// reply with 405.
    pub fn method(mut self, method: Method) -> Self {
        self.options.method = Some(method);
        self
    }

    /// The address on which this operation is called.
    pub fn address(self, address: Address) -> Self {
        Self { options: self.options.with(|settings| settings.options.addresses = vec![address]), ..self }
    }

    /// The format of this request and its response.
    pub fn format(self, format: Format) -> Self {
        Self { options: self.options.with(|settings| settings.options.format = format), ..self }
    }

    /// The request of this call, without sending it.
    ///
    /// # Errors
    ///
    /// If a setting is wrong, a value cannot be sent, or none of the addresses can take the call.
    pub fn prepare(mut self) -> Result<PreparedRequest, Error> {
        self.options.prepare_call(&T::SPEC, &mut self.operation)
    }

    /// Makes the call.
    pub fn send(self) -> impl Future<Output = Result<T::Answer, Error>> + use<T> {
        let reply = self.execute(T::SPEC.shape);
        async move { T::answer(reply.await?) }
    }

    /// Makes the call and returns the answer as the body of its response, with status and headers.
    pub fn send_response(self) -> impl Future<Output = Result<Response<T::Answer>, Error>> + use<T> {
        let reply = self.execute(T::SPEC.shape);
        async move {
            let reply = reply.await?;
            let head = reply.head.clone();
            Ok(Response::from_parts(head, T::answer(reply)?))
        }
    }

    /// Makes the call and returns the response undecoded, while it arrives. Error statuses are returned as `Ok`.
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

/// Adds the settings that every kind of call has to one of them, which has a member `options`.
macro_rules! call_settings {
    ($call:ident) => {
        impl<T> $call<T> {
            /// A header of this request; it replaces the headers of this name that the client has. A `Cookie` is sent along with the cookies
            /// of the client and its session. The value is never shown.
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self { options: self.options.header(name.as_ref(), value.as_ref()), ..self }
            }

            /// A parameter in the query of this request, besides the members of the operation. Name and value are encoded. If the values of the
            /// operation do not fit in a query, and so travel in a body, the parameter has to be one of its members: servers ignore others then.
            pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.query.push((name.into(), value.into()));
                self
            }

            /// How long this call may take, retries included; `None` for as long as it takes.
            pub fn timeout(self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                let timeout = timeout.into();
                Self { options: self.options.with(|settings| settings.options.timeout = timeout), ..self }
            }

            /// How long one attempt may take.
            pub fn attempt_timeout(self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                let timeout = timeout.into();
                Self { options: self.options.with(|settings| settings.options.attempt_timeout = timeout), ..self }
            }

            /// When this request is retried.
            pub fn retry(self, retry: $crate::client::Retry) -> Self {
                Self { options: self.options.with(|settings| settings.options.retry = retry), ..self }
            }

            /// Whether sending this request twice does no more than sending it once, so that it may be retried; by default its method tells.
            pub fn idempotent(self, is_idempotent: bool) -> Self {
                let change = |settings: &mut $crate::client::Settings| {
                    settings.options.retry = settings.options.retry.clone().idempotent(is_idempotent);
                };
                Self { options: self.options.with(change), ..self }
            }

            /// Follows up to so many redirects of this request, as [`ClientBuilder::follow_redirects`](crate::ClientBuilder::follow_redirects).
            pub fn follow_redirects(self, most: u32) -> Self {
                Self { options: self.options.with(|settings| settings.options.redirects = most), ..self }
            }

            /// Sends empty texts too. In a query servers read them as null, so that they are left out; with this the values travel in a body.
            pub fn keep_empty_texts(self) -> Self {
                Self { options: self.options.with(|settings| settings.options.keeps_empty_texts = true), ..self }
            }

            /// Whether the body of this request is compressed with gzip if it has 1 KiB or more.
            #[cfg(feature = "gzip")]
            pub fn compress(self, compress: bool) -> Self {
                Self { options: self.options.with(|settings| settings.options.compress = compress), ..self }
            }
        }
    };
}

pub(crate) use call_settings;

call_settings!(Call);
