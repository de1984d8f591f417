//! The operations of a host without their types: how to call each of them, and how to read its responses.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use evo_runtime::http::Method;
use evo_runtime::operations::AnswerShape;
use evo_runtime::wire::{Decode, Encode, ReadError, Record, Wire, json, jsv};
use evo_runtime::{Bytes, Client, Download, Error, Operation, OperationSpec, PreparedRequest, Reply, Value};

type Answering = Pin<Box<dyn Future<Output = Result<Answer, Error>>>>;

type Prepare = fn(&Client, &mut dyn FnMut(&mut dyn Record), &Own) -> Result<PreparedRequest, Error>;

/// An operation of a generated client.
pub struct Call {
    pub spec: OperationSpec,
    /// A request without values.
    pub request: fn() -> Box<dyn Record>,
    /// A call with its own settings and values.
    pub prepare: Prepare,
    /// Reads the response of one call.
    pub answer: fn(Reply) -> Answering,
    /// Reads the responses of a batch.
    pub answers: fn(Reply) -> Answering,
}

/// The settings of a call.
pub struct Own {
    pub method: Method,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
}

/// The result of a response.
pub struct Answer {
    /// The value, as `Debug` shows it.
    pub shown: String,
    /// The round trips of the value in JSON and in JSV; `None` if the response is not a value.
    pub again: Option<[Again; 2]>,
}

/// The result of a round trip.
#[derive(Debug, PartialEq)]
pub enum Again {
    /// The value is unchanged.
    Same,
    /// The value differs, but its encoding is the same.
    SameWritten,
    /// The value differs.
    Other(String),
    /// The value cannot be written, or cannot be read again.
    Failed(String),
}

/// An operation that returns a value in JSON or JSV.
pub fn value<T>() -> Call
where
    T: Operation + Default + 'static,
    T::Answer: Wire + Debug,
{
    call::<T, T::Answer>(|reply| Box::pin(async { Ok(of_value(&T::answer(reply)?)) }))
}

/// An operation that returns nothing; its batches return a list of nulls.
pub fn nothing<T: Operation<Answer = ()> + Default + 'static>() -> Call {
    call::<T, Option<Value>>(|reply| Box::pin(async { T::answer(reply).map(|()| raw("nothing")) }))
}

/// An operation that returns text.
pub fn text<T: Operation<Answer = String> + Default + 'static>() -> Call {
    call::<T, String>(|reply| Box::pin(async { T::answer(reply).map(raw) }))
}

/// An operation that returns bytes.
pub fn bytes<T: Operation<Answer = Bytes> + Default + 'static>() -> Call {
    call::<T, Bytes>(|reply| Box::pin(async { T::answer(reply).map(raw) }))
}

/// An operation that returns a stream.
pub fn stream<T: Operation<Answer = Download> + Default + 'static>() -> Call {
    call::<T, Value>(|reply| {
        Box::pin(async {
            let download = T::answer(reply)?;
            let about = (download.status().as_u16(), download.file_name(), download.content_type().map(str::to_owned));
            Ok(raw((about, download.bytes().await?)))
        })
    })
}

/// `I` is the item type in the list that a batch returns.
fn call<T: Operation + Default + 'static, I: Wire + Debug>(answer: fn(Reply) -> Answering) -> Call {
    Call {
        spec: T::SPEC,
        request: || Box::new(T::default()),
        prepare: |client, fill, own| {
            let mut operation = T::default();
            fill(&mut operation);
            let mut call = client.call(operation).method(own.method.clone());
            for (name, value) in &own.query {
                call = call.query(name, value);
            }
            for (name, value) in &own.headers {
                call = call.header(name, value);
            }
            call.prepare()
        },
        answer,
        answers: |reply| Box::pin(async move { Ok(of_value(&reply.decode::<Vec<I>>()?)) }),
    }
}

impl Call {
    /// The operation in a batch.
    pub fn in_batches(&self) -> OperationSpec {
        OperationSpec { shape: AnswerShape::Value, ..self.spec }
    }
}

fn raw(answer: impl Debug) -> Answer {
    Answer { shown: format!("{answer:?}"), again: None }
}

fn of_value<V: Wire + Debug>(value: &V) -> Answer {
    let in_json = again(value, |value| json::to_vec(value).map_err(|error| error.to_string()), json::read_slice);
    let in_jsv = again(value, |value| jsv::to_vec(value).map_err(|error| error.to_string()), jsv::read_slice);
    Answer { shown: format!("{value:?}"), again: Some([in_json, in_jsv]) }
}

/// The result of a round trip.
fn again<V: Wire + Debug>(
    value: &V,
    write: fn(&dyn Encode) -> Result<Vec<u8>, String>,
    read: fn(&[u8], &mut dyn Decode) -> Result<bool, ReadError>,
) -> Again {
    let mut again = V::default();
    let written = write(value).and_then(|written| {
        read(&written, &mut again).map_err(|error| error.to_string())?;
        Ok(written)
    });
    let written = match written {
        Ok(written) => written,
        Err(message) => return Again::Failed(message),
    };
    match (format!("{value:?}"), format!("{again:?}")) {
        (before, after) if before == after => Again::Same,
        _ if write(&again).is_ok_and(|again| again == written) => Again::SameWritten,
        (_, after) => Again::Other(after),
    }
}
