//! The members of enums and of sets of flags.

use crate::diagnostics::Diagnostics;
use crate::lower::draft::EnumMember;
use crate::lower::limits;
use crate::metadata::{self, Type};

/// The members of an enum. One whose number is not known travels by its name.
pub(super) fn members(definition: &Type, diagnostics: &mut Diagnostics) -> Vec<EnumMember> {
    let members = definition.enum_members.iter();
    members.map(|member| self::member(definition, member, "it travels by its name alone", diagnostics)).collect()
}

/// The flags of a `[Flags]` enum. One whose bits are not known is left out: a set of flags travels as a number.
pub(super) fn flags(definition: &Type, diagnostics: &mut Diagnostics) -> Vec<EnumMember> {
    let members = definition.enum_members.iter();
    let flags = members.map(|member| self::member(definition, member, "the flag is left out", diagnostics));
    flags.filter(|flag| flag.value.is_some()).collect()
}

fn member(definition: &Type, member: &metadata::EnumMember, help: &str, diagnostics: &mut Diagnostics) -> EnumMember {
    let metadata::EnumMember { name, wire_name, description, .. } = member;
    let value = number(member);
    if value.is_none() {
        let full_name = format!("{}.{name}", definition.name);
        let message = match &member.value {
            Some(_) => format!("the value of {full_name} is no 64-bit number"),
            None => format!("the document does not tell the value of {full_name}"),
        };
        diagnostics.warn("EVO0030", &definition.pointer, message, help);
    }
    let description = description.iter().filter(|text| !text.trim().is_empty());
    EnumMember {
        name: (),
        dotnet_name: name.clone(),
        wire_name: wire_name.clone().filter(|wire| wire != name),
        value,
        deprecated: None,
        attributes: Vec::new(),
        docs: description.map(|text| limits::text(text, &definition.pointer, diagnostics)).collect(),
    }
}

/// The number, signed or unsigned: an enum of .NET has up to 64 bits.
fn number(member: &metadata::EnumMember) -> Option<i128> {
    const RANGE: std::ops::RangeInclusive<i128> = i64::MIN as i128..=u64::MAX as i128;
    let number: i128 = member.value.as_ref()?.trim().parse().ok()?;
    RANGE.contains(&number).then_some(number)
}
