//! Which changes count as manual edits.

use evo_gen::write::{Action, Conflict};
use proptest::prelude::*;

use super::folder::{Folder, MOD};

/// Returns the planned action for a file that an earlier run wrote as `text` and that contains `on_disk` now.
fn planned(path: &str, text: &str, on_disk: &str) -> (Action, Option<Conflict>) {
    let folder = Folder::after_run(&[(path, text)]);
    folder.write(path, on_disk);
    let plan = folder.plan(&[(path, text)]).unwrap();
    let file = plan.files().iter().find(|file| file.path() == path).unwrap();
    (file.action(), file.conflict())
}

#[test]
fn line_endings_do_not_count_as_an_edit() {
    for (path, text) in
        [("mod.rs", MOD), ("mod.rs", "pub const A: &str = \"a\nb\";\n"), ("notes.txt", "a\nb"), ("no-rust.rs", "{\n")]
    {
        let windows = text.replace('\n', "\r\n");
        assert_eq!(planned(path, text, &windows), (Action::Keep, None), "{path} {text:?}");
        assert_eq!(planned(path, &windows, text), (Action::Keep, None), "{path} {text:?}");
    }
}

#[test]
fn every_other_change_is_an_edit() {
    let edits = [
        ("a comment", MOD.replacen("pub struct", "// Why?\npub struct", 1)),
        ("a comment at the end of a line", MOD.replacen("{\n", "{ // Why?\n", 1)),
        ("the header", MOD.replace("0.1.0", "0.0.9")),
        ("documentation", MOD.replace("The service.", "A service.")),
        ("a name", MOD.replace("id", "key")),
        ("layout", MOD.replace("    ", "\t")),
        ("a space at the end of a line", MOD.replacen("{\n", "{ \n", 1)),
        ("no newline at the end", MOD.trim_end().to_owned()),
        ("an additional newline", format!("{MOD}\n")),
        ("a carriage return alone", MOD.replacen('\n', "\r", 1)),
        ("a byte order mark", format!("\u{feff}{MOD}")),
        ("nothing left", String::new()),
    ];
    for (case, on_disk) in edits {
        assert_eq!(planned("mod.rs", MOD, &on_disk), (Action::Change, Some(Conflict::Edited)), "{case}");
    }
    let edited = (Action::Change, Some(Conflict::Edited));
    assert_eq!(planned("notes.txt", "a b\n", "a  b\n"), edited);
}

#[test]
fn the_header_of_an_older_version_is_replaced() {
    let older = MOD.replace("0.1.0", "0.0.9");
    let folder = Folder::after_run(&[("mod.rs", older.as_str())]);
    let plan = folder.plan(&[("mod.rs", MOD)]).unwrap();
    assert_eq!(plan.conflicts().count(), 0);
    plan.apply().unwrap();
    assert_eq!(folder.sources()["src/api/mod.rs"], MOD);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_text_is_written_once_regardless_of_line_endings(text in "[a-z{}\"/\\\\\u{feff}\u{1f600}\0\n ]{0,60}") {
        let files = [("mod.rs", text.as_str())];
        let folder = Folder::after_run(&files);
        prop_assert!(folder.plan(&files).unwrap().is_clean());
        folder.write("mod.rs", text.replace('\n', "\r\n"));
        prop_assert!(folder.plan(&files).unwrap().is_clean());
    }
}
