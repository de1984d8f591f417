//! `evo-gen mock`: a host that behaves as the described service would.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use evo_mock::{Casing, Dialect, Line, Mock, User};
use serde_json::json;

use super::args::{Format, ReportArgs};
use super::report::Report;
use super::subject::SubjectArgs;
use crate::Error;
use crate::config::Settings;

/// The options of `mock`.
#[derive(Debug, Args)]
pub struct MockArgs {
    /// The port to listen on; 0 chooses a free one
    #[arg(long, value_name = "PORT", default_value_t = 5005, help_heading = "Host")]
    pub port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", help_heading = "Host")]
    pub bind: IpAddr,
    /// How the host routes and serializes
    #[arg(long, value_name = "DIALECT", default_value = "classic", help_heading = "Host")]
    pub dialect: MockDialect,
    /// How names of members are spelled; by default as the service does
    #[arg(long, value_name = "CASING", help_heading = "Host")]
    pub casing: Option<MockCasing>,
    /// Add a user; may be repeated. Without users everybody may call everything
    #[arg(long = "user", value_name = "NAME:PASSWORD[:ROLE,..]", value_parser = user, help_heading = "Host")]
    pub users: Vec<User>,
    /// Send the tokens of users who sign in as cookies, as hosts with JWT authentication do
    #[arg(long, help_heading = "Host")]
    pub token_cookies: bool,
    /// Let programs in a browser call from this host alone
    #[arg(long, help_heading = "Host")]
    pub no_cors: bool,
    /// Answer from the files of this folder: HoldSession.json, HoldSession.404.json
    #[arg(long, value_name = "DIR", help_heading = "Answers")]
    pub answers: Option<PathBuf>,
    /// Take requests that break a rule or do not fit a type, and say so
    #[arg(long, help_heading = "Answers")]
    pub lenient: bool,
    /// Wait before each answer: 200ms, 2s
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "0ms", hide_default_value = true, help_heading = "Trouble")]
    pub delay: Duration,
    /// Let this share of all calls fail with 503: 10%
    #[arg(long, value_name = "PERCENT", value_parser = percent, default_value = "0%", hide_default_value = true, help_heading = "Trouble")]
    pub fail: u8,
    /// Which calls fail: the same seed makes the same ones fail
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true, help_heading = "Trouble")]
    pub seed: u64,
    /// Which service is mocked.
    #[command(flatten)]
    pub subject: SubjectArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// How a host routes and serializes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum MockDialect {
    /// ServiceStack's own routing and ServiceStack.Text.
    Classic,
    /// Endpoint routing and System.Text.Json.
    Endpoints,
}

/// How names of members are spelled.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum MockCasing {
    /// `callSid`
    Camel,
    /// `CallSid`
    Pascal,
    /// `call_sid`
    Snake,
}

fn user(text: &str) -> Result<User, String> {
    User::parse(text).ok_or_else(|| "a user is NAME:PASSWORD or NAME:PASSWORD:ROLE,ROLE".to_owned())
}

fn duration(text: &str) -> Result<Duration, String> {
    evo_mock::parse_duration(text).ok_or_else(|| "a time is 200ms or 2s, and at most an hour".to_owned())
}

fn percent(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('%').unwrap_or(text).parse().ok().filter(|percent| *percent <= 100);
    number.ok_or_else(|| "a share is 0% to 100%".to_owned())
}

/// Serves until the process is stopped.
pub fn serve(args: &MockArgs, report: Report<'_>) -> Result<(), Error> {
    let subject = args.subject.read(report)?;
    // What supplies and resolves types belongs to the document; the rest is how Rust is written.
    let mut settings = Settings::default();
    (settings.supply, settings.resolve) = (subject.settings.supply, subject.settings.resolve);
    let mut mock = Mock::of_document(subject.document)
        .settings(settings)
        .port(args.port)
        .bind(args.bind)
        .dialect(match args.dialect {
            MockDialect::Classic => Dialect::Classic,
            MockDialect::Endpoints => Dialect::Endpoints,
        })
        .delay(args.delay)
        .fail(args.fail, args.seed)
        .lenient(args.lenient)
        .token_cookies(args.token_cookies)
        .cors(!args.no_cors);
    mock = args.users.iter().cloned().fold(mock, Mock::user);
    if let Some(folder) = &args.answers {
        mock = mock.answers(folder);
    }
    mock = match args.casing {
        Some(MockCasing::Camel) => mock.casing(Casing::Camel),
        Some(MockCasing::Pascal) => mock.casing(Casing::Pascal),
        Some(MockCasing::Snake) => mock.casing(Casing::Snake),
        None => mock,
    };
    if !args.report.quiet {
        let is_json = args.report.format == Format::Json;
        mock = mock.log(move |line| eprintln!("{}", if is_json { to_json(line) } else { line.to_string() }));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::usage("the server cannot be started").caused_by(error))?;
    runtime.block_on(async {
        let running = mock.start().await.map_err(refuse)?;
        let url = running.url();
        report.answer(&format!("Listening on {url}"), json!({ "kind": "listening", "url": url }));
        running.wait().await;
        Ok(())
    })
}

/// Why a mock does not start, with what to do about it.
fn refuse(error: evo_mock::Error) -> Error {
    match error {
        evo_mock::Error::Document(error) => error,
        evo_mock::Error::Listen { address, source } => Error::usage(format!("cannot listen on {address}"))
            .caused_by(source)
            .help("choose another port with `--port`, or `--port 0` for a free one"),
        error => Error::usage(error.to_string()),
    }
}

fn to_json(line: &Line) -> String {
    json!({
        "kind": "request", "method": line.method, "target": line.target, "status": line.status, "operation": line.operation,
        "sources": line.sources, "ignored": line.ignored, "remarks": line.remarks,
        "milliseconds": u64::try_from(line.took.as_millis()).unwrap_or(u64::MAX),
    })
    .to_string()
}
