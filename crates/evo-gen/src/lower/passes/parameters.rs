//! Type parameters: one that no member uses is dropped, from the type and from every mention of it.

use std::collections::BTreeMap;

use crate::api::{Foreign, Item, ItemKind, Ty};

/// Drops unused parameters: a class such as `ListRequest<T>` names its argument for the server's sake only.
pub(crate) fn drop_unused(items: &mut [Item]) {
    let used = used(items);
    let keep = |index: usize, position: usize| {
        used.get(index).and_then(|used| used.get(position)).copied().unwrap_or_default()
    };
    let shorten = |ty: &mut Ty| {
        ty.each_mut(&mut |ty| {
            if let Ty::Item(index, args) = ty {
                let mut position = 0;
                args.retain(|_| {
                    position += 1;
                    keep(*index, position - 1)
                });
            }
        });
    };
    for (index, item) in items.iter_mut().enumerate() {
        if let Some(ty) = item.operation_mut().and_then(|operation| operation.answer.ty_mut()) {
            shorten(ty);
        }
        match &mut item.kind {
            ItemKind::Record(record) => {
                let mut position = 0;
                record.parameters.retain(|_| {
                    position += 1;
                    keep(index, position - 1)
                });
                record.members.iter_mut().for_each(|member| shorten(&mut member.ty));
            }
            ItemKind::Collection(collection) => shorten(&mut collection.inner),
            ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
}

/// Which parameters of each item are used, by position.
///
/// Naming a parameter as an argument is using it only where the argument is used: the use waits for those of all arguments around it.
fn used(items: &[Item]) -> Vec<Vec<bool>> {
    let mut uses = Uses {
        used: items.iter().map(|item| vec![false; parameters(item).len()]).collect(),
        waiting: BTreeMap::new(),
        open: Vec::new(),
        pending: Vec::new(),
    };
    for (index, item) in items.iter().enumerate() {
        let ItemKind::Record(record) = &item.kind else { continue };
        for member in record.members.iter().filter(|_| !record.parameters.is_empty()) {
            uses.find(&member.ty, index, &record.parameters, &mut Vec::new());
        }
    }
    while let Some(parameter) = uses.pending.pop() {
        uses.mark(parameter);
    }
    uses.used
}

fn parameters(item: &Item) -> &[String] {
    match &item.kind {
        ItemKind::Record(record) => &record.parameters,
        _ => &[],
    }
}

/// A parameter: the item, and its position there.
type Parameter = (usize, usize);

struct Uses {
    used: Vec<Vec<bool>>,
    /// By the parameter that they wait for, the uses that are not certain yet.
    waiting: BTreeMap<Parameter, Vec<usize>>,
    /// The parameter of each such use, and for how many others it waits.
    open: Vec<(Parameter, usize)>,
    /// Parameters that turned out to be used.
    pending: Vec<Parameter>,
}

impl Uses {
    /// Finds what a type uses. `around` are the parameters that the type is an argument for.
    fn find(&mut self, ty: &Ty, owner: usize, parameters: &[String], around: &mut Vec<Parameter>) {
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
            Ty::Std(_) => {}
            Ty::Runtime(_, args) | Ty::Foreign(Foreign { args, .. }) => {
                for arg in args {
                    self.find(arg, owner, parameters, around);
                }
            }
            Ty::Item(index, args) => {
                for (position, arg) in args.iter().enumerate() {
                    around.push((*index, position));
                    self.find(arg, owner, parameters, around);
                    around.pop();
                }
            }
            Ty::Option(inner) | Ty::List(inner) | Ty::Boxed(inner) => self.find(inner, owner, parameters, around),
            Ty::Map(key, value) => {
                self.find(key, owner, parameters, around);
                self.find(value, owner, parameters, around);
            }
        }
    }

    fn mark(&mut self, parameter: Parameter) {
        let (index, position) = parameter;
        let Some(used) = self.used.get_mut(index).and_then(|used| used.get_mut(position)) else { return };
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
