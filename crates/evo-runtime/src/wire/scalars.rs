//! Text, booleans and numbers.

use super::{Input, Kind, ReadError, View, Wanted, Wire};

impl Wire for String {
    fn view(&self) -> View<'_> {
        View::Str(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        *self = match input {
            Input::Null => return Ok(()),
            Input::Str(text) | Input::Digits(text) => text.to_owned(),
            Input::Bool(value) => value.to_string(),
            Input::Int(value) => value.to_string(),
            Input::UInt(value) => value.to_string(),
            Input::Float(value) => value.to_string(),
            other => return Err(other.unexpected("text")),
        };
        Ok(())
    }

    fn kind() -> Kind {
        Kind::SCALAR
    }
}

impl Wire for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        *self = match input {
            Input::Null => return Ok(()),
            Input::Bool(value) => value,
            Input::Int(0) | Input::UInt(0) => false,
            Input::Int(1) | Input::UInt(1) => true,
            Input::Str(text) => match bool_of(text) {
                Some(value) => value,
                None if text.is_empty() => return Ok(()),
                None => return Err(Input::Str(text).unexpected("a boolean")),
            },
            other => return Err(other.unexpected("a boolean")),
        };
        Ok(())
    }

    fn kind() -> Kind {
        Kind::SCALAR
    }
}

/// `true`, `True`, `1` and their opposites.
pub(super) fn bool_of(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A .NET `Char`: one UTF-16 unit, which for text outside the basic plane is half of a `char`; Rust's `char` holds the rest.
impl Wire for char {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string())
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        *self = match input {
            Input::Null => return Ok(()),
            Input::Str(text) => char_of(text),
            other => return Err(other.unexpected("a character")),
        };
        Ok(())
    }

    fn wanted(&self) -> Wanted {
        Wanted::Character
    }

    fn kind() -> Kind {
        Kind { wanted: Wanted::Character, ..Kind::SCALAR }
    }
}

/// The first character; nothing, and the U+200B that ServiceStack.Text makes of nothing, are the default.
pub(super) fn char_of(text: &str) -> char {
    match text.chars().next() {
        None | Some('\u{200b}') => char::default(),
        Some(c) => c,
    }
}

macro_rules! integers {
    ($view:ident $as:ty: $($integer:ty $(, $of_byte:expr)?;)*) => {$(
        impl Wire for $integer {
            fn view(&self) -> View<'_> {
                View::$view(<$as>::from(*self))
            }

            fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
                let read = match &input {
                    Input::Null => return Ok(()),
                    Input::Str("") => return Ok(()),
                    Input::Int(value) => <$integer>::try_from(*value).ok(),
                    Input::UInt(value) => <$integer>::try_from(*value).ok(),
                    Input::Float(value) => whole(*value).and_then(|value| <$integer>::try_from(value).ok()),
                    Input::Str(text) | Input::Digits(text) => integer_of(text).and_then(|value| <$integer>::try_from(value).ok()),
                    _ => None,
                };
                *self = read.ok_or_else(|| input.unexpected(concat!("an integer (", stringify!($integer), ")")))?;
                Ok(())
            }

            fn kind() -> Kind {
                Kind { $(of_byte: Some($of_byte),)? ..Kind::SCALAR }
            }
        }
    )*};
}

integers!(Int i64: i8, |byte| i64::from(byte.cast_signed()); i16; i32; i64;);
integers!(UInt u64: u8, i64::from; u16; u32; u64;);

/// An integer that was written as `7`, `7.0` or `1E+2`.
fn integer_of(text: &str) -> Option<i128> {
    let text = text.trim();
    text.parse().ok().or_else(|| whole(text.parse().ok()?))
}

/// The value of a float that is a whole number.
fn whole(value: f64) -> Option<i128> {
    // All whole floats in this range convert exactly; the check makes the cast lossless.
    #[expect(clippy::cast_possible_truncation, reason = "bounded and without a fraction")]
    (value.fract() == 0.0 && value.abs() < 1e30).then_some(value as i128)
}

#[expect(clippy::cast_possible_truncation, reason = "a Single is the double that was read, rounded")]
fn single(value: f64) -> f32 {
    value as f32
}

macro_rules! floats {
    ($($view:ident $float:ty, $from:expr;)*) => {$(
        impl Wire for $float {
            fn view(&self) -> View<'_> {
                View::$view(*self)
            }

            fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
                let read = match &input {
                    Input::Null => return Ok(()),
                    Input::Str("") => return Ok(()),
                    Input::Int(value) => value.to_string().parse().ok(),
                    Input::UInt(value) => value.to_string().parse().ok(),
                    Input::Float(value) => Some($from(*value)),
                    Input::Str(text) | Input::Digits(text) => text.trim().parse().ok(),
                    _ => None,
                };
                *self = read.ok_or_else(|| input.unexpected("a number"))?;
                Ok(())
            }

            fn kind() -> Kind {
                Kind::SCALAR
            }
        }
    )*};
}

floats!(Single f32, single; Double f64, std::convert::identity;);

impl Wire for () {
    fn view(&self) -> View<'_> {
        View::Null
    }

    fn read(&mut self, _: Input<'_>) -> Result<(), ReadError> {
        Ok(())
    }
}
