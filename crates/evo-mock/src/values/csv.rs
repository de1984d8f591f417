//! Writes responses as CSV and as JSON Lines: only the rows of a list, without the object around it.

use super::json_writer::Writer;
use super::{Value, jsv};
use crate::schema::{Record, Schema, Shape};

/// Returns the rows of a response: those of a list of classes inside it, otherwise the response itself.
fn rows<'a>(schema: &Schema, shape: &'a Shape, value: &'a Value) -> Option<(Shape, Vec<&'a Value>)> {
    match (shape, value) {
        (Shape::Nullable(inner), _) => rows(schema, inner, value),
        (Shape::List(item), Value::List(items)) => Some(((**item).clone(), items.iter().collect())),
        _ => {
            let record = schema.record(shape)?;
            let mut lists = record.members.iter().filter_map(|member| {
                let Shape::List(item) = without_null(&member.shape) else { return None };
                schema.record(item)?;
                match value.get(&member.name) {
                    Some(Value::List(items)) => Some(((**item).clone(), items.iter().collect())),
                    _ => None,
                }
            });
            lists.next().or_else(|| Some((shape.clone(), vec![value])))
        }
    }
}

fn without_null(shape: &Shape) -> &Shape {
    if let Shape::Nullable(inner) = shape { inner } else { shape }
}

/// Writes a header with the C# names of the members, and a line for each row.
pub(crate) fn write(writer: &Writer<'_>, shape: &Shape, value: &Value) -> String {
    let Some((item, rows)) = rows(writer.schema, shape, value) else { return cell(&writer.jsv_value(shape, value)) };
    let Some(record) = writer.schema.record(&item) else {
        return rows.iter().map(|row| cell(&writer.jsv_value(&item, row)) + "\r\n").collect();
    };
    let lines = rows.iter().map(|row| line(writer, record, row));
    std::iter::once(header(record)).chain(lines).collect()
}

/// Writes a response that contains only its status.
pub(crate) fn write_status(record: Option<&Record>, status: &Value) -> String {
    let status = cell(status);
    let Some(record) = record else { return format!("ResponseStatus\r\n{status}\r\n") };
    let cells = record.members.iter().map(|member| match member.name.as_str() {
        "ResponseStatus" => status.clone(),
        _ if member.is_value => "0".to_owned(),
        _ => String::new(),
    });
    format!("{}{}\r\n", header(record), cells.collect::<Vec<_>>().join(","))
}

/// Writes a line of JSON for each row.
pub(crate) fn write_lines(writer: &Writer<'_>, shape: &Shape, value: &Value) -> String {
    match rows(writer.schema, shape, value) {
        Some((item, rows)) => rows.iter().map(|row| writer.write(&item, row) + "\n").collect(),
        None => writer.write(shape, value),
    }
}

fn header(record: &Record) -> String {
    let names = record.members.iter().map(|member| member.wire_name.as_ref().unwrap_or(&member.name).as_str());
    names.collect::<Vec<_>>().join(",") + "\r\n"
}

fn line(writer: &Writer<'_>, record: &Record, row: &Value) -> String {
    let cells = record.members.iter().map(|member| {
        row.get(&member.name).map_or_else(String::new, |value| cell(&writer.jsv_value(&member.shape, value)))
    });
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Text(text) | Value::Number(text) => text.clone(),
        _ => jsv::write(value),
    };
    if text.contains(['"', ',', '{', '}', '[', ']', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
