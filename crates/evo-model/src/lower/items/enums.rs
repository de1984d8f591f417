//! The members of enums, and the flags of `[Flags]` enums.

use crate::diagnostics::Diagnostics;
use crate::lower::draft::EnumMember;
use crate::lower::limits;
use crate::metadata::{self, Type};

/// Reads the members of an enum. A member without a known number is serialized by name.
pub(super) fn read_members(definition: &Type, diagnostics: &mut Diagnostics) -> Vec<EnumMember> {
    let members = definition.enum_members.iter();
    members.map(|member| read_member(definition, member, "it is sent by its name", diagnostics)).collect()
}

/// Reads the flags of a `[Flags]` enum. A flag without known bits is omitted, since a set of flags is serialized as a number.
pub(super) fn read_flags(definition: &Type, diagnostics: &mut Diagnostics) -> Vec<EnumMember> {
    let members = definition.enum_members.iter();
    let flags = members.map(|member| read_member(definition, member, "the flag is left out", diagnostics));
    flags.filter(|flag| flag.value.is_some()).collect()
}

fn read_member(
    definition: &Type,
    member: &metadata::EnumMember,
    help: &str,
    diagnostics: &mut Diagnostics,
) -> EnumMember {
    let metadata::EnumMember { name, wire_name, description, .. } = member;
    let value = read_number(member);
    if value.is_none() {
        let full_name = format!("{}.{name}", definition.name);
        let message = match &member.value {
            Some(_) => format!("the value of {full_name} is not a 64-bit number"),
            None => format!("the document does not state the value of {full_name}"),
        };
        diagnostics.warn("EVO0030", &definition.pointer, message, help);
    }
    let description = description.iter().filter(|text| !text.trim().is_empty());
    EnumMember {
        name: (),
        dotnet_name: name.clone(),
        wire_name: wire_name.clone().filter(|wire| wire != name),
        value,
        deprecated: (),
        attributes: (),
        docs: description.map(|text| limits::text(text, &definition.pointer, diagnostics)).collect(),
    }
}

/// Reads the number, signed or unsigned: a .NET enum has up to 64 bits.
fn read_number(member: &metadata::EnumMember) -> Option<i128> {
    const RANGE: std::ops::RangeInclusive<i128> = i64::MIN as i128..=u64::MAX as i128;
    let number: i128 = member.value.as_ref()?.trim().parse().ok()?;
    RANGE.contains(&number).then_some(number)
}
