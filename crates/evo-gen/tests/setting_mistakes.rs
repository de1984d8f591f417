//! Settings that shape modules, derives and attributes: what cannot be is refused, with what to do.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use evo_gen::Generator;
use evo_gen::config::{AddressKind, Attributes, Derives, Layout, Visibility};
use evo_gen::source::{Limits, read_standard_input};

/// A generator for a document with a float in a type.
fn generator() -> Generator {
    let text = r#"{
        "types": [{ "name": "Pet", "namespace": "Shop", "properties": [
            { "name": "Weight", "type": "Double", "namespace": "System", "isValueType": true } ] }],
        "operations": [{ "request": { "name": "FindPet", "namespace": "Shop" }, "method": "GET",
            "returnType": { "name": "Pet", "namespace": "Shop" } }]
    }"#;
    Generator::new().document(read_standard_input(text.as_bytes(), &Limits::default()).unwrap())
}

#[test]
fn what_cannot_be_is_refused() {
    let derives = |text: &str| text.parse::<Derives>().unwrap();
    let attributes = |text: &str| text.parse::<Attributes>().unwrap();
    for (generator, message) in [
        (
            generator().derive("Shop.Pet", derives("Eq")),
            "Shop.Pet cannot derive `Eq` because of Shop.Pet.Weight, which is a float, `f64` (at derive); take the trait out of \
             `derive`, or replace the type of that member",
        ),
        (
            generator().derive("Shop.Pets", derives("Hash")),
            "`Shop.Pets` of `derive` matches nothing; did you mean `Shop.Pet`?",
        ),
        (
            generator().attributes("Shop.Pet.Size", attributes("#[doc(hidden)]")),
            "`Shop.Pet.Size` of `attributes` matches nothing; did you mean `Shop.Pet`?",
        ),
        (
            generator().layout(Layout::Tag).strip("Shop"),
            "`strip` does nothing with the layout `tag`; leave `strip` out: no module is called like a namespace",
        ),
        (
            generator().examples("my_client".parse().unwrap()).visibility(Visibility::Crate),
            "`examples` does nothing with the visibility `crate`; leave `examples` out: examples are built outside of the \
             crate, and could not see the client",
        ),
        (
            generator().examples("Vec<u8>".parse().unwrap()),
            "`Vec<u8>` of `examples` is no path of a module; write the name of the crate, and the modules in it that lead to \
             the client, as `my_client::api`",
        ),
        (
            generator().types_only(true).address([AddressKind::Reply]),
            "`address` does nothing with `types_only`; leave `address` out, or generate the client too",
        ),
    ] {
        assert_eq!(generator.generate().unwrap_err().to_string(), message);
    }
}
