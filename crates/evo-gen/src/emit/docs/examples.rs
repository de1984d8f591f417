//! The example of an operation: a call that is compiled as a doctest.

use crate::api::{Answer, Api, Item, ItemKind, Operation, Ty};
use crate::emit::rust::escape_keyword;

/// The maximum width of the arguments of a call on one line.
const WIDTH: usize = 50;

/// Returns the example as a code block, or `None` if the client has no path that other crates can use.
pub(super) fn for_operation(item: &Item, operation: &Operation, api: &Api) -> Option<String> {
    let root = api.examples.as_ref()?;
    let request = format!("{}::{}", escape_keyword(&item.name), arguments(item, root, api));
    let call = format!("client.send({request}).await?;");
    let call = match operation.answer {
        Answer::Nothing => call,
        Answer::Download => format!("let download = {call}"),
        Answer::Json(_) | Answer::Text | Answer::Bytes => format!("let response = {call}"),
    };
    let lines = [
        "```no_run".to_owned(),
        format!("use {};", path(root, item, api)),
        String::new(),
        format!("# async fn example(client: {root}::Client) -> Result<(), evo_runtime::Error> {{"),
        call,
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ];
    Some(lines.join("\n"))
}

/// Returns the call of `new` with the values that every route needs, or of `default` if an argument has no value that can be written here.
fn arguments(item: &Item, root: &str, api: &Api) -> String {
    let default = "default()".to_owned();
    let ItemKind::Record(record) = &item.kind else { return default };
    let needed = record.new.iter().flatten().filter_map(|index| record.members.get(*index)?.setter.as_ref());
    let values: Option<Vec<String>> = needed.map(|setter| value(&setter.ty, root, api)).collect();
    let Some(values) = values else { return default };
    let line = values.join(", ");
    if line.len() <= WIDTH {
        return format!("new({line})");
    }
    let lines: Vec<String> = values.iter().map(|value| format!("\n    {value},")).collect();
    format!("new({}\n)", lines.concat())
}

/// Returns an example value of a type.
fn value(ty: &Ty, root: &str, api: &Api) -> Option<String> {
    Some(match ty {
        Ty::Std("String") => "\"id\"".to_owned(),
        Ty::Std("bool") => "true".to_owned(),
        Ty::Std("char") => "'a'".to_owned(),
        Ty::Std(name @ ("f32" | "f64")) => format!("1.0_{name}"),
        Ty::Std("i32") => "1".to_owned(),
        Ty::Std(name) => format!("1_{name}"),
        // The type of its argument is not known.
        Ty::Runtime(name, _) if name == "TextOrObject" => return None,
        Ty::Runtime(name, args) if args.is_empty() && !name.contains("::") => format!("evo_runtime::{name}::default()"),
        Ty::Item(index, args) if args.is_empty() => {
            let item = &api.items[*index];
            format!("{}::default()", path(root, item, api))
        }
        _ => return None,
    })
}

/// Returns the path of an item for other crates.
fn path(root: &str, item: &Item, api: &Api) -> String {
    let modules = &api.modules[item.module].path;
    let mut path = root.to_owned();
    for part in modules.iter().chain([&item.name]) {
        path.push_str("::");
        path.push_str(&escape_keyword(part));
    }
    path
}
