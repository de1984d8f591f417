//! The command line and its help, with the commands in groups.

use std::fmt::Write as _;

use clap::builder::Styles;
use clap::{Command, CommandFactory};

use super::args::Cli;

const USAGE: &str = "evo-gen [OPTIONS]\n       evo-gen <COMMAND>";

/// The groups with their commands. Commands in no group are listed in the last one.
const GROUPS: [(&str, &[&str]); 6] = [
    ("Generate", &["new", "init", "explain"]),
    ("Look", &["list", "show"]),
    ("Call", &["call"]),
    ("Mock", &["mock"]),
    ("Compare", &["diff"]),
    ("More", &[]),
];

/// Returns the command line of the program, with the commands in groups.
pub fn command() -> Command {
    let mut command = Cli::command();
    // This adds clap's own commands.
    command.build();
    let commands = grouped(&command);
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{commands}{{all-args}}{{after-help}}"
    );
    // The groups replace clap's list of commands.
    command.help_template(template).override_usage(USAGE).mut_subcommands(|command| command.hide(true))
}

/// Formats the commands under the headings of their groups.
fn grouped(command: &Command) -> String {
    let mut rest: Vec<(&str, String)> = command
        .get_subcommands()
        .map(|command| (command.get_name(), command.get_about().map(ToString::to_string).unwrap_or_default()))
        .collect();
    let width = rest.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let heading = Styles::styled().get_header().to_owned();
    let mut text = String::new();
    for (title, names) in GROUPS {
        let is_in = |(name, _): &(&str, String)| names.is_empty() || names.contains(name);
        let (group, others) = rest.into_iter().partition(is_in);
        rest = others;
        let group: Vec<(&str, String)> = group;
        if group.is_empty() {
            continue;
        }
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{heading}{title}:{heading:#}");
        for (name, about) in group {
            let _ = writeln!(text, "  {name:<width$}  {about}");
        }
        text.push('\n');
    }
    text
}
