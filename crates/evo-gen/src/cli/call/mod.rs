//! `evo-gen call`: calls an operation without generating anything.
//!
//! | module | what it does |
//! |---|---|
//! | `untyped`, `arguments` | the values on the command line: JSON, and arguments `member=value` |
//! | `kinds`, `value` | the types of the service, and values of these types that the runtime encodes |
//! | `operation`, `rules`, `request` | the operation, its validation rules, and the request |
//! | `host`, `session` | the host to call, and the kept session |
//! | `shown`, `answer`, `retype`, `json_text`, `failure` | the output |

mod answer;
mod arguments;
#[cfg(test)]
mod client_parity;
mod failure;
mod host;
mod json_text;
mod kinds;
mod operation;
mod request;
mod retype;
mod rules;
mod session;
mod shown;
mod untyped;
mod value;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use evo_runtime::{Client, Credentials};
use serde_json::json;

use self::kinds::Types;
use self::request::{Called, Request};
use self::session::StoredSession;
use super::args::{Format, ReportArgs};
use super::look::find;
use super::report::{Report, to_stdout};
use super::select::access_of;
use super::subject::{Subject, SubjectArgs};
use crate::Error;
use crate::config::AddressKind;
use crate::generator::Model;
use crate::source::Access;

/// The text at the end of the help.
const HELP: &str = "\
Exit codes: 0 success; 2 the command line or a value is wrong, or a rule is violated, and nothing was sent; \
3 the document could not be read; 4 the document cannot be used; 5 a file could not be written; \
6 the connection failed, or there was no response; 7 not signed in, or not allowed; 8 the service rejected the call; \
9 the service failed, or its response cannot be decoded

Examples:
  evo-gen call HoldSession sessionId=s1 reason=Transferring
  evo-gen call FindPets filter.from=2026-05-01 tags=a,b --url https://api.example.org
  evo-gen call CreatePet --template > pet.json && evo-gen call CreatePet --json @pet.json name=Rex
  evo-gen call CreatePet name=Rex 'labels[\"a.b\"]=c'
  evo-gen call DeletePet id=7 --prepare         print the request instead of sending it
  evo-gen call --login ada && evo-gen call GetProfile && evo-gen call --logout

Guide: https://docs.rs/evo-gen/latest/evo_gen/guide/calling";

/// The options of `call`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct CallArgs {
    /// The operation, in any case
    #[arg(required_unless_present_any = ["login", "logout"])]
    pub name: Option<String>,
    /// Values of members: sessionId=s1, filter.from=2026-05-01, tags=a,b, tags+=c, lines[0].sku=A7; keys of a
    /// dictionary: labels.colour=red, or quoted: `'labels["a.b"]=c'`
    #[arg(value_name = "MEMBER=VALUE")]
    pub values: Vec<String>,

    /// The request as JSON: the text, @FILE, or - for standard input. Arguments override its members
    #[arg(long, value_name = "JSON", help_heading = "Request")]
    pub json: Option<String>,
    /// Also send a file, as the form part with this name; may be repeated. Members that are files are set with member=@PATH
    #[arg(long = "upload", value_name = "[PART=]PATH", help_heading = "Request")]
    pub files: Vec<String>,
    /// Also send values that violate the rules of the document, and unknown names of enums
    #[arg(long, help_heading = "Request")]
    pub no_validate: bool,
    /// The addresses to try, in order: `api`, `routes`, `reply` [default: `address` of evo-gen.toml, otherwise those of the host]
    #[arg(long, value_name = "KINDS", value_delimiter = ',', hide_possible_values = true, help_heading = "Request")]
    pub address: Vec<AddressKind>,
    /// Send and request JSV instead of JSON
    #[arg(long, help_heading = "Request")]
    pub jsv: bool,
    /// Print the request as JSON with sample values, to edit and send
    #[arg(long, group = "instead", help_heading = "Request")]
    pub template: bool,
    /// Print the request instead of sending it
    #[arg(long, group = "instead", help_heading = "Request")]
    pub prepare: bool,
    /// Print the request as a curl command instead of sending it
    #[arg(long, group = "instead", help_heading = "Request")]
    pub curl: bool,

    /// The base URL of the service [default: --url, otherwise `url` of evo-gen.toml]
    #[arg(long, value_name = "URL", help_heading = "Source")]
    pub host: Option<String>,
    /// Sign in as this user, and stay signed in until --logout [password: `EVO_GEN_PASSWORD`, otherwise a prompt]
    #[arg(long, value_name = "USER", conflicts_with_all = ["bearer", "basic", "logout"], help_heading = "Access to the server")]
    pub login: Option<String>,
    /// Sign out, and remove the session of this host
    #[arg(long, conflicts_with = "name", help_heading = "Access to the server")]
    pub logout: bool,

    /// Write the response to this file or folder; - is standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Response")]
    pub output: Option<PathBuf>,
    /// `human`; `json`, with one line for the response and JSON for errors; `raw`, the unmodified body
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        hide_possible_values = true,
        help_heading = "Response"
    )]
    pub format: CallFormat,
    /// Also print the status and headers of the response
    #[arg(long, short, help_heading = "Response")]
    pub verbose: bool,
    /// Print only the response and errors
    #[arg(long, short, conflicts_with = "verbose", help_heading = "Response")]
    pub quiet: bool,

    /// The service to call.
    #[command(flatten)]
    pub subject: SubjectArgs,
}

