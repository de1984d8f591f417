//! The options of `evo-gen diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::Error;
use crate::cli::args::{AccessArgs, Format, ReportArgs};
use crate::config::did_you_mean;
use crate::diff::{Change, Class, KINDS};

const AFTER: &str = "\
Exit codes: 0 nothing that counts; 1 something breaks Rust code or changes what is sent or read (see --deny); 2 to 4 as for generating

Examples:
  evo-gen diff --rev HEAD                        the stored document against the last commit
  evo-gen diff --rev v1.2.0 https://api.example.org
  evo-gen diff old.json new.json --format markdown
  evo-gen diff old.json https://api.example.org --deny attention";

/// The options of `diff`.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub struct DiffArgs {
    /// OLD and NEW: a file, a URL or `-`; without NEW the source of the configured client, with --rev only NEW
    #[arg(value_name = "DOCUMENT", num_args = 0..=2)]
    pub documents: Vec<String>,
    /// Take the stored document of this git revision as OLD
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
    /// Compare only these operations, with the types that they need: `Find*`, `{tag}`, `role:Admin`, `/pets/*`
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub include: Vec<String>,
    /// The mildest class that counts: `breaking`, `wire`, `attention`, `additive`, `documentation`, or `none`
    #[arg(long, value_name = "CLASS", default_value = "wire", hide_possible_values = true)]
    pub deny: Denied,
    /// Do not count this kind of change, as `member-added`; may be repeated
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// Take settings and names from this configuration instead of looking for evo-gen.toml
    #[arg(long, value_name = "FILE", help_heading = "Client")]
    pub config: Option<PathBuf>,
    /// Take settings and names of this configured client
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
    /// How servers are asked.
    #[command(flatten)]
    pub access: AccessArgs,
}

/// The form in which changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    #[value(alias = "human")]
    Text,
    /// An entry of a changelog.
    Markdown,
    /// Annotations of a workflow.
    Github,
    /// One JSON object per line.
    Json,
}

/// The mildest class that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Denied {
    /// What breaks Rust code.
    Breaking,
    /// And what changes what is sent or read.
    Wire,
    /// And what needs attention.
    Attention,
    /// And what is new.
    Additive,
    /// Everything.
    Documentation,
    /// Nothing.
    None,
}

impl DiffArgs {
    /// How errors are reported.
    pub fn report_args(&self) -> ReportArgs {
        let format = match self.format {
            DiffFormat::Text | DiffFormat::Markdown => Format::Human,
            DiffFormat::Github => Format::Github,
            DiffFormat::Json => Format::Json,
        };
        ReportArgs { format, quiet: self.quiet, ..ReportArgs::default() }
    }

    /// Refuses kinds of changes that do not exist.
    ///
    /// # Errors
    ///
    /// If `--allow` names one.
    pub fn check_kinds(&self) -> Result<(), Error> {
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        match self.allow.iter().find(|kind| !names.contains(&kind.as_str())) {
            Some(unknown) => Err(Error::usage(format!("there is no kind of change `{unknown}`"))
                .at("--allow")
                .help(did_you_mean(unknown, &names))),
            None => Ok(()),
        }
    }

    /// Whether a change counts for the exit code.
    pub fn counts(&self, change: &Change) -> bool {
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
