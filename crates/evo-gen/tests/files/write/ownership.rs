//! Files that were edited by hand or that evo-gen did not write.

use evo_gen::write::{Action, Conflict, FileCounts};

use super::folder::{CHAT, Folder, MOD, tree};

const NEW: &str = "pub struct New;\n";
const EDITED: &str = "pub struct EditedByHand;\n";

fn conflicts(folder: &Folder, files: &[(&str, &str)]) -> Vec<(String, Action, Conflict)> {
    let plan = folder.plan(files).unwrap();
    plan.conflicts().map(|(file, conflict)| (file.path().to_owned(), file.action(), conflict)).collect()
}

#[test]
fn all_conflicts_are_listed_and_nothing_is_written() {
    let folder = Folder::after_run(&[("chat.rs", CHAT), ("mod.rs", MOD), ("old.rs", CHAT), ("same.rs", CHAT)]);
    folder.write("chat.rs", EDITED);
    folder.write("old.rs", EDITED);
    folder.write("own.rs", EDITED);
    let before = folder.tree();
    let files = [("chat.rs", NEW), ("mod.rs", NEW), ("new.rs", NEW), ("own.rs", NEW), ("same.rs", CHAT)];

    let expected = [
        ("chat.rs".to_owned(), Action::Change, Conflict::Edited),
        ("old.rs".to_owned(), Action::Delete, Conflict::Edited),
        ("own.rs".to_owned(), Action::Change, Conflict::Foreign),
    ];
    assert_eq!(conflicts(&folder, &files), expected);
    let error = folder.run(&files).unwrap_err();
    let message = "files are not as evo-gen left them: `chat.rs` (edited by hand), \
                   `old.rs` (edited by hand, no longer generated), `own.rs` (not written by evo-gen)";
    assert_eq!(error.message(), message);
    assert_eq!(error.place(), folder.out().to_str());
    assert!(error.advice().is_some_and(|help| help.contains("--force")), "{error}");
    assert_eq!(error.exit_code(), 5);
    assert_eq!(folder.tree(), before);
}

#[test]
fn an_edited_file_is_a_conflict_even_if_the_output_did_not_change() {
    let folder = Folder::after_run(&[("mod.rs", MOD)]);
    folder.write("mod.rs", EDITED);
    let expected = [("mod.rs".to_owned(), Action::Change, Conflict::Edited)];
    assert_eq!(conflicts(&folder, &[("mod.rs", MOD)]), expected);
}

#[test]
fn an_edited_binary_file_is_a_conflict() {
    let folder = Folder::after_run(&[("mod.rs", MOD)]);
    folder.write("mod.rs", b"\xff\xfe");
    let expected = [("mod.rs".to_owned(), Action::Change, Conflict::Edited)];
    assert_eq!(conflicts(&folder, &[("mod.rs", MOD)]), expected);
}

#[test]
fn force_overwrites_and_deletes() {
    let folder = Folder::after_run(&[("chat.rs", CHAT), ("old.rs", CHAT)]);
    folder.write("chat.rs", EDITED);
    folder.write("old.rs", EDITED);
    folder.write("own.rs", EDITED);
    folder.write("unrelated.rs", EDITED);
    let files = [("chat.rs", NEW), ("own.rs", NEW)];
    assert_eq!(folder.force(&files).unwrap(), FileCounts { changed: 3, deleted: 1, ..FileCounts::default() });
    assert_eq!(folder.sources(), tree(&[("chat.rs", NEW), ("own.rs", NEW), ("unrelated.rs", EDITED)]));
    assert!(folder.plan(&files).unwrap().is_clean());
}

#[test]
fn a_file_with_different_line_endings_is_changed_and_deleted_without_force() {
    let windows = CHAT.replace('\n', "\r\n");
    let folder = Folder::after_run(&[("chat.rs", CHAT), ("old.rs", CHAT)]);
    folder.write("chat.rs", &windows);
    folder.write("old.rs", &windows);
    assert_eq!(
        folder.run(&[("chat.rs", NEW)]).unwrap(),
        FileCounts { changed: 2, deleted: 1, ..FileCounts::default() }
    );
    assert_eq!(folder.sources(), tree(&[("chat.rs", NEW)]));
}

#[test]
fn a_file_that_equals_the_output_is_adopted() {
    let folder = Folder::new();
    folder.write("mod.rs", MOD.replace('\n', "\r\n"));
    folder.age();
    assert_eq!(
        folder.run(&[("mod.rs", MOD)]).unwrap(),
        FileCounts { created: 1, unchanged: 1, ..FileCounts::default() }
    );
    assert_eq!(folder.touched(), ["src/api/.evo-gen.json"]);
    // It is in the manifest now.
    folder.run(&[("mod.rs", NEW)]).unwrap();
    assert_eq!(folder.sources(), tree(&[("mod.rs", NEW)]));
}

#[test]
fn an_edit_that_equals_the_new_output_is_adopted() {
    let folder = Folder::after_run(&[("mod.rs", MOD)]);
    folder.write("mod.rs", NEW);
    assert_eq!(
        folder.run(&[("mod.rs", NEW)]).unwrap(),
        FileCounts { changed: 1, unchanged: 1, ..FileCounts::default() }
    );
}

#[test]
fn without_the_manifest_equal_files_are_adopted_and_others_are_conflicts() {
    let files = [("chat.rs", CHAT), ("mod.rs", MOD)];
    let folder = Folder::after_run(&files);
    let manifest = folder.tree()["src/api/.evo-gen.json"].clone();
    folder.remove(".evo-gen.json");
    assert_eq!(conflicts(&folder, &files), []);
    let expected = [("mod.rs".to_owned(), Action::Change, Conflict::Foreign)];
    assert_eq!(conflicts(&folder, &[("chat.rs", CHAT), ("mod.rs", NEW)]), expected);
    assert_eq!(folder.run(&files).unwrap(), FileCounts { created: 1, unchanged: 2, ..FileCounts::default() });
    assert_eq!(folder.tree()["src/api/.evo-gen.json"], manifest);
}

#[test]
fn a_folder_or_link_that_replaced_a_stale_file_is_kept() {
    let folder = Folder::after_run(&[("chat.rs", CHAT), ("old/mod.rs", CHAT)]);
    folder.remove("chat.rs");
    folder.remove("old/mod.rs");
    std::fs::remove_dir(folder.out().join("old")).unwrap();
    folder.write("chat.rs/own.txt", "own");
    folder.write("old", "own");
    folder.run(&[]).unwrap();
    assert_eq!(folder.sources(), tree(&[("chat.rs/own.txt", "own"), ("old", "own")]));
}