impl CallArgs {
    /// Returns how the run reports.
    pub fn report(&self) -> ReportArgs {
        let format = if self.format == CallFormat::Json { Format::Json } else { Format::Human };
        ReportArgs { format, quiet: self.quiet, verbose: self.verbose, ..ReportArgs::default() }
    }
}

/// The format of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CallFormat {
    /// Indented JSON, in colours on a terminal.
    Human,
    /// JSON on one line; errors are JSON too.
    Json,
    /// The unmodified body.
    Raw,
}

/// The error of a run: from this program or from the call.
enum Failed {
    Run(Error),
    Call(evo_runtime::Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Run(error)
    }
}

impl From<evo_runtime::Error> for Failed {
    fn from(error: evo_runtime::Error) -> Self {
        Self::Call(error)
    }
}

/// Runs the command, and returns the exit code.
pub fn call(args: &CallArgs, report: Report<'_>) -> Result<u8, Error> {
    match run(args, report) {
        Ok(()) => Ok(0),
        Err(Failed::Run(error)) => Err(error),
        Err(Failed::Call(error)) => Ok(failure::report_failure(&error, report)),
    }
}

fn run(args: &CallArgs, report: Report<'_>) -> Result<(), Failed> {
    let subject = args.subject.read(report)?;
    let mut settings = subject.call_settings();
    if !args.address.is_empty() {
        settings.address.clone_from(&args.address);
    }
    let model = subject.build_model(settings, args.name.as_deref())?;
    let called = match &args.name {
        Some(name) => Some(find_operation(&model, name)?),
        None => None,
    };
    if let Some(called) = called.filter(|_| args.template) {
        let template = request::template(called, &model, args)?;
        let text = match args.format {
            CallFormat::Json => json_text::compact(&template),
            CallFormat::Human | CallFormat::Raw => json_text::styled(&template),
        };
        to_stdout(&format!("{text}\n"));
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::usage("the asynchronous runtime cannot be started").caused_by(error))?;
    runtime.block_on(exchange(called, &model, &subject, args, report))
}

