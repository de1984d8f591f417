//! One definition of the settings: each is a key of the file, a flag and a setter of the builder.

use evo_gen::Generator;
use evo_gen::config::{AddressKind, KEYS, Visibility};

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
    };
    assert_eq!(settings.map(|(key, _)| key), KEYS);
    let help = Sandbox::new(&[]).run(&["--help"]).expect(0).out;
    for (key, flag) in settings {
        assert!(help.contains(&format!("{flag} ")), "the setting {key} has no flag {flag}");
    }
}
