//! `evo-gen show`: describes an operation or a type.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::Args;
use evo_mock::{Casing, Samples};
use serde_json::{Value, json};

use super::list::returns;
use super::{access, address, find, routes};
use crate::Error;
use crate::api::{Answer, Api, EnumMember, Item, ItemKind, Member, Operation, Rule, StatedStatus};
use crate::cli::args::ReportArgs;
use crate::cli::report::Report;
use crate::cli::subject::SubjectArgs;
use crate::config::Settings;
use crate::emit;

/// The options of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// An operation or a type, in any case
    pub name: String,
    /// Also show all types inside the response
    #[arg(long)]
    pub deep: bool,
    /// The service to look at.
    #[command(flatten)]
    pub subject: SubjectArgs,
    /// How the run reports.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// Shows the operation or type that `args` specify.
pub fn show(args: &ShowArgs, report: Report<'_>) -> Result<(), Error> {
    let subject = args.subject.read(report)?;
    let model = subject.build_model(subject.code_settings(), Some(&args.name))?;
    let api = &model.api;
    let items: Vec<&Item> = api.items.iter().collect();
    let item = find(&items, |item| (&item.simple_name, &item.dotnet), &args.name)
        .map_err(|help| Error::usage(format!("the service has no operation and no type `{}`", args.name)).help(help))?;
    let page = Page { api, is_deep: args.deep };
    match item.operation() {
        Some(operation) => {
            let shares_name = |other: &&&Item| {
                other.operation().is_some_and(|other| other.name.eq_ignore_ascii_case(&operation.name))
            };
            let is_ambiguous = items.iter().filter(shares_name).count() > 1;
            // Samples are found by the name of the operation.
            let narrow = |mut settings: Settings| {
                if is_ambiguous {
                    settings.include = vec![item.dotnet.clone()];
                }
                subject.build_model(settings, Some(&args.name))
            };
            // Samples need the .NET types, which the settings of the code can replace.
            let calls = narrow(subject.call_settings())?;
            let narrowed = if is_ambiguous { Some(narrow(subject.code_settings())?) } else { None };
            let code = narrowed.as_ref().unwrap_or(&model);
            let samples = Samples::of(&calls.api, Casing::Camel);
            let base = subject.url.as_deref().unwrap_or("https://api.example.org");
            let sample = Sample {
                request: samples.request(&operation.name),
                response: samples.response(&operation.name),
                rust: Samples::of(&code.api, Casing::Camel).rust(&operation.name).unwrap_or_default().to_owned(),
                curl: samples.curl(&operation.name, base).filter(|_| !operation.only_routes),
            };
            report.answer(&page.operation(item, operation, &sample), page.operation_json(item, operation, &sample));
        }
        None => report.answer(&page.item(item), page.item_json(item)),
    }
    Ok(())
}

/// A sample of a call.
struct Sample {
    request: Option<Value>,
    response: Option<Value>,
    rust: String,
    /// The call by the name of the operation, unless that leads to another one.
    curl: Option<String>,
}

struct Page<'a> {
    api: &'a Api,
    is_deep: bool,
}

