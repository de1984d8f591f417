//! `evo-gen list`: lists the operations or types of a service, one per line.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{access, address, operations, routes};
use crate::Error;
use crate::api::{Answer, Api, Item, ItemKind, Operation};
use crate::cli::args::ReportArgs;
use crate::cli::report::Report;
use crate::cli::subject::{Subject, SubjectArgs};
use crate::config::{Settings, matches_pattern, suggest};
use crate::lower::service_stack_operation;

/// The options of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The operations to list: a name, `Find*`, `Shop.Orders/*`, `{tag}`, `role:Admin` or a route [default: all]
    pub pattern: Option<String>,
    /// List types instead of operations: by name or namespace, or the types that the operations of a tag, role or route use
    #[arg(long)]
    pub types: bool,
    /// Group the operations by tag or by namespace, which begins each line
    #[arg(long, value_name = "GROUP", conflicts_with = "types")]
    pub by: Option<Group>,
    /// The service to list.
    #[command(flatten)]
    pub subject: SubjectArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// The grouping of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Group {
    /// An operation with several tags is listed for each.
    Tag,
    /// The .NET namespace of the request.
    Namespace,
}

/// Lists the operations or types that `args` select.
pub fn list(args: &ListArgs, report: Report<'_>) -> Result<(), Error> {
    let subject = args.subject.read(report)?;
    let rows = match &args.pattern {
        Some(pattern) if args.types && !is_operation_pattern(pattern) => find_types(pattern, &subject)?,
        pattern => {
            let pattern = pattern.as_deref();
            let selected = select(pattern, &subject)?;
            let model = subject.build_model(subject.code_settings(), pattern)?;
            let items = model.api.items.iter().filter(|item| selected.contains(&item.dotnet));
            if args.types { types(items, &model.api) } else { calls(&model.api, &selected, args.by) }
        }
    };
    for (text, (_, value)) in aligned(&rows).into_iter().zip(rows) {
        report.answer(&text, value);
    }
    Ok(())
}

/// Returns the .NET names of the operations that a pattern selects, and of the types that they need. The pattern can also be the name of
/// one of ServiceStack's own operations.
fn select(pattern: Option<&str>, subject: &Subject) -> Result<BTreeSet<String>, Error> {
    // Other settings may be for operations that the pattern does not select.
    let mut settings = Settings::default();
    settings.service_stack.clone_from(&subject.settings.service_stack);
    settings.include.extend(pattern.map(str::to_owned));
    let own = pattern.and_then(service_stack_operation);
    match (subject.build_model(settings, None), own) {
        (Err(_), Some(own)) => {
            let model = subject.build_model(Settings::default(), Some(own))?;
            Ok(model.api.items.iter().filter(|item| item.is_called(own)).map(|item| item.dotnet.clone()).collect())
        }
        (model, _) => {
            let model = model.map_err(|error| name_pattern(error, pattern))?;
            Ok(model.api.items.iter().map(|item| item.dotnet.clone()).collect())
        }
    }
}

/// Rewrites an error about the setting `include`, which the command line does not mention.
fn name_pattern(error: Error, pattern: Option<&str>) -> Error {
    match (error.setting_name(), pattern) {
        (Some(("include", _)), Some(pattern)) => {
            Error::usage(format!("no operation matches `{pattern}`")).help(error.advice().unwrap_or_default())
        }
        _ => error,
    }
}

/// Whether a pattern selects by a property that only operations have: a tag, a role or a route.
fn is_operation_pattern(pattern: &str) -> bool {
    pattern.starts_with(['{', '/']) || pattern.starts_with("role:")
}

