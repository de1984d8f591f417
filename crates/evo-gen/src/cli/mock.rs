//! `evo-gen mock`: serves a mock of a service.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use evo_mock::{Casing, Dialect, Line, Mock, User};
use serde_json::json;

use super::args::{Format, ReportArgs};
use super::report::{Report, json_line, to_stderr};
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
    /// The casing of member names [default: that of the service]
    #[arg(long, value_name = "CASING", help_heading = "Host")]
    pub casing: Option<MockCasing>,
    /// Add a user; may be repeated. Without users, all operations can be called by everyone
    #[arg(long = "user", value_name = "NAME:PASSWORD[:ROLE,..]", value_parser = user, help_heading = "Host")]
    pub users: Vec<User>,
    /// Send the tokens of signed-in users as cookies, like hosts with JWT authentication
    #[arg(long, help_heading = "Host")]
    pub token_cookies: bool,
    /// Allow calls from web pages of this host only
    #[arg(long, help_heading = "Host")]
    pub no_cors: bool,
    /// Respond with the files in this folder: HoldSession.json, HoldSession.404.json
    #[arg(long, value_name = "DIR", help_heading = "Responses")]
    pub answers: Option<PathBuf>,
    /// Accept requests that violate a rule or do not match a type, and log them
    #[arg(long, help_heading = "Responses")]
    pub lenient: bool,
    /// Delay each response: 200ms, 2s
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "0ms", hide_default_value = true, help_heading = "Trouble")]
    pub delay: Duration,
    /// Let this percentage of calls fail with 503: 10%
    #[arg(long, value_name = "PERCENT", value_parser = percent, default_value = "0%", hide_default_value = true, help_heading = "Trouble")]
    pub fail: u8,
    /// The seed that determines which calls fail
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true, help_heading = "Trouble")]
    pub seed: u64,
    /// The service to mock.
    #[command(flatten)]
    pub subject: SubjectArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// The routing and serializer of a host.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum MockDialect {
    /// ServiceStack's own routing and ServiceStack.Text.
    Classic,
    /// Endpoint routing and System.Text.Json.
    Endpoints,
}

/// The casing of member names.
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
    evo_mock::parse_duration(text).ok_or_else(|| "use a time such as 200ms or 2s, at most an hour".to_owned())
}

fn percent(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('%').unwrap_or(text).parse().ok().filter(|percent| *percent <= 100);
    number.ok_or_else(|| "a percentage is 0% to 100%".to_owned())
}

/// Serves until the process is stopped.
pub fn serve(args: &MockArgs, report: Report<'_>) -> Result<(), Error> {
    let subject = args.subject.read(report)?;
    // Only settings that describe types apply; the rest concern the generated code.
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
        mock = mock.log(move |line| to_stderr(&if is_json { to_json(line) } else { format!("{line}\n") }));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::usage("the server cannot be started").caused_by(error))?;
    runtime.block_on(async {
        let running = mock.start().await.map_err(startup_error)?;
        let url = running.url();
        report.answer(&format!("Listening on {url}"), json!({ "kind": "listening", "url": url }));
        running.wait().await;
        Ok(())
    })
}

/// Converts the error of a mock that does not start, and adds help.
fn startup_error(error: evo_mock::Error) -> Error {
    match error {
        evo_mock::Error::Document(error) => error,
        evo_mock::Error::Listen { address, source } => {
            let help = match source.kind() {
                ErrorKind::AddrNotAvailable => {
                    "use an address of this machine with `--bind`, or 0.0.0.0 for all of them"
                }
                _ => "choose another port with `--port`, or `--port 0` for a free one",
            };
            Error::usage(format!("cannot listen on {address}")).caused_by(source).help(help)
        }
        evo_mock::Error::NoFolder(path) => {
            Error::usage(format!("`{}` is not a folder", path.display())).at("--answers")
        }
        error => Error::usage(error.to_string()),
    }
}

fn to_json(line: &Line) -> String {
    json_line(json!({
        "kind": "request", "method": line.method, "target": line.target, "status": line.status, "operation": line.operation,
        "sources": line.sources, "ignored": line.ignored, "remarks": line.remarks,
        "milliseconds": u64::try_from(line.took.as_millis()).unwrap_or(u64::MAX),
    }))
}
