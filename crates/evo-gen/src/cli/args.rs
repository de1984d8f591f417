//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::call::CallArgs;
use super::diff::DiffArgs;
use super::flags::SettingFlags;
use super::look::{ListArgs, ShowArgs};
use super::mock::MockArgs;

const ABOUT: &str =
    "Generates typed Rust clients for ServiceStack services. Without arguments, it regenerates the configured clients.";

const EXAMPLES: &str = "\
Exit codes: 0 success; 1 --check or diff found a difference; 2 the command line or the configuration is wrong; \
3 the document could not be read; 4 the document cannot be used, or --deny or --locked rejects it; \
5 files could not, or must not, be written

Examples:
  evo-gen                                        regenerate the client of this package or workspace
  evo-gen --check                                fail with a diff if a client is out of date
  evo-gen --url https://api.example.org          update the stored document and regenerate
  evo-gen --url https://api.example.org --out src/api
  evo-gen --file metadata.json --out src/api     generate a client without a configuration
  curl -s https://api.example.org/types/metadata.json | evo-gen --file - --out src/api
  evo-gen new my-client --url https://api.example.org
  evo-gen init --url https://api.example.org     add a client to the crate in this folder
  evo-gen diff --rev HEAD                        list the changes since the last commit
  evo-gen call HoldSession sessionId=s1          call an operation
  evo-gen explain EVO0040                        explain a warning
  evo-gen completions bash > ~/.local/share/bash-completion/completions/evo-gen";

/// The command line of `evo-gen`.
#[derive(Debug, Parser)]
#[command(name = "evo-gen", version, about = ABOUT, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
#[command(max_term_width = 120)]
pub struct Cli {
    /// The subcommand, if any.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of the default action.
    #[command(flatten)]
    pub generate: GenerateArgs,
}

/// The subcommands of `evo-gen`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a crate: manifest, README, lib.rs, client, example
    New(Box<NewArgs>),
    /// Add a client to the crate in this folder: evo-gen.toml, document, client, dependency
    Init(Box<InitArgs>),
    /// List the operations or types of a service
    List(Box<ListArgs>),
    /// Show an operation or a type: members, response, samples, calls
    Show(Box<ShowArgs>),
    /// Call an operation without generating anything
    Call(Box<CallArgs>),
    /// Serve a mock of the service
    Mock(Box<MockArgs>),
    /// Compare two documents and classify the changes for a client
    Diff(Box<DiffArgs>),
    /// Explain the code of a warning, or list all codes
    Explain {
        /// The code, such as EVO0040; if omitted, all codes are listed
        code: Option<String>,
        /// `human`, or `json` lines for programs
        #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
        format: Format,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// The options of the default action.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct GenerateArgs {
    /// Fetch the document from a server; without --out, update the stored document [default: `url` of evo-gen.toml]
    #[arg(long, value_name = "URL", num_args = 0..=1, conflicts_with = "file", help_heading = "Source and output")]
    #[allow(clippy::option_option, reason = "clap's type for a flag whose value is optional")]
    pub url: Option<Option<String>>,
    /// Read a document (`-` is standard input); without --out, update the stored document
    #[arg(long, value_name = "PATH", help_heading = "Source and output")]
    pub file: Option<PathBuf>,
    /// The folder of the generated files
    #[arg(long, value_name = "DIR", conflicts_with_all = ["config", "client"], help_heading = "Source and output")]
    pub out: Option<PathBuf>,
    /// Read this configuration instead of looking for evo-gen.toml
    #[arg(long, value_name = "FILE", help_heading = "Source and output")]
    pub config: Option<PathBuf>,
    /// Generate only this configured client
    #[arg(long, value_name = "NAME", help_heading = "Source and output")]
    pub client: Option<String>,

    /// Write nothing; print a diff and exit with 1 if a file is out of date
    #[arg(long, conflicts_with = "dry_run", help_heading = "What to do")]
    pub check: bool,
    /// Write nothing; list the files that would be created, changed and deleted
    #[arg(long, help_heading = "What to do")]
    pub dry_run: bool,
    /// Overwrite and delete files that were edited by hand or that evo-gen did not write
    #[arg(long, help_heading = "What to do")]
    pub force: bool,
    /// Refuse a document that adds, removes or renames something, or that differs from the stored one
    #[arg(long, conflicts_with = "update_lock", help_heading = "What to do")]
    pub locked: bool,
    /// Allow names that an earlier run chose to change
    #[arg(long, help_heading = "What to do")]
    pub update_lock: bool,
    /// Fail if the document causes this warning or note: a code, or `warnings`
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "What to do")]
    pub deny: Vec<String>,

    /// How the code is generated.
    #[command(flatten)]
    pub settings: SettingFlags,
    /// How the server is asked.
    #[command(flatten)]
    pub access: AccessArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// The options of `new`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("from").required(true).args(["url", "file"]))]
pub struct NewArgs {
    /// The name of the package and of its folder
    pub name: String,
    /// Fetch the document from a server
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Read a document (`-`: standard input)
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// The folder in which to create the crate [default: the current folder]
    #[arg(long, value_name = "PARENT")]
    pub path: Option<PathBuf>,
    /// How the code is generated.
    #[command(flatten)]
    pub settings: SettingFlags,
    /// How to access the server.
    #[command(flatten)]
    pub access: AccessArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// The options of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Fetch the document from a server
    #[arg(long, value_name = "URL", conflicts_with = "file")]
    pub url: Option<String>,
    /// Read a document (`-`: standard input) [default: the metadata.json of the crate]
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// The folder of the generated files [default: src/api]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How the code is generated.
    #[command(flatten)]
    pub settings: SettingFlags,
    /// How the server is asked.
    #[command(flatten)]
    pub access: AccessArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// How to access the server. The environment variables are read elsewhere, so that help and errors cannot show their values.
#[derive(Debug, Args)]
#[command(next_help_heading = "Access to the server")]
pub struct AccessArgs {
    /// Send a header, as 'Name: value'; may be repeated [env: `EVO_GEN_HEADERS`, one per line]
    #[arg(long = "header", value_name = "HEADER")]
    pub headers: Vec<String>,
    /// Send a bearer token or API key [env: `EVO_GEN_BEARER`]
    #[arg(long, value_name = "TOKEN")]
    pub bearer: Option<String>,
    /// Use HTTP Basic authentication [env: `EVO_GEN_BASIC`]
    #[arg(long, value_name = "USER:PASSWORD", conflicts_with = "bearer")]
    pub basic: Option<String>,
    /// Send cookies, as 'name=value; name=value' [env: `EVO_GEN_COOKIE`]
    #[arg(long, value_name = "COOKIES")]
    pub cookie: Option<String>,
    /// Also trust the certificates in this PEM file [env: `SSL_CERT_FILE`, instead of those of the system]
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Accept any certificate; use it only for a service on your own machine
    #[arg(long)]
    pub insecure: bool,
    /// Give up after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub timeout: u64,
}

/// How a run reports.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reports")]
pub struct ReportArgs {
    /// `human`, `json` (JSON lines for programs) or `github` (workflow annotations)
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: Format,
    /// Also write errors, warnings and notes to a Markdown file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Print only errors, warnings and differences
    #[arg(long, short)]
    pub quiet: bool,
    /// Print details, and all warnings of a kind instead of the first 20
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// The output format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people.
    #[default]
    Human,
    /// One JSON object per line.
    Json,
    /// Text for people, with annotations for GitHub workflows.
    Github,
}
