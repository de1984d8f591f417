//! The keys of the settings, the guide with its examples, and the flags of the program agree.

use std::collections::{BTreeMap, BTreeSet};

use evo_gen::config::{ConfigFile, Settings, keys};

use super::sandbox::{CONFIG, Sandbox};

/// The settings without a flag: tables and lists of names.
const WITHOUT_FLAG: [&str; 15] = [
    "sealed",
    "secret",
    "url",
    "allow",
    "service_stack",
    "rename",
    "replace",
    "supply",
    "resolve",
    "optional",
    "null_items",
    "deprecated",
    "derive",
    "attributes",
    "type_names",
];

/// The sections of the guide: heading and text.
fn guide() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/settings.md")).unwrap();
    let sections = text.split("\n## ").skip(1);
    sections
        .map(|section| section.split_once('\n').unwrap())
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .collect()
}

/// The only example of a section.
fn example(key: &str, section: &str) -> String {
    let mut blocks = section.split("```toml\n").skip(1);
    let block = blocks.next().unwrap_or_else(|| panic!("{key} has no example"));
    assert_eq!(blocks.next(), None, "{key} has one example");
    block.split("```").next().unwrap().to_owned()
}

#[test]
fn the_guide_has_an_example_for_every_setting() {
    let guide = guide();
    assert_eq!(guide.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), keys());
    for (key, section) in &guide {
        let example = example(key, section);
        let table: toml::Table = example.parse().unwrap();
        assert_eq!(table.keys().collect::<Vec<_>>(), [key], "{example}");
        if ["source", "url", "output"].contains(&key.as_str()) {
            let rest: Vec<&str> = CONFIG.lines().filter(|line| !line.starts_with(key.as_str())).collect();
            ConfigFile::parse(&format!("{}\n{example}", rest.join("\n")), "evo-gen.toml".as_ref(), "pets").unwrap();
        } else {
            let settings: Settings = example.parse().unwrap_or_else(|error| panic!("{key}: {error}"));
            assert_ne!(settings, Settings::default(), "the example of {key} states the default");
        }
    }
}

#[test]
fn settings_have_a_flag_unless_they_are_tables() {
    let help = Sandbox::new(&[]).run(&["--help"]).expect(0).out;
    let flags: BTreeSet<&str> = help
        .lines()
        .filter_map(|line| {
            line.trim_start().strip_prefix("--").or_else(|| line.trim_start().split_once(", --").map(|(_, flag)| flag))
        })
        .filter_map(|line| line.split([' ', '[']).next())
        .collect();
    let guide: BTreeMap<_, _> = guide().into_iter().collect();
    for key in keys() {
        let flag = match key.as_str() {
            "source" => "file".to_owned(),
            "output" => "out".to_owned(),
            key => key.replace('_', "-"),
        };
        let has_flag = !WITHOUT_FLAG.contains(&key.as_str());
        // `--url` fetches the document; the key only stores the URL.
        assert_eq!(flags.contains(&*flag) && key != "url", has_flag, "{key}");
        let names_flag = guide[&key].contains(&format!("Flag: `--{flag}`."));
        assert_eq!(names_flag, has_flag && !["source", "output"].contains(&key.as_str()), "{key}");
    }
    let refused = Sandbox::pets().run(&["--rename", "Pets.Api.Pet=Animal"]).expect(2);
    assert!(refused.err.contains("unexpected argument '--rename' found"), "{refused:?}");
}

#[test]
fn the_header_of_a_generated_file_contains_a_short_command() {
    let sandbox = Sandbox::pets();
    let tables = "[rename]\n'Pets.Api.Pet' = 'Animal'\n[derive]\n'Pets.Api.*' = ['PartialOrd']\n";
    sandbox.write("evo-gen.toml", &format!("{CONFIG}null_items = []\n{tables}"));
    sandbox.run(&[]).expect(0);
    let header = |path: &str| sandbox.read(path).lines().take(8).collect::<Vec<_>>().join("\n");
    assert!(header("src/api/mod.rs").contains("`evo-gen`"), "{}", header("src/api/mod.rs"));
    sandbox.run(&["--file", "metadata.json", "--out", "src/other", "--include", "{a, b},Find*"]).expect(2);
    sandbox.run(&["--file", "metadata.json", "--out", "src/other", "--include", "Find*"]).expect(0);
    let expected = "`evo-gen --file metadata.json --out src/other --include 'Find*'`";
    assert!(header("src/other/mod.rs").contains(expected), "{}", header("src/other/mod.rs"));
}

#[test]
fn mistakes_in_settings_are_reported_with_the_line_or_the_flag() {
    let sandbox = Sandbox::pets();
    for (lines, place, message) in [
        ("include = [\n  'Find*',\n  'Get*',\n]", "5:3", "the pattern `Get*` of `include` matches no operation"),
        ("exclude = ['Get*']", "3:12", "the pattern `Get*` of `exclude` matches no operation"),
        (
            "include = ['FindPets']\nexclude = ['/dogs*']",
            "4:12",
            "the pattern `/dogs*` of `exclude` matches no operation",
        ),
        (
            "\n[rename]\n'Pets.Api.Pet' = 'Animal'\n'Pets.Api.Dog' = 'Hound'",
            "6:1",
            "`Pets.Api.Dog` of `rename` matches nothing",
        ),
        ("rename.'Pets.Api.Pet' = 'pet'", "3:8", "`pet` of `rename` cannot be the name of Pets.Api.Pet"),
        ("[derive]\n'Pets.Api.Dog' = ['Eq']", "4:1", "`Pets.Api.Dog` of `derive` matches nothing"),
        (
            "null_items = ['Pets.Api.Pet.Name']",
            "3:15",
            "`null_items` names `Pets.Api.Pet.Name`, which contains neither a list nor a map",
        ),
        ("strip = 'Nope'", "3:1", "no namespace begins with `Nope` of `strip`"),
        (
            "layout = 'file'\nfeatures = true",
            "4:1",
            "`features` does nothing with the layout `file`, which has a single module",
        ),
        (
            "url = 'ftp://pets.example.org'",
            "3:1",
            "`ftp://pets.example.org` does not begin with `https://` or `http://`",
        ),
        ("dates = ['chrono']", "3:9", "`dates`: expected a string"),
        ("derive = ['Eq']", "3:10", "`derive`: invalid type: array, expected a table"),
        ("secret = { 'Pets.Api.Pet.Name' = true }", "3:10", "`secret`: invalid type: table, expected an array"),
        ("validate = true", "3:1", "no request has a rule that a client can check, so `validate` does nothing"),
    ] {
        sandbox.write("evo-gen.toml", &format!("{CONFIG}{lines}\n"));
        let outcome = sandbox.run(&["--dry-run"]).expect(2);
        let expected = format!("error: {message}\n  at: ");
        assert!(outcome.err.starts_with(&expected), "{lines}: {outcome:?}");
        assert!(outcome.err.contains(&format!("evo-gen.toml:{place}\n")), "{lines}: {outcome:?}");
    }
    sandbox.write("evo-gen.toml", CONFIG);
    for (arguments, place, message) in [
        (["--strip", "Nope"], "--strip", "no namespace begins with `Nope` of `strip`"),
        (["--include", "Get*"], "--include", "the pattern `Get*` of `include` matches no operation"),
        (["--types-only", "--examples=pets"], "--examples", "`examples` does nothing with `types_only`"),
    ] {
        let outcome = sandbox.run(&arguments).expect(2);
        assert!(outcome.err.starts_with(&format!("error: {message}\n  at: {place}\n")), "{outcome:?}");
    }
}
