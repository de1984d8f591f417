//! Items before they are named, as the passes see them.

use std::collections::BTreeSet;

use crate::api::{self, Draft, ItemId};

pub(crate) type Item = api::Item<Draft>;
pub(crate) type ItemKind = api::ItemKind<Draft>;
pub(crate) type Record = api::Record<Draft>;
pub(crate) type Member = api::Member<Draft>;
pub(crate) type Enum = api::Enum<Draft>;
pub(crate) type EnumMember = api::EnumMember<Draft>;
pub(crate) type Flags = api::Flags<Draft>;
pub(crate) type Variants = api::Variants<Draft>;
pub(crate) type Variant = api::Variant<Draft>;

/// Members by item and position.
pub(crate) type MemberIds = BTreeSet<(ItemId, usize)>;
