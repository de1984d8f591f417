//! Mistakes in settings for modules, derives and attributes are errors with help.

use evo_gen::Generator;
use serde_json::json;

use crate::made;

/// A generator for a document with a float in a type, with these settings.
fn generator(settings: &str) -> Generator {
    let document = json!({
        "types": [{ "name": "Pet", "namespace": "Shop", "properties": [
            { "name": "Weight", "type": "Double", "namespace": "System", "isValueType": true } ] }],
        "operations": [{ "request": { "name": "FindPet", "namespace": "Shop" }, "method": "GET",
            "returnType": { "name": "Pet", "namespace": "Shop" } }]
    });
    made::generator(&document, settings)
}

#[test]
fn mistakes_are_errors_with_help() {
    for (settings, message) in [
        (
            "derive.'Shop.Pet' = ['Eq']",
            "Shop.Pet cannot derive `Eq` because of Shop.Pet.Weight, which is a float, `f64`; remove the trait from \
             `derive`, or replace the type of that member",
        ),
        (
            "rename.'Shop.Pet' = 'Option'",
            "`Option` of `rename` cannot be the name of Shop.Pet: generated code uses this name itself; choose another name, \
             for example `OptionDto`",
        ),
        (
            "rename.'Shop.Pet' = 'Client'",
            "`Client` of `rename` cannot be the name of Shop.Pet: generated code uses this name itself; choose another name, \
             for example `ClientDto`",
        ),
        ("derive.'Shop.Pets' = ['Hash']", "`Shop.Pets` of `derive` matches nothing; did you mean `Shop.Pet`?"),
        (
            "attributes.'Shop.Pet.Size' = ['#[doc(hidden)]']",
            "`Shop.Pet.Size` of `attributes` matches nothing; did you mean `Shop.Pet`?",
        ),
        (
            "layout = 'tag'\nstrip = 'Shop'",
            "`strip` does nothing with the layout `tag`; leave `strip` out: no module is named after a namespace",
        ),
        (
            "examples = 'my_client'\nvisibility = 'crate'",
            "`examples` does nothing with the visibility `crate`; leave `examples` out: examples are built outside of the \
             crate, and could not see the client",
        ),
        (
            "examples = 'Vec<u8>'",
            "`Vec<u8>` of `examples` is not a module path; write the name of the crate, and the modules in it that lead to \
             the client, such as `my_client::api`",
        ),
        (
            "types_only = true\naddress = ['reply']",
            "`address` does nothing with `types_only`; leave `address` out, or generate the client too",
        ),
    ] {
        assert_eq!(generator(settings).generate().unwrap_err().to_string(), message);
    }
}
