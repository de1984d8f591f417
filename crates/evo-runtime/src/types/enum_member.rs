//! The names and numbers of an enum's members.

use crate::wire::names::eq_ignoring_case;

/// A member of a .NET enum, as listed by [`choice!`](crate::choice) and [`flags!`](crate::flags).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct EnumMember {
    name: &'static str,
    wire: Option<&'static str>,
    number: Option<i128>,
}

impl EnumMember {
    /// Creates a member with this C# name and no known number.
    pub const fn new(name: &'static str) -> Self {
        Self { name, wire: None, number: None }
    }

    /// Sets the number.
    pub const fn numbered(self, number: i128) -> Self {
        Self { number: Some(number), ..self }
    }

    /// Sets the value of `[EnumMember(Value)]`.
    pub const fn written_as(self, wire: &'static str) -> Self {
        Self { wire: Some(wire), ..self }
    }

    /// The C# name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The text that is written: the value of `[EnumMember]` if there is one, otherwise the C# name.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self.wire {
            Some(wire) => wire,
            None => self.name,
        }
    }

    /// The number, if known.
    #[must_use]
    pub const fn number(&self) -> Option<i128> {
        self.number
    }

    /// The bits of a flag; no bits if its number is unknown.
    pub(super) const fn bits(&self) -> u64 {
        match self.number {
            Some(number) => super::flags::bits_of(number),
            None => 0,
        }
    }

    /// The index of the member that `text` names exactly. The written text takes precedence over the C# name.
    pub(super) fn named_exactly(members: &[Self], text: &str) -> Option<usize> {
        let find = |matches: &dyn Fn(&Self) -> bool| members.iter().position(matches);
        find(&|member| member.text() == text).or_else(|| find(&|member| member.name == text))
    }

    /// The index of the member that `text` names, exactly or, failing that, in any case.
    pub(super) fn named(members: &[Self], text: &str) -> Option<usize> {
        let find = |matches: &dyn Fn(&Self) -> bool| members.iter().position(matches);
        Self::named_exactly(members, text)
            .or_else(|| find(&|member| eq_ignoring_case(member.text(), text)))
            .or_else(|| find(&|member| eq_ignoring_case(member.name, text)))
    }

    /// The index of the first member with this number.
    pub(super) fn with_number(members: &[Self], number: i128) -> Option<usize> {
        members.iter().position(|member| member.number == Some(number))
    }
}