/// Signs in or out if requested, and makes the call.
async fn exchange(
    called: Option<Called<'_>>,
    model: &Model,
    subject: &Subject,
    args: &CallArgs,
    report: Report<'_>,
) -> Result<(), Failed> {
    let access = access_of(&args.subject.access)?;
    let access = match &args.subject.url {
        Some(url) => access.or_of_url(url),
        None => access,
    };
    let client = client(model, subject, &access, args)?;
    // Invalid values are reported before signing in.
    let request = match called {
        Some(called) => Some((called, Request::from_args(called, model, args).await?.prepare(&client)?)),
        None => None,
    };
    let session = session_of(&client, &access, args)?;
    if let (true, Some(session)) = (args.logout, &session) {
        return log_out(&client, session, report).await;
    }
    let is_sent = !args.prepare && !args.curl;
    let is_kept = match (&session, &args.login) {
        (Some(session), Some(user)) if is_sent => log_in(&client, user, session, report).await.map(|()| true)?,
        (Some(session), _) => session.load(&client)?,
        (None, _) => false,
    };
    let Some((called, mut request)) = request else { return Ok(()) };
    if !is_sent {
        shown::add_credentials(&mut request, &access, &client);
        if args.curl {
            let line = request.to_curl();
            report.answer(&line, json!({ "kind": "curl", "line": line }));
        } else {
            shown::show_request(&request, report);
        }
        return Ok(());
    }
    answer::check_destination(args, &called.operation.answer)?;
    let outcome = client.execute(request).await;
    // Any response can renew the session or its tokens.
    if let Some(session) = session.filter(|_| is_kept) {
        session.save(&client)?;
    }
    answer::show(outcome?, &called.operation.answer, &Types::new(&model.api), args, report).await
}

/// Returns the kept session of the host; `None` if there are other credentials, or no folder for sessions.
fn session_of(client: &Client, access: &Access, args: &CallArgs) -> Result<Option<StoredSession>, Error> {
    let is_asked = args.login.is_some() || args.logout;
    match (StoredSession::for_client(client), is_asked) {
        (_, true) if host::signs_in(access) => Err(Error::usage(
            "`--login` and `--logout` cannot be combined with other credentials",
        )
        .help(
            "remove `--bearer`, `--basic` and the like, and unset `EVO_GEN_BEARER`, `EVO_GEN_BASIC`, `EVO_GEN_COOKIE` and `EVO_GEN_HEADERS`",
        )),
        (_, false) if host::signs_in(access) => Ok(None),
        (Err(error), true) => Err(error),
        (session, _) => Ok(session.ok()),
    }
}

fn client(model: &Model, subject: &Subject, access: &Access, args: &CallArgs) -> Result<Client, Failed> {
    let base = host::base_url(args, subject)?;
    let mut builder = host::builder(args, access, &base, operation::service_of(&model.api.service))?;
    if args.verbose {
        let is_json = args.format == CallFormat::Json;
        builder = builder.on_response(move |exchange| shown::show_exchange(exchange, is_json));
    }
    Ok(builder.build()?)
}

/// Signs in and keeps the session.
async fn log_in(client: &Client, user: &str, session: &StoredSession, report: Report<'_>) -> Result<(), Failed> {
    let password = session::ask_for_password(user)?;
    let signing_in = client.clone().with_auth(Credentials::new(user, password));
    signing_in.login().await?;
    client.session().load(&signing_in.session().save())?;
    session.save(client)?;
    let (host, path) = (client.base_url().as_str().trim_end_matches('/'), session.path().display().to_string());
    let text = format!("signed in to {host} as {user}; the session is kept in {path} until `--logout`");
    report.note(&text, json!({ "kind": "signedIn", "host": host, "user": user, "session": path }));
    Ok(())
}

/// Signs out, and removes the session even if the host does not respond.
async fn log_out(client: &Client, session: &StoredSession, report: Report<'_>) -> Result<(), Failed> {
    let host = client.base_url().as_str().trim_end_matches('/');
    if !session.load(client)? {
        report.note(&format!("no session of {host} is kept"), json!({ "kind": "signedOut", "host": host }));
        return Ok(());
    }
    let outcome = client.logout().await;
    session.forget()?;
    outcome?;
    report.note(&format!("signed out of {host}"), json!({ "kind": "signedOut", "host": host }));
    Ok(())
}

/// Finds an operation by name, in any case, with or without its namespace.
fn find_operation<'a>(model: &'a Model, name: &str) -> Result<Called<'a>, Error> {
    let called = |(id, item): (_, &'a crate::api::Item)| Some(Called { id, item, operation: item.operation()? });
    let operations: Vec<Called<'a>> = model.api.items.enumerate().filter_map(called).collect();
    let found = find(&operations, |called| (&called.operation.name, &called.item.dotnet), name);
    found
        .copied()
        .map_err(|help| Error::usage(format!("the service has no operation `{name}` that can be called")).help(help))
}
