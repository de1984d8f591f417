//! Generic responses that the document shows only in closed form: reconstructs the open definition from the closed forms.

use std::borrow::Cow;

use crate::diagnostics::Diagnostics;
use crate::lower::catalog::closed::form_of;
use crate::lower::csharp;
use crate::lower::type_expr::{Name, TypeExpr, parse, without_arity};
use crate::metadata::{Operation, Property, Type};

/// Reconstructs the open definition of the responses of these operations, which share namespace, name and arity.
///
/// A part of a member's type that equals the argument of the operation's `returnType` in every closed form is the parameter. Forms without
/// a known argument count only if no form has one. Returns `None`, with a remark, if no definition fits all forms; then each form becomes a
/// separate class.
pub(crate) fn reopen<'a>(operations: &[&'a Operation], diagnostics: &mut Diagnostics) -> Option<Cow<'a, Type>> {
    let mut forms: Vec<(&'a Type, Vec<TypeExpr>)> = Vec::new();
    for operation in operations {
        let Some(response) = operation.response.as_ref() else { continue };
        // Up to 6.6 the document shows the definition itself.
        if response.generic_args.iter().all(|name| name.starts_with('\'')) {
            return Some(Cow::Borrowed(response));
        }
        let args = operation.return_type.as_ref().map(|name| name.generic_args.as_slice()).unwrap_or_default();
        let args: Vec<TypeExpr> = args.iter().filter_map(|arg| Some(without_arity(parse(arg, &[])?))).collect();
        if args.len() == response.generic_args.len() {
            forms.push((response, args));
        } else {
            // Without a return type the argument is unknown: the members keep their types.
            forms.push((response, Vec::new()));
        }
    }
    if forms.iter().any(|(_, args)| !args.is_empty()) {
        forms.retain(|(_, args)| !args.is_empty());
    }
    forms.sort_by(|a, b| a.1.cmp(&b.1));
    forms.dedup_by(|a, b| a.1 == b.1 && form_of(a.0) == form_of(b.0));
    let (first, first_args) = forms.first()?;
    let mut open = Type::clone(first);
    open.generic_args = name_parameters(first, first_args);
    for (index, property) in open.properties.iter_mut().enumerate() {
        let type_exprs: Vec<(TypeExpr, &[TypeExpr])> = forms
            .iter()
            .filter_map(|(form, args)| {
                let property = form.properties.get(index)?;
                Some((without_arity(parse(&property.type_name, &property.generic_args)?), args.as_slice()))
            })
            .collect();
        let Some((type_expr, _)) = type_exprs.first() else { continue };
        let mut opened = type_expr.clone();
        let is_certain = generalize(&mut opened, &type_exprs, &open.generic_args);
        if !is_certain {
            diagnostics.warn(
                "EVO0011",
                &property.pointer,
                format!(
                    "the type of {}.{} differs between the responses that share this class",
                    first.name, property.name
                ),
                "each response becomes a separate class",
            );
            return None;
        }
        if opened != *type_expr {
            set_type(property, &opened);
        }
    }
    Some(Cow::Owned(open))
}

/// Names the parameters as the definition does, or `T`, `T2`, ... otherwise.
fn name_parameters(form: &Type, args: &[TypeExpr]) -> Vec<String> {
    let named = form.generic_args.iter().zip(args).all(|(name, arg)| parse(name, &[]).as_ref() != Some(arg));
    if named && !args.is_empty() {
        return form.generic_args.clone();
    }
    (1..=form.generic_args.len()).map(|n| if n == 1 { "T".to_owned() } else { format!("T{n}") }).collect()
}

/// Replaces each part that equals an argument in every form by the parameter, and any other part that differs by `Object`. Returns whether
/// the forms fit together.
fn generalize(part: &mut TypeExpr, forms: &[(TypeExpr, &[TypeExpr])], parameters: &[String]) -> bool {
    let parameter = parameters.iter().enumerate().find(|(index, _)| {
        forms.iter().all(|(type_expr, args)| args.get(*index) == Some(type_expr))
            // A primitive that happens to equal the argument of the only form is more likely just a primitive.
            && (forms.len() > 1 || !is_primitive(part))
    });
    if let Some((_, parameter)) = parameter {
        *part = name(parameter, true);
        return true;
    }
    match part {
        TypeExpr::Array(item) => {
            let inner: Option<Vec<_>> = forms
                .iter()
                .map(|(type_expr, args)| match type_expr {
                    TypeExpr::Array(item) => Some((TypeExpr::clone(item), *args)),
                    TypeExpr::Name(_) => None,
                })
                .collect();
            match inner {
                Some(inner) => generalize(item, &inner, parameters),
                None => replace_by_object(part),
            }
        }
        TypeExpr::Name(name) => {
            let names: Option<Vec<(&Name, &[TypeExpr])>> = forms
                .iter()
                .map(|(type_expr, args)| match type_expr {
                    TypeExpr::Name(other) if other.simple == name.simple && other.args.len() == name.args.len() => {
                        Some((other, *args))
                    }
                    _ => None,
                })
                .collect();
            let Some(names) = names else { return replace_by_object(part) };
            let mut is_certain = true;
            for (index, arg) in name.args.iter_mut().enumerate() {
                let inner: Vec<_> =
                    names.iter().filter_map(|(other, args)| Some((other.args.get(index)?.clone(), *args))).collect();
                is_certain &= generalize(arg, &inner, parameters);
            }
            is_certain
        }
    }
}

/// Replaces a part in which the forms differ, and always returns `false`.
fn replace_by_object(part: &mut TypeExpr) -> bool {
    *part = name("Object", false);
    false
}

fn name(simple: &str, is_parameter: bool) -> TypeExpr {
    TypeExpr::Name(Name { is_parameter, ..Name::new(simple) })
}

fn is_primitive(type_expr: &TypeExpr) -> bool {
    matches!(type_expr, TypeExpr::Name(name) if csharp::has_keyword(&name.simple) && name.args.is_empty())
}

/// Writes the opened type back into the member.
fn set_type(property: &mut Property, type_expr: &TypeExpr) {
    property.type_name = type_expr.to_string();
    property.generic_args = Vec::new();
    if let TypeExpr::Name(name) = type_expr
        && name.is_parameter
    {
        property.is_value_type = false;
        property.namespace = String::new();
    }
    if *type_expr == name("Object", false) {
        property.is_value_type = false;
        property.is_enum = false;
        "System".clone_into(&mut property.namespace);
    }
}
