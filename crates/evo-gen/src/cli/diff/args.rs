//! The options of `evo-gen diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::Error;
use crate::cli::args::{AccessArgs, Format, ReportArgs};
use crate::config::suggest;
use crate::diff::{Change, Class, KINDS};

const AFTER: &str = "\
Exit codes: 0 no denied change; 1 a change breaks Rust code, or alters requests or responses (see --deny); 2 to 4 as for generating

Examples:
  evo-gen diff --rev HEAD                        compare the stored document with the last commit
  evo-gen diff --rev v1.2.0 https://api.example.org
  evo-gen diff old.json new.json --format markdown
  evo-gen diff old.json https://api.example.org --deny attention";

/// The options of `diff`.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub struct DiffArgs {
    /// OLD and NEW: files, URLs or `-` [default for NEW: the source of the configured client]. With --rev, only NEW
    #[arg(value_name = "DOCUMENT", num_args = 0..=2)]
    pub documents: Vec<String>,
    /// Use the stored document of this git revision as OLD
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
    /// Compare only these operations, with the types that they need: `Find*`, `{tag}`, `role:Admin`, `/pets/*`
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub include: Vec<String>,
    /// Exit with 1 for changes of this class and worse ones: `breaking`, `wire`, `attention`, `additive`, `documentation`, or `none`
    #[arg(long, value_name = "CLASS", default_value = "wire", hide_possible_values = true)]
    pub deny: Denied,
    /// Never exit with 1 for this kind of change, such as `member-added`; may be repeated
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// Use the settings and names of this configuration instead of looking for evo-gen.toml
    #[arg(long, value_name = "FILE", help_heading = "Client")]
    pub config: Option<PathBuf>,
    /// Use the settings and names of this configured client
    #[arg(long, value_name = "NAME", help_heading = "Client")]
    pub client: Option<String>,
    /// Compare without the settings and names of a client
    #[arg(long, conflicts_with_all = ["config", "client", "rev"], help_heading = "Client")]
    pub no_config: bool,
    /// `text`; `markdown`, as a changelog entry; `github`, with annotations; `json` lines for programs
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true, help_heading = "Reports")]
    pub format: DiffFormat,
    /// Print only the verdict
    #[arg(long, short, help_heading = "Reports")]
    pub quiet: bool,
    /// How to access the server.
    #[command(flatten)]
    pub access: AccessArgs,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Text for people.
    #[value(alias = "human")]
    Text,
    /// An entry of a changelog in Markdown.
    Markdown,
    /// Text for people, with annotations for GitHub workflows.
    Github,
    /// One JSON object per line.
    Json,
}

/// The mildest class that is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Denied {
    /// Changes that break Rust code.
    Breaking,
    /// Also changes of requests or responses.
    Wire,
    /// Also changes that need attention.
    Attention,
    /// Also additions.
    Additive,
    /// All changes.
    Documentation,
    /// No changes.
    None,
}

impl DiffArgs {
    /// Returns how the run reports.
    pub fn report_args(&self) -> ReportArgs {
        let format = match self.format {
            DiffFormat::Text | DiffFormat::Markdown => Format::Human,
            DiffFormat::Github => Format::Github,
            DiffFormat::Json => Format::Json,
        };
        ReportArgs { format, quiet: self.quiet, ..ReportArgs::default() }
    }

    /// Fails if `--allow` names a kind of change that does not exist.
    pub fn check_kinds(&self) -> Result<(), Error> {
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        match self.allow.iter().find(|kind| !names.contains(&kind.as_str())) {
            Some(unknown) => {
                let help = suggest(unknown, &names, "`--format json` prints the kinds");
                Err(Error::usage(format!("`{unknown}` is not a kind of change")).at("--allow").help(help))
            }
            None => Ok(()),
        }
    }

    /// Whether a change is denied, so that the exit code is 1.
    pub fn denies(&self, change: &Change) -> bool {
        let mildest = match self.deny {
            Denied::Breaking => Class::Breaking,
            Denied::Wire => Class::Wire,
            Denied::Attention => Class::Attention,
            Denied::Additive => Class::Additive,
            Denied::Documentation => Class::Documentation,
            Denied::None => return false,
        };
        change.class <= mildest && !self.allow.iter().any(|kind| kind == change.kind)
    }
}
