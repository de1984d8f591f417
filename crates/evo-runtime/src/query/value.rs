//! The values of conditions as text.

use crate::error::{Error, ErrorKind};
use crate::wire::object::content;
use crate::wire::query::scalar_text;
use crate::wire::{Encode, View};

/// The text of a condition: a list as its items separated by commas, anything else as in any query. `None` if the value is not set.
pub(super) fn condition_text(name: &str, value: &dyn Encode) -> Result<Option<String>, Error> {
    let reject = |why: &str| Error::new(ErrorKind::Request, format!("the condition {name} {why}"));
    text_of_view(name, value.view(), &reject)
}

fn text_of_view(name: &str, view: View<'_>, reject: &dyn Fn(&str) -> Error) -> Result<Option<String>, Error> {
    match view {
        View::Null => Ok(None),
        View::List(list) if list.is_empty() => Err(reject("has no items, which servers read as `is null`")),
        View::List(list) if name.contains("Between") && list.len() != 2 => Err(reject("needs two values")),
        View::List(list) => {
            let mut items = Vec::new();
            list.each(&mut |item| {
                items.push(item_text(&item.view()));
                true
            });
            let items: Option<Vec<String>> = items.into_iter().collect();
            let items = items.ok_or_else(|| reject("has an item that is not a number, a string or similar"))?;
            Ok(Some(items.join(",")))
        }
        View::Failed(why) => Err(reject(&format!("cannot be written: {why}"))),
        View::Untyped(value) => text_of_view(name, content(value), reject),
        View::Made(value) => text_of_view(name, value.view(), reject),
        view => match scalar_text(&view) {
            Some(text) if text.is_empty() => {
                Err(reject("has no text, which servers read as `is null`").with_hint("is_null() says so"))
            }
            Some(text) => Ok(Some(text)),
            None => Err(reject("has a value that is not a number, a string, a list or similar")),
        },
    }
}

fn item_text(view: &View<'_>) -> Option<String> {
    match view {
        View::Str(text) => Some(quoted_if_needed(text)),
        View::Text(text) => Some(quoted_if_needed(text)),
        View::Untyped(value) => item_text(&content(value)),
        view => scalar_text(view),
    }
}

/// An item of a list, quoted if it would otherwise be misread.
fn quoted_if_needed(text: &str) -> String {
    let is_plain = !text.is_empty() && text.trim() == text && !text.contains([',', '"', '[', ']', '{', '}']);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