impl Page<'_> {
    fn operation(&self, item: &Item, operation: &Operation, sample: &Sample) -> String {
        let address = if operation.only_routes {
            address(self.api, operation)
        } else {
            format!("{}/{}", self.api.folder_of_names(), operation.name)
        };
        let mut text = format!("{} ({} {address})\n", operation.name, operation.verb.name());
        for paragraph in docs(&item.docs) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{paragraph}");
        }
        for route in routes(operation) {
            let _ = writeln!(text, "route: {route}");
        }
        let access = access(operation);
        if !access.is_empty() {
            let _ = writeln!(text, "{access}");
        }
        if !operation.tags.is_empty() {
            let _ = writeln!(text, "tags: {}", operation.tags.join(", "));
        }
        for check in &operation.checks {
            let _ = writeln!(text, "rule: {}", rule(check, false));
        }
        for status in operation.successes.iter().chain(&operation.errors) {
            let _ =
                writeln!(text, "status {}: {}", status.status.as_deref().unwrap_or("of any error"), status.description);
        }
        let _ = write!(text, "\nRequest\n{}", self.members(item));
        let _ = write!(text, "\nReturns {}\n{}", returns(&operation.answer, self.api), self.answer(operation));
        for (title, sample) in [("Sample request", &sample.request), ("Sample response", &sample.response)] {
            if let Some(sample) = sample {
                let _ = write!(text, "\n{title}\n{}\n", indented(&format!("{sample:#}")));
            }
        }
        let _ = write!(text, "\nRust\n    {}\n", sample.rust);
        if let Some(curl) = &sample.curl {
            let _ = write!(text, "\ncurl\n    {curl}\n");
        }
        text
    }

    fn operation_json(&self, item: &Item, operation: &Operation, sample: &Sample) -> Value {
        json!({
            "kind": "operation", "name": operation.name, "dotnet": item.dotnet, "docs": docs(&item.docs),
            "verb": operation.verb.name(), "routes": routes(operation), "access": access(operation), "tags": operation.tags,
            "rules": operation.checks.iter().map(|check| rule(check, false)).collect::<Vec<_>>(),
            "statuses": operation.successes.iter().chain(&operation.errors).map(status_json).collect::<Vec<_>>(),
            "members": self.members_json(item), "returns": returns(&operation.answer, self.api),
            "answer": self.inside(operation).iter().map(|item| self.item_json(item)).collect::<Vec<_>>(),
            "sampleRequest": sample.request, "sampleAnswer": sample.response, "rust": sample.rust, "curl": sample.curl,
        })
    }

    fn item(&self, item: &Item) -> String {
        let mut text = format!("{} ({})\n", item.name, item.dotnet);
        for paragraph in docs(&item.docs) {
            let _ = writeln!(text, "{paragraph}");
        }
        text + &self.members(item)
    }

    fn item_json(&self, item: &Item) -> Value {
        json!({ "kind": "type", "name": item.name, "dotnet": item.dotnet, "docs": docs(&item.docs), "members": self.members_json(item) })
    }

    /// Formats the members of a class, or the values of an enum, one per line.
    fn members(&self, item: &Item) -> String {
        let rows: Vec<[String; 4]> = match &item.kind {
            ItemKind::Record(record) => record.members.iter().map(|member| self.member(member)).collect(),
            ItemKind::Enum(own) => own.members.iter().map(value).collect(),
            ItemKind::Flags(flags) => flags.flags.iter().map(value).collect(),
            ItemKind::Collection(collection) => {
                let ty = self.api.spell(&collection.inner);
                return format!("    {ty}\n");
            }
            ItemKind::Variants(variants) => {
                let row = |variant: &crate::api::Variant| {
                    [variant.name.clone(), variant.dotnet.clone(), String::new(), String::new()]
                };
                variants.variants.iter().map(row).collect()
            }
        };
        if rows.is_empty() {
            return "    (no members)\n".to_owned();
        }
        let width = |column: usize| {
            rows.iter().filter_map(|row| Some(row.get(column)?.chars().count())).max().unwrap_or_default()
        };
        let (first, second, third) = (width(0), width(1), width(2));
        let lines = rows.iter().map(|[name, dotnet, rust, docs]| {
            let line = format!("    {name:<first$}  {dotnet:<second$}  {rust:<third$}  {docs}");
            line.trim_end().to_owned() + "\n"
        });
        lines.collect()
    }

    /// Returns the name, the .NET type, the Rust type, and the documentation of a member.
    fn member(&self, member: &Member) -> [String; 4] {
        let mut notes = docs(&member.docs);
        let rules = rules(member);
        if !rules.is_empty() {
            notes.insert(0, format!("Rules: {}.", rules.join(", ")));
        }
        if !member.hints.allowed.is_empty() {
            notes.insert(0, format!("One of {}.", member.hints.allowed.join(", ")));
        }
        if member.required {
            notes.insert(0, "Required.".to_owned());
        }
        [member.dotnet_name.clone(), member.dotnet_type.clone(), self.api.spell(&member.ty), notes.join(" ")]
    }

    fn members_json(&self, item: &Item) -> Value {
        match &item.kind {
            ItemKind::Record(record) => {
                let member = |member: &Member| {
                    json!({ "name": member.dotnet_name, "wireName": member.wire_name, "rustName": member.name,
                        "dotnetType": member.dotnet_type, "rustType": self.api.spell(&member.ty), "required": member.required,
                        "rules": rules(member), "allowed": member.hints.allowed, "docs": docs(&member.docs) })
                };
                record.members.iter().map(member).collect()
            }
            ItemKind::Enum(own) => own.members.iter().map(value_json).collect(),
            ItemKind::Flags(own) => own.flags.iter().map(value_json).collect(),
            ItemKind::Collection(collection) => json!(self.api.spell(&collection.inner)),
            ItemKind::Variants(variants) => variants
                .variants
                .iter()
                .map(|variant| json!({ "name": variant.name, "dotnet": variant.dotnet }))
                .collect(),
        }
    }

    /// Formats the types of the response: only the outermost one, or all with `--deep`.
    fn answer(&self, operation: &Operation) -> String {
        let items = self.inside(operation);
        let named = |item: &&Item| {
            if items.len() > 1 { format!("  {}\n{}", item.name, self.members(item)) } else { self.members(item) }
        };
        items.iter().map(named).collect()
    }

    fn inside(&self, operation: &Operation) -> Vec<&Item> {
        let Answer::Json(ty) = &operation.answer else { return Vec::new() };
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        let mut next = ty.items();
        while let Some(id) = next.pop() {
            if !seen.insert(id) {
                continue;
            }
            let item = &self.api.items[id];
            found.push(item);
            if self.is_deep {
                item.each_type(&mut |ty| next.extend(ty.items()));
            }
        }
        found
    }
}

/// Returns the name, the number, the wire name if it differs, and the documentation of an enum value.
fn value(member: &EnumMember) -> [String; 4] {
    let number = member.value.map(|value| value.to_string()).unwrap_or_default();
    [member.dotnet_name.clone(), number, member.wire_name.clone().unwrap_or_default(), docs(&member.docs).join(" ")]
}

fn value_json(member: &EnumMember) -> Value {
    // Some programs cannot read integers of more than 64 signed bits.
    let number = member.value.map(|value| i64::try_from(value).map_or_else(|_| json!(value.to_string()), Value::from));
    json!({ "name": member.dotnet_name, "value": number, "wireName": member.wire_name, "docs": docs(&member.docs) })
}

fn status_json(status: &StatedStatus) -> Value {
    json!({ "status": status.status, "description": status.description })
}

/// Describes the rules of a member.
fn rules(member: &Member) -> Vec<String> {
    member.rules.iter().map(|own| rule(own, member.counts_items)).collect()
}

/// Describes a rule, or returns its message if the service declares one.
fn rule(rule: &Rule, counts_items: bool) -> String {
    rule.message.clone().unwrap_or_else(|| rule.phrase(counts_items, &|text| format!("`{text}`")))
}

/// Returns descriptions without markup, one line per paragraph.
fn docs(paragraphs: &[String]) -> Vec<String> {
    paragraphs.iter().map(|paragraph| emit::plain_line(paragraph)).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
