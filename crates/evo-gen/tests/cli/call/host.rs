//! A mock of the pets' service to call.

use std::sync::{Arc, Mutex, PoisonError};

use evo_mock::{CustomResponse, Dialect, Mock, Running, User};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::sandbox::{Outcome, Sandbox, finish};

/// The service that is called: values of every kind, rules, files, and operations that want a user.
pub const PETS: &str = include_str!("pets.json");

/// A running mock, and a folder to call it from.
pub struct Host {
    pub url: String,
    pub sandbox: Sandbox,
    /// The requests that arrived.
    requests: Arc<Mutex<Vec<String>>>,
    running: Option<Running>,
    runtime: Runtime,
}

impl Host {
    /// A host that everybody may call.
    pub fn open(dialect: Dialect) -> Self {
        Self::start(dialect, &[])
    }

    /// A host with these users: `NAME:PASSWORD:ROLE`.
    pub fn start(dialect: Dialect, users: &[&str]) -> Self {
        let sandbox = Sandbox::new(&[("pets.json", PETS)]);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let mut mock = Mock::of(sandbox.path("pets.json"))
            .dialect(dialect)
            .on("DeletePet", |request| match request["Id"].as_i64() {
                Some(404) => CustomResponse::error(404, "NoPet", "There is no such pet."),
                Some(500) => CustomResponse::error(500, "Broken", "The cage is broken."),
                _ => json!({}).into(),
            })
            .log(move |line| {
                log.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{} {}", line.method, line.target));
            });
        for user in users {
            mock = mock.user(User::parse(user).unwrap());
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let running = runtime.block_on(mock.start()).unwrap();
        Self { url: running.url(), sandbox, requests, running: Some(running), runtime }
    }

    /// Calls an operation of this host.
    pub fn call(&self, arguments: &[&str]) -> Outcome {
        self.call_with(&[], arguments, "")
    }

    /// Calls with these variables and this standard input.
    pub fn call_with(&self, variables: &[(&str, &str)], arguments: &[&str], input: &str) -> Outcome {
        let arguments = [&["call"], arguments, &["--file", "pets.json", "--host", &self.url]].concat();
        let mut command = self.sandbox.command("", &arguments);
        command.env("XDG_STATE_HOME", self.sandbox.path("state")).env_remove("EVO_GEN_PASSWORD");
        command.envs(variables.iter().copied());
        finish(command, input)
    }

    /// The requests that arrived since this was asked last.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A text of the program with the address of the host replaced.
    pub fn stable(&self, text: &str) -> String {
        text.replace(&self.url, "http://host").replace(&self.sandbox.folder().display().to_string(), "FOLDER")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _in_runtime = self.runtime.enter();
        drop(self.running.take());
    }
}
