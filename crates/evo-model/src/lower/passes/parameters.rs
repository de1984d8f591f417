//! Drops type parameters that no member uses, from the type and from every use of it.

use std::collections::BTreeMap;

use crate::api::{IdVec, ItemId, Ty};
use crate::lower::draft::{Item, ItemKind};

/// Drops unused parameters. A class such as `ListRequest<T>` has its parameter only for the server's benefit.
pub(crate) fn drop_unused_parameters(items: &mut IdVec<ItemId, Item>) {
    let used = find_used(items);
    for (id, item) in items.enumerate_mut() {
        item.each_type_mut(&mut |ty| {
            if let Ty::Item(id, args) = ty {
                retain_used(args, &used[*id]);
            }
        });
        if let ItemKind::Record(record) = &mut item.kind {
            retain_used(&mut record.parameters, &used[id]);
        }
    }
}

fn retain_used<T>(list: &mut Vec<T>, used: &[bool]) {
    let mut used = used.iter();
    list.retain(|_| used.next().copied().unwrap_or_default());
}

/// Returns for each item which of its parameters are used.
///
/// A parameter in an argument counts as used only if that argument is used. Such a use waits until all enclosing parameters are known to be
/// used.
fn find_used(items: &IdVec<ItemId, Item>) -> IdVec<ItemId, Vec<bool>> {
    let mut uses = Uses {
        used: items.iter().map(|item| vec![false; item.parameters().len()]).collect(),
        waiting: BTreeMap::new(),
        open: Vec::new(),
        pending: Vec::new(),
    };
    for (id, item) in items.enumerate().filter(|(_, item)| !item.parameters().is_empty()) {
        for ty in item.held_types() {
            uses.find(ty, id, item.parameters(), &mut Vec::new());
        }
    }
    while let Some(parameter) = uses.pending.pop() {
        uses.mark(parameter);
    }
    uses.used
}

/// A parameter: the item, and its position there.
type Parameter = (ItemId, usize);

struct Uses {
    used: IdVec<ItemId, Vec<bool>>,
    /// The uses that wait for a parameter, as indices of `open`.
    waiting: BTreeMap<Parameter, Vec<usize>>,
    /// The waiting uses: the parameter that each one uses, and the number of parameters that it waits for.
    open: Vec<(Parameter, usize)>,
    /// Parameters that were found to be used but are not marked yet.
    pending: Vec<Parameter>,
}

impl Uses {
    /// Finds the parameters that a type uses. `around` lists the parameters that the type is an argument for.
    fn find(&mut self, ty: &Ty, owner: ItemId, parameters: &[String], around: &mut Vec<Parameter>) {
        match ty {
            Ty::Parameter(name) => {
                let Some(position) = parameters.iter().position(|parameter| parameter == name) else { return };
                if around.is_empty() {
                    self.pending.push((owner, position));
                    return;
                }
                for parameter in around.iter() {
                    self.waiting.entry(*parameter).or_default().push(self.open.len());
                }
                self.open.push(((owner, position), around.len()));
            }
            Ty::Item(id, args) => {
                for (position, arg) in args.iter().enumerate() {
                    around.push((*id, position));
                    self.find(arg, owner, parameters, around);
                    around.pop();
                }
            }
            _ => ty.inner().for_each(|inner| self.find(inner, owner, parameters, around)),
        }
    }

    fn mark(&mut self, parameter: Parameter) {
        let (id, position) = parameter;
        let Some(used) = self.used[id].get_mut(position) else { return };
        if std::mem::replace(used, true) {
            return;
        }
        for waiting in self.waiting.remove(&parameter).unwrap_or_default() {
            if let Some((parameter, count)) = self.open.get_mut(waiting) {
                *count -= 1;
                if *count == 0 {
                    self.pending.push(*parameter);
                }
            }
        }
    }
}
