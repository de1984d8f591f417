//! Text, booleans, characters and numbers.

use super::{Decode, Encode, Input, ReadError, View, Wanted};

/// Reads a value that is not text. `null` and empty text mean that there is no value.
pub(crate) fn read_scalar<T>(
    value: &mut T,
    input: &Input<'_>,
    expected: &str,
    read: impl FnOnce(&Input<'_>) -> Option<T>,
) -> Result<bool, ReadError> {
    if input.is_absent() {
        return Ok(false);
    }
    *value = read(input).ok_or_else(|| input.unexpected(expected))?;
    Ok(true)
}

impl Encode for String {
    fn view(&self) -> View<'_> {
        View::Str(self)
    }
}

/// A number is read as its digits, exactly as written.
impl Decode for String {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        *self = match input {
            Input::Null => return Ok(false),
            Input::Str(text) => text.to_owned(),
            Input::Bool(value) => value.to_string(),
            number => number.number_text().ok_or_else(|| number.unexpected("text"))?.into_owned(),
        };
        Ok(true)
    }
}

impl Encode for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

impl Decode for bool {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_scalar(self, &input, "a boolean", |input| match input {
            Input::Bool(value) => Some(*value),
            Input::Str(text) => parse_bool(text),
            number => number.integer().and_then(|number| [false, true].get(usize::try_from(number).ok()?).copied()),
        })
    }
}

/// `true`, `True`, `1` and their opposites.
pub(super) fn parse_bool(text: &str) -> Option<bool> {
    match text.trim() {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A .NET `Char` is one UTF-16 unit. A character outside the Basic Multilingual Plane needs two and cannot be sent.
impl Encode for char {
    fn view(&self) -> View<'_> {
        match char_problem(*self) {
            Some(problem) => View::Failed(problem),
            None => View::Text(self.to_string()),
        }
    }
}

impl Decode for char {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_scalar(self, &input, "a character", |input| match input {
            Input::Str(text) => Some(first_char(text)),
            _ => None,
        })
    }

    fn wanted(&self) -> Wanted {
        Wanted::Character
    }
}

/// Why a character does not fit into a `Char`; `None` if it does.
pub(super) fn char_problem(c: char) -> Option<String> {
    (c.len_utf16() > 1).then(|| format!("{c:?} is not one UTF-16 unit: a `System.Char` cannot hold it"))
}

/// The first character; the default for empty text, and for U+200B, which ServiceStack.Text writes in its place.
pub(super) fn first_char(text: &str) -> char {
    match text.chars().next() {
        None | Some('\u{200b}') => char::default(),
        Some(c) => c,
    }
}

macro_rules! integers {
    ($view:ident $as:ty: $($integer:ty $(, is_signed = $is_signed:literal)?;)*) => {$(
        impl Encode for $integer {
            fn view(&self) -> View<'_> {
                View::$view(<$as>::from(*self))
            }
        }

        impl Decode for $integer {
            fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
                read_scalar(self, &input, concat!("an integer (", stringify!($integer), ")"), |input| {
                    input.integer().and_then(|value| <$integer>::try_from(value).ok())
                })
            }

            $(fn wanted(&self) -> Wanted {
                Wanted::Byte { is_signed: $is_signed }
            })?
        }
    )*};
}

integers!(Int i64: i8, is_signed = true; i16; i32; i64;);
integers!(UInt u64: u8, is_signed = false; u16; u32; u64;);

#[expect(clippy::cast_possible_truncation, reason = "a Single is the double that was read, rounded")]
fn single(value: f64) -> f32 {
    value as f32
}

macro_rules! floats {
    ($($view:ident $float:ty, $from:expr;)*) => {$(
        impl Encode for $float {
            fn view(&self) -> View<'_> {
                View::$view(*self)
            }
        }

        impl Decode for $float {
            fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
                read_scalar(self, &input, "a number", |input| match input {
                    Input::Float(value) => Some($from(*value)),
                    number => number.number_text().and_then(|text| text.parse().ok()),
                })
            }
        }
    )*};
}

floats!(Single f32, single; Double f64, std::convert::identity;);

impl Encode for () {
    fn view(&self) -> View<'_> {
        View::Null
    }
}

impl Decode for () {
    fn read(&mut self, _: Input<'_>) -> Result<bool, ReadError> {
        Ok(false)
    }
}
