//! The request of a call: converts the arguments to a request of the runtime.

use std::io::Read as _;
use std::path::Path;

use evo_mock::{Casing, Samples};
use evo_runtime::wire::{Shape, json};
use evo_runtime::{Client, FilePart, OperationSpec, PreparedRequest};

use super::arguments::{Argument, Assigner};
use super::kinds::{Kind, Types, find_name, leaked};
use super::operation::spec_of;
use super::untyped::UntypedValue;
use super::value::{Converter, DynamicRecord, Place};
use super::{CallArgs, Failed, rules};
use crate::Error;
use crate::api::{Item, ItemId, ItemKind, Operation, Record, Ty};
use crate::generator::Model;

/// An operation with the values of its members.
pub struct Request {
    spec: OperationSpec,
    record: DynamicRecord,
    files: Vec<FilePart>,
    /// The conditions of an AutoQuery operation, and the shapes of the rows that they filter.
    conditions: Vec<(String, String)>,
    rows: Vec<&'static Shape>,
}

/// The operation that is called.
#[derive(Clone, Copy)]
pub struct Called<'a> {
    pub id: ItemId,
    pub item: &'a Item,
    pub operation: &'a Operation,
}

impl<'a> Called<'a> {
    fn ty(&self) -> Ty {
        Ty::Item(self.id, Vec::new())
    }

    fn record(&self) -> Option<&'a Record> {
        match &self.item.kind {
            ItemKind::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Whether a name can be a condition: the operation is an AutoQuery and has no such member.
    fn may_be_condition(&self, name: &str) -> bool {
        let Some(record) = self.record().filter(|_| !self.operation.rows.is_empty()) else { return false };
        let names =
            record.members.iter().map(|member| [Some(member.dotnet_name.as_str()), member.wire_name.as_deref()]);
        find_name(&names, name).is_none()
    }

    /// Finds the form part with this name, if the service accepts a file there.
    fn file_part(&self, name: &str) -> Option<&'a str> {
        let record = self.record()?;
        let stored = record.members.iter().filter(|member| member.upload_to.is_some());
        let parts = record.files.iter().map(|part| part.name.as_str());
        let parts: Vec<&str> = parts.chain(stored.map(|member| member.dotnet_name.as_str())).collect();
        let index = find_name(&parts.iter().map(|part| [Some(*part), None]), name)?;
        parts.get(index).copied()
    }
}

/// Returns the request as JSON, with sample values for members without an argument.
pub fn template(called: Called<'_>, model: &Model, args: &CallArgs) -> Result<UntypedValue, Error> {
    let types = Types::new(&model.api);
    let samples = Samples::of(&model.api, Casing::Camel);
    let sample = samples.request(&called.operation.name).unwrap_or_default();
    let sample = UntypedValue::from_json(&sample.to_string(), "the sample")?;
    let untyped = Values::read(called, &types, args, sample)?.untyped;
    let record = record_of(called, &Converter { types: &types, is_lenient: args.no_validate }, &untyped)?;
    let text = json::to_string(&record);
    let text = text.map_err(|error| Error::usage("the sample cannot be encoded").caused_by(error))?;
    UntypedValue::from_json(&text, "the sample")
}

impl Request {
    /// Builds the request from the arguments and checks its rules.
    pub async fn from_args(called: Called<'_>, model: &Model, args: &CallArgs) -> Result<Self, Failed> {
        let types = Types::new(&model.api);
        let document = match &args.json {
            Some(json) => read_json(json)?,
            None => UntypedValue::Null,
        };
        let Values { untyped, files, conditions } = Values::read(called, &types, args, document)?;
        let record = record_of(called, &Converter { types: &types, is_lenient: args.no_validate }, &untyped)?;
        let spec = spec_of(called.item, called.operation);
        if let Some(described) = called.record().filter(|_| !args.no_validate) {
            rules::check(spec.name, described, &record)?;
        }
        let mut parts = Vec::new();
        for (part, path) in files {
            let file = FilePart::path(&path).await;
            let file = file.map_err(|error| Error::usage("the file cannot be read").at(&path).caused_by(error))?;
            parts.push(match part {
                Some(part) => file.field(part),
                None => file,
            });
        }
        let rows = called.operation.rows.iter().filter_map(|row| match types.kind(&Ty::Item(*row, Vec::new())) {
            Kind::Class(class) => Some(types.shape(&class)),
            _ => None,
        });
        let rows = rows.collect();
        Ok(Self { spec, record, files: parts, conditions, rows })
    }

