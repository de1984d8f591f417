//! `evo-gen mock`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use super::sandbox::Sandbox;

/// A mock that ends with the test.
struct Mock {
    process: Child,
    address: String,
}

impl Mock {
    fn start(sandbox: &Sandbox, arguments: &[&str]) -> Self {
        let mut command = sandbox.command("", &[&["mock", "--port", "0"], arguments].concat());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Listening on http://").unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { process, address }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: mock\r\nAccept: application/json\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Stops the mock, and returns its log.
    fn stop(mut self) -> String {
        self.process.kill().unwrap();
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It may have been stopped already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_configured_client_is_mocked() {
    let sandbox = Sandbox::pets();
    let mock = Mock::start(&sandbox, &[]);
    assert!(mock.get("/pets?name=Rex").ends_with(r#"{"name":"Rex","kind":"Cat"}"#));
    let log = mock.stop();
    assert!(log.starts_with("200 GET /pets?name=Rex -> FindPets, bound from query ("), "{log}");
}

#[test]
fn flags_reach_the_host() {
    let sandbox = Sandbox::pets();
    sandbox.write("answers/FindPets.json", r#"{"name": "own"}"#);
    let arguments =
        ["--file", "metadata.json", "--dialect", "endpoints", "--casing", "pascal", "--answers", "answers", "-q"];
    let mock = Mock::start(&sandbox, &arguments);
    assert!(mock.get("/pets").ends_with(r#"{"Name":"own","Kind":"Cat"}"#));
    assert!(mock.get("/json/reply/FindPets").starts_with("HTTP/1.1 405"));
    assert_eq!(mock.stop(), "");
    let failing = Mock::start(&sandbox, &["--fail", "100%"]);
    assert!(failing.get("/pets").starts_with("HTTP/1.1 503"));
}

#[test]
fn mistakes_are_reported_before_the_mock_listens() {
    let sandbox = Sandbox::pets();
    for (arguments, message) in [
        (&["--user", "ann"][..], "NAME:PASSWORD"),
        (&["--fail", "200%"], "0% to 100%"),
        (&["--delay", "soon"], "200ms"),
        (&["--answers", "metadata.json"], "`metadata.json` is not a folder"),
        (&["--answers", "nowhere"], "`nowhere` is not a folder\n  at: --answers"),
        (&["--file", "none.json"], "none.json"),
        (&["--bind", "192.0.2.1"], "use an address of this machine with `--bind`"),
    ] {
        let outcome = sandbox.run(&[&["mock"], arguments].concat());
        assert!(outcome.code > 1 && outcome.err.contains(message), "{arguments:?}: {}", outcome.err);
    }
}
