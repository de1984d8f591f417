//! `evo-gen diff`: compares two documents of a service, and classifies the changes for a client.
//!
//! | module | what it does |
//! |---|---|
//! | `args` | the options |
//! | `documents` | reads both documents and the client whose settings and names apply |
//! | `places` | finds the changes in the documents |
//! | `words` | changes in words and as JSON, also for other commands |
//! | `text`, `markdown` | the formats for people |

mod args;
mod documents;
mod markdown;
mod places;
mod text;
pub mod words;

pub use self::args::DiffArgs;
use self::args::DiffFormat;
use self::documents::Documents;
use self::places::Places;
use super::cargo::version_of_package;
use super::report::{Report, annotate, to_stdout};
use crate::Error;
use crate::diff::{Class, Diff, Understood, compare};

/// Compares two documents. Returns `true` if none of the changes is denied.
pub fn diff(args: &DiffArgs, report: Report<'_>) -> Result<bool, Error> {
    args.check_kinds()?;
    let documents = Documents::read(args, report)?;
    let client = &documents.client;
    let mut settings = client.settings.clone();
    if !args.include.is_empty() {
        settings.include.clone_from(&args.include);
        settings.exclude.clear();
    }
    let (old, new) = Understood::both(&documents.old.document, &documents.new.document, &settings, &client.names)?;
    check_selection(args, &documents, [&old, &new])?;
    let diff = compare(old.side(), new.side());
    let version = client.folder.as_deref().and_then(version_of_package);
    print(args, &diff, &Places::find(&diff, &documents), client.name.as_deref(), version.as_deref(), report);
    Ok(!diff.changes.iter().any(|change| args.denies(change)))
}

/// Fails if the settings select no operations although the documents have some.
fn check_selection(args: &DiffArgs, documents: &Documents, both: [&Understood; 2]) -> Result<(), Error> {
    let selects_nothing = |understood: &Understood| {
        understood.api.operations().next().is_none() && !understood.types.operations.is_empty()
    };
    if !both.into_iter().all(selects_nothing) {
        return Ok(());
    }
    match &documents.client.name {
        _ if !args.include.is_empty() => Err(Error::usage("`--include` selects no operation of either document").help(
            "patterns are names of operations, `Get*`, `Namespace/*`, `{tag}`, `role:Admin` or a route such as `/pets/*`",
        )),
        Some(name) if !documents.client.settings.include.is_empty() => {
            Err(Error::usage(format!("the client `{name}` selects no operation of either document"))
                .help("compare them without its settings: `--no-config`"))
        }
        _ => Ok(()),
    }
}

fn print(
    args: &DiffArgs,
    diff: &Diff,
    places: &Places,
    client: Option<&str>,
    version: Option<&str>,
    report: Report<'_>,
) {
    match args.format {
        DiffFormat::Json => {
            for change in diff.changes.iter().filter(|_| !args.quiet) {
                report.answer("", words::change_json(change, client, Some(places)));
            }
            report.answer("", words::verdict_json(diff, client, version));
        }
        DiffFormat::Markdown => to_stdout(&markdown::entry(diff, version)),
        DiffFormat::Text => {
            if !args.quiet {
                to_stdout(&text::changes(diff, places));
            }
            to_stdout(&text::verdict(diff, version));
        }
        DiffFormat::Github => {
            for change in &diff.changes {
                let level = match change.class {
                    _ if args.denies(change) => "error",
                    Class::Breaking | Class::Wire | Class::Attention => "warning",
                    Class::Additive => "notice",
                    // Workflows show only a few annotations.
                    Class::Documentation => continue,
                };
                let place = places.in_new(change).or_else(|| places.in_old(change)).and_then(|place| place.place);
                let mut text = format!("{}: {}", change.class.title(), words::line(change));
                let operations = words::operations(change);
                if !operations.is_empty() {
                    text = format!("{text}\n{operations}");
                }
                to_stdout(&annotate(level, place.as_ref(), &text));
            }
            to_stdout(&text::verdict(diff, version));
        }
    }
}
