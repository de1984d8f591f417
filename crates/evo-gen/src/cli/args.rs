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
Exit codes: 0 done; 1 --check or diff found a difference; 2 the command line or the configuration is wrong; \
3 the document could not be read; 4 the document cannot be used, or --deny or --locked refuses it; \
5 files could not, or must not, be written

Examples:
  evo-gen                                        regenerate the client of this package, or all of the workspace
  evo-gen --check                                fail with a diff if one is out of date
  evo-gen --url https://api.example.org          renew the stored document, and regenerate
  evo-gen --url https://api.example.org --out src/api
  evo-gen --file metadata.json --out src/api     generate a client that nothing configures
  curl -s https://api.example.org/types/metadata.json | evo-gen --file - --out src/api
  evo-gen new my-client --url https://api.example.org
  evo-gen init --url https://api.example.org     add a client to the crate in this folder
  evo-gen diff --rev HEAD                        what changed since the last commit, and what that means
  evo-gen explain EVO0040                        what a warning means
  evo-gen completions bash > ~/.local/share/bash-completion/completions/evo-gen";

/// The command line of `evo-gen`.
#[derive(Debug, Parser)]
#[command(name = "evo-gen", version, about = ABOUT, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
#[command(max_term_width = 120)]
pub struct Cli {
    /// What to do instead of generating.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to generate.
    #[command(flatten)]
    pub generate: GenerateArgs,
}

/// What `evo-gen` does besides generating.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a crate: manifest, README, lib.rs, client, example
    New(Box<NewArgs>),
    /// Add a client to the crate in this folder: evo-gen.toml, document, client, dependency
    Init(Box<InitArgs>),
    /// List the operations or types of a service
    List(Box<ListArgs>),
    /// Show an operation or a type: members, answer, samples, calls
    Show(Box<ShowArgs>),
    /// Call an operation without generating anything
    Call(Box<CallArgs>),
    /// Serve a mock that behaves as the described service would
    Mock(Box<MockArgs>),
    /// Compare two documents: what differs, and what that means for a client
    Diff(Box<DiffArgs>),
    /// Say what the code of a warning means, or list all codes
    Explain {
        /// The code, as EVO0040; without it all are listed
        code: Option<String>,
        /// `human`, or `json` lines for programs
        #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
        format: Format,
    },
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// The options of the default action.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct GenerateArgs {
    /// Ask a server; without --out, renew the stored document [default: `url` of evo-gen.toml]
    #[arg(long, value_name = "URL", num_args = 0..=1, conflicts_with = "file", help_heading = "Source and output")]
    #[allow(clippy::option_option, reason = "given or not, with a value or not: what clap makes of an optional value")]
    pub url: Option<Option<String>>,
    /// Read a document (`-` is standard input); without --out, renew the stored document
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
    /// Let names that an earlier run decided change
    #[arg(long, help_heading = "What to do")]
    pub update_lock: bool,
    /// Refuse a document with this remark: a code, or `warnings`
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
    /// Ask a server
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Read a document (`-`: standard input)
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// The folder to make the crate in (default: the current one)
    #[arg(long, value_name = "PARENT")]
    pub path: Option<PathBuf>,
    /// How the code is generated.
    #[command(flatten)]
    pub settings: SettingFlags,
    /// What the server is told.
    #[command(flatten)]
    pub access: AccessArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// The options of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Ask a server
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

/// How a server is asked for its document. The environment is read elsewhere, so that no help or error can show what it holds.
#[derive(Debug, Args)]
#[command(next_help_heading = "Access to the server")]
pub struct AccessArgs {
    /// Send a header, as 'Name: value'; may be repeated [env: `EVO_GEN_HEADERS`, one per line]
    #[arg(long = "header", value_name = "HEADER")]
    pub headers: Vec<String>,
    /// Send a bearer token or API key [env: `EVO_GEN_BEARER`]
    #[arg(long, value_name = "TOKEN")]
    pub bearer: Option<String>,
    /// Sign in by HTTP Basic [env: `EVO_GEN_BASIC`]
    #[arg(long, value_name = "USER:PASSWORD", conflicts_with = "bearer")]
    pub basic: Option<String>,
    /// Send cookies, as 'name=value; name=value' [env: `EVO_GEN_COOKIE`]
    #[arg(long, value_name = "COOKIES")]
    pub cookie: Option<String>,
    /// Trust the certificates in this PEM file too [env: `SSL_CERT_FILE`, in place of those of the system]
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Accept any certificate; for a service on your own machine alone
    #[arg(long)]
    pub insecure: bool,
    /// Give up on the server after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
}

/// How a run reports.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reports")]
pub struct ReportArgs {
    /// `human`; `json` lines for programs; `github` for annotations in workflows
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: Format,
    /// Write errors, warnings and notes into a Markdown file too
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Print only errors, warnings and differences
    #[arg(long, short)]
    pub quiet: bool,
    /// Print details, and every warning of a kind that there are many of
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// The form of reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Sentences and lists.
    #[default]
    Human,
    /// One JSON object per line.
    Json,
    /// For people, with annotations for GitHub workflows.
    Github,
}
