//! `System.DateOnly` and `System.TimeOnly`: jiff's civil `Date` and `Time`.

use std::borrow::Cow;

use jiff::civil::{Date, Time};

use super::{DateTime, TimeSpan, date_time_text, ticks};
use crate::wire::{Input, Key, Kind, ReadError, View, Wire};

/// Written as `2012-05-01`. Read from every form of a [`DateTime`], whose time is cut off. A date before the year 1 is
/// written as the first day that .NET has.
impl Wire for Date {
    fn view(&self) -> View<'_> {
        View::Text(date_text(*self))
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        if let Input::Null | Input::Str("") = input {
            return Ok(());
        }
        let mut value = DateTime::MIN;
        value.read(input)?;
        *self = value.date();
        Ok(())
    }

    fn kind() -> Kind {
        Kind::SCALAR
    }
}

impl Key for Date {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(date_text(*self))
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        text.parse().map(DateTime::date)
    }
}

fn date_text(date: Date) -> String {
    date_time_text::iso_date(DateTime::from(date).date())
}

/// Travels as an XSD duration since midnight, `PT14H30M5S`, in steps of 100 ns: servers of one dialect silently read
/// `14:30:05` as midnight. Both are read.
impl Wire for Time {
    fn view(&self) -> View<'_> {
        View::Text(since_midnight(*self).to_string())
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        if let Input::Null | Input::Str("") = input {
            return Ok(());
        }
        let mut span = TimeSpan::ZERO;
        span.read(input)?;
        *self = time_of_day(span)?;
        Ok(())
    }

    fn kind() -> Kind {
        Kind::SCALAR
    }
}

/// The clock form, as for [`TimeSpan`].
impl Key for Time {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(since_midnight(*self).to_clock())
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        time_of_day(text.parse()?)
    }
}

fn since_midnight(time: Time) -> TimeSpan {
    time.duration_since(Time::midnight()).into()
}

fn time_of_day(span: TimeSpan) -> Result<Time, ReadError> {
    if !(0..ticks::PER_DAY).contains(&span.ticks()) {
        return Err(ReadError::new(format!("expected a time of day, found {span}")));
    }
    Ok(ticks::to_civil(span.ticks()).time())
}
