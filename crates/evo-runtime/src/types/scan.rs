//! A cursor over the text of a duration.

use super::ticks::FRACTION_DIGITS;

/// The part of a text that is still to be read.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a>(pub(super) &'a str);

impl<'a> Scan<'a> {
    /// Takes this character if it is next.
    pub(super) fn take(&mut self, c: char) -> Option<()> {
        self.0 = self.0.strip_prefix(c)?;
        Some(())
    }

    /// Takes the next character if it is one of these.
    pub(super) fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let c = self.0.chars().next().filter(|c| chars.contains(c))?;
        self.take(c)?;
        Some(c)
    }

    /// Takes all digits that follow, at least one; none of a number that does not fit.
    pub(super) fn whole(&mut self) -> Option<i64> {
        let digits = self.digits();
        digits.parse().ok()
    }

    /// Takes `.` and the digits after it if they follow: 100 ns ticks, further digits cut off.
    pub(super) fn fraction(&mut self) -> i64 {
        if self.take('.').is_none() {
            return 0;
        }
        let digits = self.digits();
        let mut ticks = 0;
        for digit in digits.bytes().chain(std::iter::repeat(b'0')).take(FRACTION_DIGITS) {
            ticks = ticks * 10 + i64::from(digit - b'0');
        }
        ticks
    }

    /// `Some` at the end of the text.
    pub(super) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    fn digits(&mut self) -> &'a str {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at_checked(end).unwrap_or((self.0, ""));
        self.0 = rest;
        digits
    }
}
