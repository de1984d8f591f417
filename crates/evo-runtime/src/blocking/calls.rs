//! Calls with settings of their own.

use std::time::Duration;

use super::runtime::Runtime;
use super::{Download, Iter, Pages};
use crate::batch::{Batch, BatchError};
use crate::client::{Answered, Call, Retry};
use crate::error::Error;
use crate::facts::{Address, Format};
use crate::files::{DownloadCall, FilePart, Upload};
use crate::operations::{Operation, Verb};
use crate::query::{Page, Query};
use crate::request::PreparedRequest;
use crate::wire::{Shape, Wire};

/// A call of the async client that is waited for when it is sent. Its settings are those of the async call.
#[derive(Debug)]
#[must_use = "a call is made by sending it"]
pub struct Waiting<C> {
    pub(super) runtime: Runtime,
    pub(super) call: C,
}

impl<C> Waiting<C> {
    pub(super) fn new(runtime: Runtime, call: C) -> Self {
        Self { runtime, call }
    }

    pub(super) fn with(self, change: impl FnOnce(C) -> C) -> Self {
        Self { call: change(self.call), runtime: self.runtime }
    }
}

/// Settings that the async call has too.
macro_rules! settings {
    ($($(#[$meta:meta])* $call:ident::$name:ident($($argument:ident: $type:ty),*);)*) => {$(
        #[doc = concat!("As [`", stringify!($call), "::", stringify!($name), "`].")]
        $(#[$meta])*
        pub fn $name(self $(, $argument: $type)*) -> Self {
            self.with(|call| call.$name($($argument),*))
        }
    )*};
}

pub(super) use settings;

impl<T: Operation> Waiting<Call<T>> {
    settings! {
        Call::header(name: impl AsRef<str>, value: impl AsRef<str>);
        Call::query(name: impl Into<String>, value: impl Into<String>);
        Call::timeout(timeout: impl Into<Option<Duration>>);
        Call::attempt_timeout(timeout: impl Into<Option<Duration>>);
        Call::retry(retry: Retry);
        Call::address(address: Address);
        Call::format(format: Format);
        Call::iso_dates(iso_dates: bool);
        Call::jsconfig(switches: impl Into<String>);
        #[cfg(feature = "gzip")]
        Call::compress(compress: bool);
        Call::verb(verb: Verb);
    }

    /// The request of this call, without sending it.
    ///
    /// # Errors
    ///
    /// As [`Call::prepare`].
    pub fn prepare(self) -> Result<PreparedRequest, Error> {
        self.call.prepare()
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// As [`Call::send`].
    pub fn send(self) -> Result<T::Answer, Error> {
        self.runtime.run(self.call.send())
    }

    /// Makes the call and answers status and headers too.
    ///
    /// # Errors
    ///
    /// As [`Call::send_answered`].
    pub fn send_answered(self) -> Result<Answered<T::Answer>, Error> {
        self.runtime.run(self.call.send_answered())
    }

    /// Makes the call and answers whatever comes back, undecoded, while it arrives; a status that says error is no error here.
    ///
    /// # Errors
    ///
    /// As [`Call::send_raw`].
    pub fn send_raw(self) -> Result<Download, Error> {
        let download = self.runtime.run(self.call.send_raw())?;
        Ok(Download::new(self.runtime, download))
    }
}

impl<T: Operation> Waiting<Batch<T>> {
    settings! {
        Batch::concurrency(calls: usize);
        Batch::one_by_one();
    }

    /// Makes the calls.
    ///
    /// # Errors
    ///
    /// As [`Batch::send`].
    pub fn send(self) -> Result<Vec<T::Answer>, BatchError<T::Answer>> {
        let count = self.call.len();
        self.runtime.wait(self.call.send()).unwrap_or_else(|error| Err(BatchError::before_all(error, count)))
    }
}

impl<T: Operation> Waiting<Upload<T>> {
    settings! {
        Upload::file(file: FilePart);
        Upload::on_progress(progress: impl Fn(u64, Option<u64>) + Send + Sync + 'static);
        Upload::timeout(timeout: impl Into<Option<Duration>>);
    }

    /// The request of this upload, without sending it.
    ///
    /// # Errors
    ///
    /// As [`Upload::prepare`].
    pub fn prepare(self) -> Result<PreparedRequest, Error> {
        self.call.prepare()
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// As [`Upload::send`].
    pub fn send(self) -> Result<T::Answer, Error> {
        self.runtime.run(self.call.send())
    }
}

impl<T: Operation> Waiting<DownloadCall<T>> {
    settings! {
        DownloadCall::resume_from(bytes: u64);
        DownloadCall::range(first: u64, last: u64);
        DownloadCall::limit(bytes: u64);
    }

    /// The request of this download, without sending it.
    ///
    /// # Errors
    ///
    /// As [`DownloadCall::prepare`].
    pub fn prepare(self) -> Result<PreparedRequest, Error> {
        self.call.prepare()
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// As [`DownloadCall::send`].
    pub fn send(self) -> Result<Download, Error> {
        let download = self.runtime.run(self.call.send())?;
        Ok(Download::new(self.runtime, download))
    }
}

impl<T: Operation> Waiting<Query<T>> {
    settings! {
        Query::unchecked();
        Query::checked_by(rows: impl IntoIterator<Item = &'static Shape>);
        Query::filter(name: impl AsRef<str>, value: impl Wire);
        Query::is_null(field: impl AsRef<str>);
        Query::is_not_null(field: impl AsRef<str>);
        Query::between(field: impl AsRef<str>, first: impl Wire, last: impl Wire);
        Query::order_by(field: impl AsRef<str>);
        Query::order_by_desc(field: impl AsRef<str>);
        Query::fields(fields: impl IntoIterator<Item = impl AsRef<str>>);
        Query::distinct();
        Query::include(aggregate: impl AsRef<str>);
        Query::include_total();
        Query::skip(rows: u32);
        Query::take(rows: u32);
    }

    /// The request of this query, without sending it.
    ///
    /// # Errors
    ///
    /// As [`Query::prepare`].
    pub fn prepare(self) -> Result<PreparedRequest, Error> {
        self.call.prepare()
    }

    /// Makes the query.
    ///
    /// # Errors
    ///
    /// As [`Query::send`].
    pub fn send(self) -> Result<T::Answer, Error> {
        self.runtime.run(self.call.send())
    }

    /// All rows, as pages; as [`Query::pages`].
    pub fn pages(self) -> Pages<T::Answer>
    where
        T: Clone + Send + 'static,
        T::Answer: Page,
    {
        Iter::new(self.runtime, self.call.pages())
    }
}