    /// Encodes the request as the client sends it.
    pub fn prepare(mut self, client: &Client) -> Result<PreparedRequest, evo_runtime::Error> {
        if !self.files.is_empty() {
            return client.prepare_upload(&self.spec, &self.record, self.files);
        }
        if !self.conditions.is_empty() {
            return client.prepare_query(&self.spec, &mut self.record, self.rows, &self.conditions);
        }
        client.prepare(&self.spec, &self.record)
    }
}

/// The values of a request, with the arguments applied.
struct Values {
    untyped: UntypedValue,
    /// The files: the form part, if specified, and the path.
    files: Vec<(Option<String>, String)>,
    conditions: Vec<(String, String)>,
}

impl Values {
    fn read(called: Called<'_>, types: &Types<'_>, args: &CallArgs, document: UntypedValue) -> Result<Self, Error> {
        let mut values = Self { untyped: document, files: Vec::new(), conditions: Vec::new() };
        let mut assigner = Assigner::new(types);
        for text in &args.values {
            let argument = Argument::parse(text)?;
            match (argument.single_name(), argument.value.strip_prefix('@')) {
                (Some(name), Some(path)) if called.file_part(name).is_some() => {
                    values.files.push((called.file_part(name).map(str::to_owned), path.to_owned()));
                }
                (Some(name), None) if called.record().is_some_and(|record| is_file_alone(record, name)) => {
                    return Err(
                        Error::usage(format!("`{name}` is a file")).help(format!("specify its path: `{name}=@path`"))
                    );
                }
                (Some(name), _) if called.may_be_condition(name) && !argument.appends => {
                    values.conditions.push((name.to_owned(), argument.value));
                }
                _ => assigner.assign(&mut values.untyped, &called.ty(), &argument)?,
            }
        }
        for file in &args.files {
            values.files.push(match file.split_once('=') {
                Some((part, path)) if !Path::new(file).exists() => (Some(part.to_owned()), path.to_owned()),
                _ => (None, file.clone()),
            });
        }
        Ok(values)
    }
}

/// Whether a name is that of a file, but not of a member.
fn is_file_alone(record: &Record, name: &str) -> bool {
    let members = record.members.iter().map(|member| [Some(member.dotnet_name.as_str()), member.wire_name.as_deref()]);
    let files = record.files.iter().map(|part| [Some(part.name.as_str()), None]);
    find_name(&members, name).is_none() && find_name(&files, name).is_some()
}

fn record_of(called: Called<'_>, converter: &Converter<'_>, untyped: &UntypedValue) -> Result<DynamicRecord, Error> {
    let place = Place::default();
    match (&called.item.kind, converter.types.kind(&called.ty())) {
        (ItemKind::Record(_), Kind::Class(class)) => converter.record(untyped, &class, &place),
        // A collection is encoded as the entire request.
        _ => {
            let value = converter.value(untyped, &called.ty(), &place)?;
            let shape = Box::leak(Box::new(Shape::of_collection(leaked(&called.item.name))));
            Ok(DynamicRecord::new(shape, vec![value]))
        }
    }
}

/// Reads the value of `--json`: JSON, `@file`, or `-` for standard input.
fn read_json(source: &str) -> Result<UntypedValue, Error> {
    let unreadable = |error: std::io::Error| Error::usage("the JSON cannot be read").at("--json").caused_by(error);
    match (source, source.strip_prefix('@')) {
        ("-", _) => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
            UntypedValue::from_json(&text, "standard input")
        }
        (_, Some(path)) => {
            let text = std::fs::read_to_string(path).map_err(|error| unreadable(error).at(path))?;
            UntypedValue::from_json(&text, path)
        }
        (text, None) => UntypedValue::from_json(text, "--json"),
    }
}
