//! Downloads, including partial and resumed ones.

use http::header::{CONTENT_RANGE, RANGE};
use http::{HeaderValue, StatusCode};

use crate::client::{CallOptions, Client, Download, call_settings};
use crate::error::{Error, ErrorKind};
use crate::operations::{AnswerShape, Operation, OperationSpec};
use crate::request::PreparedRequest;

/// A call whose response is read while it arrives, whatever its type. Created by [`Client::download`].
///
/// See [`guide::files`](crate::guide::files).
#[derive(Debug)]
#[must_use = "a download is made by sending it"]
pub struct DownloadCall<T> {
    options: CallOptions,
    operation: T,
    first: u64,
    last: Option<u64>,
    limit: Option<u64>,
}

impl Client {
    /// Starts a call whose response is read while it arrives.
    pub fn download<T: Operation>(&self, operation: T) -> DownloadCall<T> {
        DownloadCall { options: CallOptions::new(self.clone()), operation, first: 0, last: None, limit: None }
    }
}

impl<T: Operation> DownloadCall<T> {
    /// Requests the rest after this many bytes. A server without support for that sends the whole file, and [`Download::start`] returns 0.
    pub fn resume_from(self, bytes: u64) -> Self {
        Self { first: bytes, last: None, ..self }
    }

    /// Requests a part, from the first byte through the last, counted from 0. A server without support for that sends the whole file.
    pub fn range(self, first: u64, last: u64) -> Self {
        Self { first, last: Some(last), ..self }
    }

    /// Limits the number of bytes. A larger download ends with an error. By default there is no limit.
    pub fn limit(self, bytes: u64) -> Self {
        Self { limit: Some(bytes), ..self }
    }

    /// Builds the request of this download without sending it.
    ///
    /// # Errors
    ///
    /// As for [`Client::prepare`], and if the part ends before it begins.
    pub fn prepare(self) -> Result<PreparedRequest, Error> {
        prepare(&self.options, T::SPEC, &self.operation, self.first, self.last)
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`], and also if the server sends a part other than the requested one or announces more than the limit allows.
    pub fn send(self) -> impl Future<Output = Result<Download, Error>> + use<T> {
        let (client, first, last, limit) = (self.options.client.clone(), self.first, self.last, self.limit);
        let request = self.prepare();
        async move {
            let mut download = client.execute(request?).await?.into_download();
            if download.status() == StatusCode::PARTIAL_CONTENT {
                let part = part(&download).filter(|part| part.fits(first, last));
                let Some(part) = part else {
                    let found =
                        download.headers().get(CONTENT_RANGE).map_or("none", |range| range.to_str().unwrap_or("?"));
                    let message = format!("the server sent a different part than requested: Content-Range is {found}");
                    return Err(Error::new(ErrorKind::Decode, message).during(T::SPEC.name));
                };
                (download.start, download.total) = (part.first, part.total);
            }
            match limit {
                Some(limit) => download.limited(limit),
                None => Ok(download),
            }
        }
    }
}

call_settings!(DownloadCall);

fn prepare(
    options: &CallOptions,
    spec: OperationSpec,
    operation: &dyn crate::wire::Record,
    first: u64,
    last: Option<u64>,
) -> Result<PreparedRequest, Error> {
    let reject = |message: String| Error::new(ErrorKind::Request, message).during(spec.name);
    let mut request = options.prepare(&spec.answering(AnswerShape::Stream), operation)?;
    let range = match last {
        Some(last) if last < first => {
            return Err(reject(format!("the part ends at {last}, before it begins at {first}")));
        }
        Some(last) => format!("bytes={first}-{last}"),
        None if first > 0 => format!("bytes={first}-"),
        None => return Ok(request),
    };
    let range = HeaderValue::try_from(range).map_err(|error| reject(error.to_string()))?;
    request.headers_mut().insert(RANGE, range);
    Ok(request)
}

/// The part of a file that a response contains.
struct Part {
    first: u64,
    last: u64,
    total: Option<u64>,
}

impl Part {
    /// Whether this is the requested part, as far as the file extends.
    fn fits(&self, first: u64, last: Option<u64>) -> bool {
        let end = match (last, self.total) {
            (Some(last), Some(total)) => Some(last.min(total.saturating_sub(1))),
            (Some(last), None) => Some(last),
            (None, total) => total.map(|total| total.saturating_sub(1)),
        };
        self.first == first && self.first <= self.last && end.is_none_or(|end| end == self.last)
    }
}

/// Returns the part in a header such as `Content-Range: bytes 0-5/11`.
fn part(download: &Download) -> Option<Part> {
    let range = download.headers().get(CONTENT_RANGE)?.to_str().ok()?.trim().strip_prefix("bytes")?.trim();
    let (span, total) = range.split_once('/')?;
    let (first, last) = span.split_once('-')?;
    let total = if total == "*" { None } else { Some(total.parse().ok()?) };
    Some(Part { first: first.parse().ok()?, last: last.parse().ok()?, total })
}
