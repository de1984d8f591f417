//! The HTML page: every operation with its members, samples and a form to call it. It loads nothing from other hosts.

pub(crate) mod curl;

use serde_json::{Value as Json, json};

use crate::host::Dialect;
use crate::sample::Sampler;
use crate::schema::{Access, Member, Operation, Response, Schema, Shape, Type};
use crate::values::json_writer::{Casing, Style, Writer};

const TEMPLATE: &str = include_str!("../../templates/mock/page.html.jinja");

/// Renders the page, which lists the operations and fetches the details of each. If rendering fails, the page contains the reason: the mock
/// works without it.
pub(crate) fn render(schema: &Schema, dialect: Dialect) -> String {
    let listed = |operation: &Operation| {
        json!({
            "name": operation.name, "verb": operation.verb, "routes": routes(operation), "tags": operation.tags,
        })
    };
    let operations: Vec<Json> = schema.operations.iter().map(listed).collect();
    // `</script>` inside the data would close the element.
    let data = json!({ "operations": operations }).to_string().replace('<', "\\u003c");
    let dialect = match dialect {
        Dialect::Classic => "with ServiceStack's own routing",
        Dialect::Endpoints => "with endpoint routing",
    };
    let mut environment = minijinja::Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    let context = minijinja::context! { name => &schema.name, count => schema.operations.len(), dialect, data };
    environment.render_str(TEMPLATE, context).unwrap_or_else(|error| format!("<!doctype html><pre>{error:#}</pre>"))
}

/// Describes an operation for the page, as JSON.
pub(crate) fn describe(schema: &Schema, operation: &Operation, dialect: Dialect, casing: Casing) -> String {
    let style = Style { is_strict: dialect == Dialect::Endpoints, casing, iso_dates: false };
    Page { schema, writer: Writer { schema, style } }.operation(operation).to_string()
}

fn routes(operation: &Operation) -> Vec<String> {
    operation.routes.iter().map(ToString::to_string).collect()
}

struct Page<'a> {
    schema: &'a Schema,
    writer: Writer<'a>,
}

impl Page<'_> {
    fn operation(&self, operation: &Operation) -> Json {
        let sampler = Sampler::new(self.schema, None, self.writer.style.is_strict);
        let sample = sampler.request(operation);
        let text = self.writer.write(&operation.request, &sample);
        let record = self.schema.record(&operation.request);
        let members = record.map(|record| record.members.as_slice()).unwrap_or_default();
        let answer = match &operation.response {
            Response::Json(shape) => {
                let sampler = Sampler::new(self.schema, Some(&sample), self.writer.style.is_strict);
                indent(&self.writer.write(shape, &sampler.response(shape, operation)))
            }
            Response::Nothing => "(no body)".to_owned(),
            Response::Text | Response::Bytes | Response::Stream => "(a raw body)".to_owned(),
        };
        json!({
            "name": operation.name,
            "verb": operation.verb,
            "routes": routes(operation),
            "tags": operation.tags,
            "docs": operation.docs,
            "access": access(&operation.access),
            "returns": self.returns(&operation.response),
            "members": members.iter().map(|member| self.member(member)).collect::<Vec<_>>(),
            "sample": serde_json::from_str::<Json>(&text).unwrap_or_default(),
            "answer": answer,
            "curl": curl::line(operation, "/api", &sample, &self.writer),
            "rust": operation.rust,
        })
    }

    fn member(&self, member: &Member) -> Json {
        let (kind, options) = self.kind(&member.shape);
        json!({
            "name": self.writer.member_name(member),
            "type": self.schema.type_name(&member.shape),
            "kind": kind,
            "options": options,
            "required": member.is_required,
            "docs": member.docs.join(" "),
        })
    }

    /// Returns the kind of form field for a type, and the options to choose from.
    fn kind(&self, shape: &Shape) -> (&'static str, Vec<String>) {
        match shape {
            Shape::Nullable(inner) => self.kind(inner),
            Shape::Bool => ("bool", Vec::new()),
            Shape::Integer { .. } | Shape::Float | Shape::Decimal => ("number", Vec::new()),
            Shape::List(_) | Shape::Map(..) | Shape::Any | Shape::Struct(_) | Shape::Tuple(_) => ("json", Vec::new()),
            Shape::Defined(id) => match self.schema.get(*id) {
                Type::Enum(own) if own.is_number => ("number", Vec::new()),
                Type::Enum(own) => {
                    let names = own
                        .members
                        .iter()
                        .map(|member| member.wire_name.clone().unwrap_or_else(|| member.name.clone()));
                    ("enum", names.collect())
                }
                _ => ("json", Vec::new()),
            },
            _ => ("text", Vec::new()),
        }
    }

    fn returns(&self, response: &Response) -> String {
        match response {
            Response::Nothing => "nothing".to_owned(),
            Response::Json(shape) => self.schema.type_name(shape),
            Response::Text => "text".to_owned(),
            Response::Bytes => "bytes".to_owned(),
            Response::Stream => "a stream".to_owned(),
        }
    }
}

/// Describes who may call an operation, as a sentence; empty if everybody may.
fn access(access: &Access) -> String {
    let mut needs = Vec::new();
    let join = |names: &[String], word: &str| names.join(word);
    if !access.roles.is_empty() {
        needs.push(format!("the role {}", join(&access.roles, " and ")));
    }
    if !access.any_role.is_empty() {
        needs.push(format!("one of the roles {}", join(&access.any_role, ", ")));
    }
    if !access.permissions.is_empty() {
        needs.push(format!("the permission {}", join(&access.permissions, " and ")));
    }
    if !access.any_permission.is_empty() {
        needs.push(format!("one of the permissions {}", join(&access.any_permission, ", ")));
    }
    if access.api_key {
        needs.push("an API key".to_owned());
    }
    if needs.is_empty() && access.user {
        needs.push("a signed-in user".to_owned());
    }
    if needs.is_empty() { String::new() } else { format!("Needs {}.", needs.join(" and ")) }
}

/// Indents JSON. Text that is not valid JSON, such as `NaN`, is returned unchanged.
fn indent(text: &str) -> String {
    serde_json::from_str::<Json>(text).map_or_else(|_| text.to_owned(), |value| format!("{value:#}"))
}