/// Returns the types whose name, with or without the namespace, matches a pattern in any case.
fn find_types(pattern: &str, subject: &Subject) -> Result<Vec<Row>, Error> {
    let model = subject.build_model(subject.code_settings(), None)?;
    let lower = pattern.to_lowercase();
    let matches = |name: &str| matches_pattern(&lower, &name.to_lowercase());
    let is_match = |item: &&Item| match lower.strip_suffix("/*") {
        Some(namespace) => {
            let own = item.namespace.to_lowercase();
            own.strip_prefix(namespace).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
        None => [&item.name, &item.simple_name, &item.dotnet].into_iter().any(|name| matches(name)),
    };
    let rows = types(model.api.items.iter().filter(is_match), &model.api);
    if rows.is_empty() {
        let names: Vec<&str> = model.api.items.iter().map(|item| item.simple_name.as_str()).collect();
        let error = Error::usage(format!("the service has no type `{pattern}`"));
        return Err(error.help(suggest(pattern, &names, "patterns are names of types, `Order*` or `Shop.Orders/*`")));
    }
    Ok(rows)
}

/// The columns of a line, and the line as JSON.
type Row = (Vec<String>, Value);

/// Returns the lines of the operations with these .NET names.
fn calls(api: &Api, selected: &BTreeSet<String>, by: Option<Group>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (item, operation) in operations(api).into_iter().filter(|(item, _)| selected.contains(&item.dotnet)) {
        let returns = returns(&operation.answer, api);
        let value = json!({
            "kind": "operation", "name": operation.name, "dotnet": item.dotnet, "verb": operation.verb.name(),
            "routes": routes(operation), "returns": returns, "access": access(operation), "tags": operation.tags,
            "namespace": item.namespace,
        });
        let columns = [
            operation.name.clone(),
            operation.verb.name().to_owned(),
            address(api, operation),
            returns,
            access(operation),
        ];
        for group in groups(item, operation, by) {
            rows.push((group.into_iter().chain(columns.clone()).collect(), value.clone()));
        }
    }
    // The sort is stable, so operations of a group stay sorted by name.
    if by.is_some() {
        rows.sort_by(|(a, _): &Row, (b, _)| a.first().cmp(&b.first()));
    }
    rows
}

/// Returns the groups of an operation: a single one without a name, unless operations are grouped.
fn groups(item: &Item, operation: &Operation, by: Option<Group>) -> Vec<Option<String>> {
    match by {
        None => vec![None],
        Some(Group::Namespace) => vec![Some(item.namespace.clone())],
        Some(Group::Tag) if operation.tags.is_empty() => vec![Some("(no tag)".to_owned())],
        Some(Group::Tag) => operation.tags.iter().cloned().map(Some).collect(),
    }
}

/// Returns the lines of the items that are types, sorted by .NET name.
fn types<'a>(items: impl Iterator<Item = &'a Item>, api: &Api) -> Vec<Row> {
    let mut items: Vec<_> = items.filter(|item| item.operation().is_none()).collect();
    items.sort_by(|a, b| a.dotnet.cmp(&b.dotnet));
    let row = |item: &crate::api::Item| {
        let kind = match &item.kind {
            ItemKind::Record(record) => {
                format!("class, {}", crate::cli::report::pluralize(record.members.len(), "member"))
            }
            ItemKind::Enum(own) => format!("enum, {}", crate::cli::report::pluralize(own.members.len(), "value")),
            ItemKind::Flags(flags) => format!("flags, {}", crate::cli::report::pluralize(flags.flags.len(), "flag")),
            ItemKind::Collection(collection) => api.spell(&collection.inner),
            ItemKind::Variants(variants) => {
                format!("one of {}", crate::cli::report::pluralize(variants.variants.len(), "class"))
            }
        };
        let value = json!({ "kind": "type", "name": item.name, "dotnet": item.dotnet, "is": kind });
        (vec![item.name.clone(), kind, item.dotnet.clone()], value)
    };
    items.into_iter().map(row).collect()
}

/// Describes the response of an operation.
pub fn returns(answer: &Answer, api: &Api) -> String {
    match answer {
        Answer::Nothing => "-".to_owned(),
        Answer::Json(ty) => api.spell(ty),
        Answer::Text => "text".to_owned(),
        Answer::Bytes => "bytes".to_owned(),
        Answer::Download => "stream".to_owned(),
    }
}

/// Formats lines with aligned columns on a terminal, otherwise with tabs.
fn aligned(rows: &[Row]) -> Vec<String> {
    if !std::io::stdout().is_terminal() {
        return rows.iter().map(|(columns, _)| columns.join("\t").trim_end().to_owned()).collect();
    }
    let count = rows.iter().map(|(columns, _)| columns.len()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            rows.iter().filter_map(|(columns, _)| Some(columns.get(column)?.chars().count())).max().unwrap_or_default()
        })
        .collect();
    let line = |(columns, _): &Row| {
        let padded = columns.iter().zip(&widths).map(|(text, width)| format!("{text:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
