//! The runtime behind a blocking client.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::error::{Error, ErrorKind};

/// A runtime that starts with the first call, and ends with the last clone. The calls run on the threads that wait for them; connections and
/// timers on one thread of its own, so that a connection that the server closes between two calls is not used again.
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
    ///
    /// # Errors
    ///
    /// Inside an async runtime, and when the runtime cannot be started.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        if is_async() {
            return Err(refused("the blocking client was called inside an async runtime")
                .with_hint("use the async client there, or call this one within tokio::task::spawn_blocking"));
        }
        Ok(self.handle()?.block_on(future))
    }

    /// Waits for the outcome of a call.
    pub(super) fn run<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        self.wait(call)?
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

/// Whether this thread runs async tasks. Tokio tells it apart from a thread that only knows a runtime, as those of `spawn_blocking`, by nothing
/// but a panic.
fn is_async() -> bool {
    let Ok(handle) = Handle::try_current() else { return false };
    catch_unwind(AssertUnwindSafe(|| handle.block_on(std::future::ready(())))).is_err()
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Runtime")
    }
}
