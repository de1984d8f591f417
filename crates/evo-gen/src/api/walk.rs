//! Walking through types.

use super::{Foreign, Ty};

impl Ty {
    /// This type and every type inside it.
    pub fn each(&self, visit: &mut dyn FnMut(&Ty)) {
        visit(self);
        match self {
            Self::Std(_) | Self::Parameter(_) => {}
            Self::Runtime(_, args) | Self::Item(_, args) => args.iter().for_each(|arg| arg.each(visit)),
            Self::Foreign(foreign) => foreign.args.iter().for_each(|arg| arg.each(visit)),
            Self::Option(inner) | Self::List(inner) | Self::Boxed(inner) => inner.each(visit),
            Self::Map(key, value) => {
                key.each(visit);
                value.each(visit);
            }
        }
    }

    /// Changes every type inside this one, then this one.
    pub fn each_mut(&mut self, change: &mut dyn FnMut(&mut Ty)) {
        match self {
            Self::Std(_) | Self::Parameter(_) => {}
            Self::Runtime(_, args) | Self::Item(_, args) => args.iter_mut().for_each(|arg| arg.each_mut(change)),
            Self::Foreign(foreign) => foreign.args.iter_mut().for_each(|arg| arg.each_mut(change)),
            Self::Option(inner) | Self::List(inner) | Self::Boxed(inner) => inner.each_mut(change),
            Self::Map(key, value) => {
                key.each_mut(change);
                value.each_mut(change);
            }
        }
        change(self);
    }

    /// The items of the API that this type mentions.
    #[must_use]
    pub fn items(&self) -> Vec<usize> {
        let mut items = Vec::new();
        self.each(&mut |ty| {
            if let Self::Item(index, _) = ty {
                items.push(*index);
            }
        });
        items
    }

    /// The items of which a value of this type holds a value in place, not behind a list, a map or a box.
    pub fn items_by_value(&self, found: &mut dyn FnMut(usize)) {
        match self {
            Self::Std(_) | Self::Parameter(_) | Self::List(_) | Self::Map(..) | Self::Boxed(_) => {}
            Self::Option(inner) => inner.items_by_value(found),
            Self::Runtime(_, args) | Self::Foreign(Foreign { args, .. }) => {
                for arg in args {
                    arg.items_by_value(found);
                }
            }
            Self::Item(index, args) => {
                found(*index);
                for arg in args {
                    arg.items_by_value(found);
                }
            }
        }
    }
}
