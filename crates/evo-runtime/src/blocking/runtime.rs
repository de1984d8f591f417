//! The runtime behind a blocking client.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::coop::poll_proceed;

use crate::error::{Error, ErrorKind};

/// A runtime that starts with the first call and ends with the last clone. Calls run on the threads that wait for them; connections and timers
/// run on a thread of the runtime, so that a connection that the server closes between two calls is not used again.
#[derive(Clone, Default)]
pub(super) struct Runtime {
    background: Arc<Mutex<Option<Background>>>,
}

struct Background {
    handle: Handle,
    /// Ends the thread when it is dropped.
    _running: oneshot::Sender<()>,
}

impl Runtime {
    /// Waits for a future.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        if is_async() {
            return Err(refused("the blocking client was called inside an async runtime")
                .with_hint("use the async client there, or call this one within tokio::task::spawn_blocking"));
        }
        Ok(self.handle()?.block_on(future))
    }

    fn handle(&self) -> Result<Handle, Error> {
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        if background.is_none() {
            *background = Some(Background::start()?);
        }
        background.as_ref().map(|running| running.handle.clone()).ok_or_else(|| refused("the runtime is not there"))
    }
}

impl Background {
    fn start() -> Result<Self, Error> {
        let unstarted = |error: std::io::Error| refused(format!("the runtime of the client cannot start: {error}"));
        let runtime = Builder::new_current_thread().enable_all().build().map_err(unstarted)?;
        let handle = runtime.handle().clone();
        let (running, ended) = oneshot::channel::<()>();
        let drive = move || {
            // Nothing is ever sent: it ends when the sender is dropped.
            let _ = runtime.block_on(ended);
        };
        thread::Builder::new().name("evo-runtime".to_owned()).spawn(drive).map_err(unstarted)?;
        Ok(Self { handle, _running: running })
    }
}

/// Whether this thread is running an async task. Tokio gives each task a budget of steps, after which it has to yield; a thread that only
/// knows a runtime, as those of `spawn_blocking` do, has none.
fn is_async() -> bool {
    /// More steps than a budget has.
    const STEPS: usize = 256;

    let mut context = Context::from_waker(Waker::noop());
    let mut steps = Vec::new();
    while steps.len() < STEPS
        && let Poll::Ready(step) = poll_proceed(&mut context)
    {
        steps.push(step);
    }
    let is_async = steps.len() < STEPS;
    // Each step that is given back restores the budget as it was before it.
    while steps.pop().is_some() {}
    is_async
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Runtime")
    }
}
