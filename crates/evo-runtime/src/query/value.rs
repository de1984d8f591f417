//! The values of conditions as text.

use crate::error::{Error, ErrorKind};
use crate::request::scalar_text;
use crate::wire::{Input, List, ReadError, View, Wire};

/// Text that is only written.
impl Wire for &str {
    fn view(&self) -> View<'_> {
        View::Str(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        Err(input.unexpected("nothing: the text is only written"))
    }
}

/// A list of a fixed length, which is only written.
impl<T: Wire, const N: usize> Wire for [T; N] {
    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        Err(input.unexpected("nothing: the list is only written"))
    }
}

impl<T: Wire, const N: usize> List for [T; N] {
    fn len(&self) -> usize {
        N
    }

    fn each(&self, visit: &mut dyn FnMut(&dyn Wire) -> bool) {
        self.iter().all(|item| visit(item));
    }
}

/// The text of a condition: a list as its items with commas between them, everything else as in any query. None where the value is not set.
pub(super) fn condition_text(name: &str, value: &dyn Wire) -> Result<Option<String>, Error> {
    let refuse = |why: &str| Error::new(ErrorKind::Request, format!("the condition {name} {why}"));
    let empty = || refuse("has no text, which servers take for `is null`").with_hint("is_null() says so");
    match value.view() {
        View::Null => Ok(None),
        View::List(list) if list.len() < 1 => Err(refuse("has no items, which servers take for `is null`")),
        View::List(list) if name.contains("Between") && list.len() != 2 => Err(refuse("needs two values")),
        View::List(list) => {
            let mut items = Some(Vec::new());
            list.each(&mut |item| {
                let text = match item.view() {
                    View::Str(text) => Some(quoted_if_needed(text)),
                    View::Text(text) => Some(quoted_if_needed(&text)),
                    view => scalar_text(&view),
                };
                items = items.take().zip(text).map(|(mut items, text)| {
                    items.push(text);
                    items
                });
                items.is_some()
            });
            let items = items.ok_or_else(|| refuse("has an item that is no number, text or the like"))?;
            Ok(Some(items.join(",")))
        }
        View::Map(_) | View::Record(_) | View::Typed(..) => {
            Err(refuse("has a value that is no number, text, list or the like"))
        }
        View::Failed(why) => Err(refuse(&format!("cannot be written: {why}"))),
        View::Made(value) => condition_text(name, value.as_ref()),
        view => match scalar_text(&view) {
            Some(text) if text.is_empty() => Err(empty()),
            Some(text) => Ok(Some(text)),
            None => Err(refuse("has a value that cannot be sent: NaN, or an infinite number")),
        },
    }
}

/// An item of a list; in quotes where it would not be taken for one as it stands.
fn quoted_if_needed(text: &str) -> String {
    let is_plain = !text.is_empty() && text.trim() == text && !text.contains([',', '"', '[', ']', '{', '}']);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
