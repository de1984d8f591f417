//! Generic responses that the document shows only in closed form: infers their arguments from the members, and makes a class for each form
//! if no definition fits all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::catalog::Key;
use crate::lower::type_expr::{TypeExpr, parse, split_arity, without_arity};
use crate::metadata::{Operation, Type};

/// Infers the arguments of a closed response from a definition whose members mention the parameters: if a member is `List<T>` and the
/// response has `List<Thing>`, `T` is `Thing`. The result ends before the first parameter that no member mentions.
pub(crate) fn find_arguments(open: &Type, parameters: &[String], closed: &Type) -> Vec<String> {
    let mut found: BTreeMap<&str, TypeExpr> = BTreeMap::new();
    for property in &open.properties {
        let same = closed.properties.iter().find(|other| other.name == property.name);
        let spelled = |property: &crate::metadata::Property| parse(&property.type_name, &property.generic_args);
        if let (Some(open), Some(closed)) = (spelled(property), same.and_then(spelled)) {
            unify(&without_arity(open), &without_arity(closed), parameters, &mut found);
        }
    }
    parameters.iter().map_while(|parameter| found.get(parameter.as_str()).map(TypeExpr::to_string)).collect()
}

fn unify<'a>(open: &TypeExpr, closed: &TypeExpr, parameters: &'a [String], found: &mut BTreeMap<&'a str, TypeExpr>) {
    match (open, closed) {
        (TypeExpr::Name(name), closed) if name.args.is_empty() && parameters.contains(&name.simple) => {
            let parameter = parameters.iter().find(|parameter| **parameter == name.simple);
            // A response that is shown open does not reveal the argument.
            let is_itself = matches!(closed, TypeExpr::Name(other) if other.simple == name.simple);
            if let Some(parameter) = parameter.filter(|_| !is_itself) {
                found.entry(parameter).or_insert_with(|| closed.clone());
            }
        }
        (TypeExpr::Array(open), TypeExpr::Array(closed)) => unify(open, closed, parameters, found),
        (TypeExpr::Name(open), TypeExpr::Name(closed)) if open.simple == closed.simple => {
            for (open, closed) in open.args.iter().zip(&closed.args) {
                unify(open, closed, parameters, found);
            }
        }
        _ => {}
    }
}

/// Makes a class for each form of a response: ``Result`1`` of `Thing` becomes `ResultOfThing`. If an operation does not state the argument,
/// the class is named after the request. `taken` returns whether a name is described already.
pub(crate) fn make_classes(operations: &[&Operation], taken: impl Fn(&Key) -> bool) -> Vec<Type> {
    let mut classes: Vec<Type> = Vec::new();
    let mut known: BTreeSet<Form> = BTreeSet::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for operation in operations {
        let Some(response) = operation.response.as_ref().filter(|response| known.insert(form_of(response))) else {
            continue;
        };
        let args = operation.return_type.as_ref().map(|name| name.generic_args.as_slice()).unwrap_or_default();
        let simple = split_arity(&response.name).0;
        let args: Vec<String> = args.iter().filter_map(|arg| Some(words(&parse(arg, &[])?))).collect();
        let of = if args.is_empty() { operation.request.name.clone() } else { args.join("And") };
        let name = format!("{}Of{of}", simple.strip_suffix("Of").unwrap_or(simple));
        let mut class = Type { name: name.clone(), generic_args: Vec::new(), ..response.clone() };
        loop {
            let count = names.entry(name.clone()).or_default();
            *count += 1;
            if *count > 1 {
                class.name = format!("{name}{count}");
            }
            if !taken(&Key::for_type(&class)) {
                break;
            }
        }
        classes.push(class);
    }
    classes
}

/// Joins the names in a type: `ListOfThing`.
fn words(type_expr: &TypeExpr) -> String {
    let mut words: Vec<String> = Vec::new();
    type_expr.each_name(&mut |name| words.push(name.simple.clone()));
    words.join("Of")
}

/// The members of a description as written, which distinguish two forms of a generic class.
pub(crate) type Form = Vec<(String, String, Vec<String>)>;

/// Reads the form of a description.
pub(crate) fn form_of(definition: &Type) -> Form {
    let members = definition.properties.iter();
    members.map(|member| (member.name.clone(), member.type_name.clone(), member.generic_args.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Property;

    fn class(members: &[(&str, &str, &[&str])]) -> Type {
        let members = members.iter().map(|(name, type_name, args)| Property {
            name: (*name).to_owned(),
            type_name: (*type_name).to_owned(),
            generic_args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            ..Property::default()
        });
        Type { properties: members.collect(), ..Type::default() }
    }

    #[test]
    fn arguments_are_read_off_the_members() {
        let parameters = ["T".to_owned(), "K".to_owned()];
        let open =
            class(&[("Rows", "List`1", &["T"]), ("ByKey", "Dictionary`2", &["K", "List<T>"]), ("Total", "Int32", &[])]);
        for (closed, expected) in [
            (
                class(&[("Rows", "List`1", &["Pet"]), ("ByKey", "Dictionary`2", &["Guid", "List<Pet>"])]),
                vec!["Pet", "Guid"],
            ),
            (class(&[("Rows", "List`1", &["Box<Pet[]>"])]), vec!["Box<Pet[]>"]),
            (class(&[("ByKey", "Dictionary`2", &["String", "List<Pet>"])]), vec!["Pet", "String"]),
            (class(&[("ByKey", "Dictionary`2", &["String", "Pet"])]), vec![]),
            (class(&[("Rows", "List`1", &["T"])]), vec![]),
            (class(&[("Rows", "Pet[]", &[])]), vec![]),
            (class(&[]), vec![]),
        ] {
            assert_eq!(find_arguments(&open, &parameters, &closed), expected, "{closed:?}");
        }
    }
}
