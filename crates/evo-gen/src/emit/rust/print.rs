//! Prints a file of tokens: definitions with prettyplease and calls of our macros with [`calls`], with blank lines between unrelated items.

use proc_macro2::TokenStream;
use syn::{Attribute, Expr, File, Item, ItemMacro, Macro, Stmt, Visibility};

use super::calls;
use crate::Error;

/// Parses the tokens of a file and lays them out. Nothing is printed that was not parsed here.
///
/// # Errors
///
/// If the tokens are not valid Rust, which is a bug in evo-gen.
pub(in crate::emit) fn print(tokens: TokenStream) -> Result<String, Error> {
    let file: File = syn::parse2(tokens).map_err(|error| not_rust(&error))?;
    let attributes = attributes(file.attrs);
    let items = items(file.items).map_err(|error| not_rust(&error))?;
    Ok(if attributes.is_empty() || items.is_empty() { attributes + &items } else { format!("{attributes}\n{items}") })
}

fn not_rust(error: &syn::Error) -> Error {
    Error::document(format!("the generated code is not Rust: {error}"))
        .help("this is a bug in evo-gen; please report it with the document")
}

/// Prints the inner attributes of a file, with its documentation separate from the rest.
fn attributes(attributes: Vec<Attribute>) -> String {
    let mut text = String::new();
    let mut was_doc = None;
    for attribute in attributes {
        let is_doc = attribute.path().is_ident("doc");
        if was_doc.is_some_and(|was_doc| was_doc != is_doc) {
            text.push('\n');
        }
        was_doc = Some(is_doc);
        let file = File { shebang: None, frontmatter: None, attrs: vec![attribute], items: Vec::new() };
        text += prettyplease::unparse(&file).trim_end_matches('\n');
        text.push('\n');
    }
    text
}

/// The kind of an item. One-line items of the same kind are not separated; a blank line separates all others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Import,
    Reexport,
    Module,
    Call,
    Definition,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Inherited) => Self::Import,
            Item::Use(_) => Self::Reexport,
            Item::Mod(module) if module.content.is_none() => Self::Module,
            Item::Macro(_) => Self::Call,
            _ => Self::Definition,
        }
    }
}

fn items(items: Vec<Item>) -> syn::Result<String> {
    let mut text = String::new();
    let mut before = None;
    for next in items {
        let kind = Kind::of(&next);
        if before.is_some_and(|before| before != kind || kind == Kind::Definition) {
            text.push('\n');
        }
        before = Some(kind);
        text += &item(next)?;
    }
    Ok(text)
}

fn item(item: Item) -> syn::Result<String> {
    match item {
        Item::Macro(ItemMacro { mac, ident: None, .. }) => calls::print(&mac),
        Item::Mod(mut module) => match module.content.take() {
            Some((braces, content)) => {
                module.content = Some((braces, Vec::new()));
                Ok(inside(&definition(Item::Mod(module)), &items(content)?))
            }
            None => Ok(definition(Item::Mod(module))),
        },
        Item::Const(mut constant) => match constant.expr.as_mut() {
            // Macro calls that need attributes.
            Expr::Block(block) if !block.block.stmts.is_empty() => {
                let statements = std::mem::take(&mut block.block.stmts);
                Ok(inside(
                    &definition(Item::Const(constant)),
                    &items(statements.into_iter().filter_map(as_item).collect())?,
                ))
            }
            _ => Ok(definition(Item::Const(constant))),
        },
        item => Ok(definition(item)),
    }
}

fn as_item(statement: Stmt) -> Option<Item> {
    match statement {
        Stmt::Item(item) => Some(item),
        Stmt::Macro(call) => Some(from_call(call.mac)),
        Stmt::Local(_) | Stmt::Expr(..) => None,
    }
}

fn from_call(mac: Macro) -> Item {
    Item::Macro(ItemMacro { attrs: Vec::new(), ident: None, mac, semi_token: None })
}

fn definition(item: Item) -> String {
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] })
}

/// Puts indented content into the empty braces at the end of an item.
fn inside(item: &str, content: &str) -> String {
    let indented = content.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
    match item.rsplit_once("{}") {
        Some((before, after)) => format!("{before}{{\n{}}}{after}", indented.collect::<String>()),
        None => item.to_owned(),
    }
}
