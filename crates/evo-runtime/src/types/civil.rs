//! `System.DateOnly` and `System.TimeOnly`: jiff's civil `Date` and `Time`.

use std::borrow::Cow;

use jiff::civil::{Date, Time};

use super::{DateTime, TimeSpan, ticks};
use crate::wire::{Decode, Encode, Input, Key, ReadError, View};

/// Written as `2012-05-01`. A date before year 1 is written as the first day of .NET's range.
impl Encode for Date {
    fn view(&self) -> View<'_> {
        View::Text(date_text(*self))
    }
}

/// Read from every form of a [`DateTime`], whose time is dropped. An absent date becomes .NET's default, which differs from jiff's.
impl Decode for Date {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let mut value = DateTime::MIN;
        let is_there = value.read(input)?;
        if is_there {
            *self = value.date();
        } else {
            self.absent();
        }
        Ok(is_there)
    }

    fn absent(&mut self) {
        if *self == Date::default() {
            *self = DateTime::MIN.date();
        }
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
    DateTime::from(date).date().to_string()
}

/// Written as an XSD duration since midnight, `PT14H30M5S`, in steps of 100 ns, because servers of one dialect silently read `14:30:05` as
/// midnight. Both forms are read.
impl Encode for Time {
    fn view(&self) -> View<'_> {
        View::Text(since_midnight(*self).to_string())
    }
}

impl Decode for Time {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let mut span = TimeSpan::ZERO;
        let is_there = span.read(input)?;
        if is_there {
            *self = time_of_day(span)?;
        }
        Ok(is_there)
    }
}

/// Keys use the clock form, as for [`TimeSpan`].
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
        return Err(ReadError::new("expected a time of day, found a duration that is negative or longer than a day"));
    }
    Ok(ticks::to_civil(span.ticks()).time())
}
