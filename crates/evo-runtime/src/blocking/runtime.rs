//! The runtime of a blocking client.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::coop::poll_proceed;

use crate::error::{Error, ErrorKind};

/// A runtime that starts with the first call and ends when its last clone is dropped. Calls run on the threads that wait for them. Connections
/// and timers run on the runtime's own thread, so that the runtime notices when the server closes a connection between two calls.
#[derive(Debug, Clone, Default)]
pub(super) struct Runtime {
    background: Arc<Mutex<Option<Background>>>,
}

#[derive(Debug)]
struct Background {
    handle: Handle,
    /// Dropping it ends the thread.
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
        let running = background.take().map_or_else(Background::start, Ok)?;
        Ok(background.insert(running).handle.clone())
    }
}

impl Background {
    fn start() -> Result<Self, Error> {
        let unstarted = |error: std::io::Error| refused(format!("the runtime of the client cannot start: {error}"));
        let runtime = Builder::new_current_thread().enable_all().build().map_err(unstarted)?;
        let handle = runtime.handle().clone();
        let (running, ended) = oneshot::channel::<()>();
        let drive = move || {
            // Nothing is ever sent; the receiver completes when the sender is dropped.
            let _ = runtime.block_on(ended);
        };
        thread::Builder::new().name("evo-runtime".to_owned()).spawn(drive).map_err(unstarted)?;
        Ok(Self { handle, _running: running })
    }
}

/// Whether this thread is running an async task. Tokio gives each task a budget of steps, after which the task has to yield. A thread that only
/// has a handle to a runtime, such as those of `spawn_blocking`, has no budget.
fn is_async() -> bool {
    /// More steps than any budget has.
    const STEPS: usize = 256;

    let mut context = Context::from_waker(Waker::noop());
    let mut steps = Vec::new();
    while steps.len() < STEPS
        && let Poll::Ready(step) = poll_proceed(&mut context)
    {
        steps.push(step);
    }
    let is_async = steps.len() < STEPS;
    // Each step restores the budget that it found, so they are dropped in reverse order.
    while steps.pop().is_some() {}
    is_async
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
