//! One definition of the settings: each is a key of the file, a flag and a setter of the builder.

use evo_gen::Generator;
use evo_gen::config::{AddressKind, Dates, Decimals, Layout, Maps, Supplied, Visibility, keys};

use super::sandbox::Sandbox;

/// Calls the setter, so that a missing one does not compile, and names it.
macro_rules! setters {
    ($($key:literal, $flag:literal, $setter:ident($($value:expr),+);)+) => {{
        let mut generator = Generator::new();
        $(generator = generator.$setter($($value),+);)+
        drop(generator);
        [$(($key, $flag)),+]
    }};
}

#[test]
fn files_flags_and_builder_know_the_same_settings() {
    let settings = setters! {
        "source", "--file", file("metadata.json");
        "url", "--url", url("https://api.example.org");
        "output", "--out", out_dir("src/api");
        "strip", "--strip", strip("Pets");
        "include", "--include", include(["Find*"]);
        "exclude", "--exclude", exclude(["{admin}"]);
        "visibility", "--visibility", visibility(Visibility::Crate);
        "address", "--address", address([AddressKind::Routes]);
        "rename", "--rename", rename("Pets.Dog", "Hound");
        "replace", "--replace", replace("Pets.Money", "crate::Money".parse().unwrap());
        "supply", "--supply", supply("Pets.Kind", Supplied::values(["Small", "Big"]));
        "resolve", "--resolve", resolve_type("Pets.Dog.Line", "Pets.Line");
        "optional", "--optional", optional("Pets.Dog.Name", false);
        "null_items", "--null-items", null_items(["Pets.Dog.Names"]);
        "deprecated", "--deprecated", deprecated("Pets.Dog", "use Cat");
        "dates", "--dates", dates(Dates::Jiff);
        "decimals", "--decimals", decimals(Decimals::Text);
        "maps", "--maps", maps(Maps::HashMap);
        "derive", "--derive", derive("Pets.*", "Eq".parse().unwrap());
        "attributes", "--attributes", attributes("Pets.Dog", "#[doc(hidden)]".parse().unwrap());
        "layout", "--layout", layout(Layout::File);
        "features", "--features", features(true);
        "examples", "--examples", examples("pets::api".parse().unwrap());
        "types_only", "--types-only", types_only(true);
        "type_names", "--type-names", type_names(["Pets.Animal"]);
        "validate", "--validate", validate(true);
    };
    assert_eq!(settings.map(|(key, _)| key).to_vec(), keys());
    let help = Sandbox::new(&[]).run(&["--help"]).expect(0).out;
    for (key, flag) in settings {
        assert!(help.contains(&format!("{flag} ")), "the setting {key} has no flag {flag}");
    }
}
