//! Failed runs leave the folder unchanged.

use std::fs;

use super::folder::{CHAT, Folder, MOD, tree};

const NEW: &str = "pub struct New;\n";

#[test]
fn a_folder_at_the_path_of_a_file_is_an_error() {
    let folder = Folder::after_run(&[("chat.rs", CHAT)]);
    fs::create_dir(folder.out().join("mod.rs")).unwrap();
    let before = folder.tree();
    let error = folder.force(&[("chat.rs", NEW), ("mod.rs", MOD)]).unwrap_err();
    assert_eq!(error.place(), folder.out().join("mod.rs").to_str());
    assert_eq!(error.message(), "a folder is in the way of `mod.rs`");
    assert_eq!(folder.tree(), before);
}

#[test]
fn a_file_at_the_path_of_a_folder_is_an_error() {
    let folder = Folder::after_run(&[("mod.rs", MOD)]);
    folder.write("chat", "by hand");
    let before = folder.tree();
    let error = folder.force(&[("chat/mod.rs", CHAT), ("mod.rs", NEW)]).unwrap_err();
    assert_eq!(error.place(), folder.out().join("chat").to_str());
    assert_eq!(folder.tree(), before);
}

#[test]
fn an_output_folder_that_is_a_file_is_an_error() {
    let folder = Folder::new();
    fs::create_dir(folder.above().join("src")).unwrap();
    fs::write(folder.out(), "by hand").unwrap();
    let error = folder.run(&[("mod.rs", MOD)]).unwrap_err();
    assert_eq!(error.message(), "the output folder is a file");
    assert_eq!(folder.tree(), [("src/api".to_owned(), "by hand".to_owned())].into());
}

type Meddle = fn(&Folder);

/// The folder changes between planning and applying.
#[test]
fn a_change_after_the_comparison_is_noticed() {
    let old = [("chat.rs", CHAT), ("mod.rs", MOD), ("old.rs", CHAT)];
    let new = [("chat.rs", NEW), ("mod.rs", MOD), ("new.rs", NEW)];
    let cases: [(&str, Meddle); 5] = [
        ("a file is edited", |folder| folder.write("chat.rs", "pub struct Edited;\n")),
        ("a stale file is edited", |folder| folder.write("old.rs", "pub struct Edited;\n")),
        ("a new file appears", |folder| folder.write("new.rs", "pub struct Edited;\n")),
        ("a file is removed", |folder| folder.remove("chat.rs")),
        ("the manifest changes", |folder| folder.write(".evo-gen.json", "{}")),
    ];
    for (case, meddle) in cases {
        let folder = Folder::after_run(&old);
        let plan = folder.plan(&new).unwrap();
        meddle(&folder);
        let before = folder.tree();
        let error = plan.apply().expect_err(case);
        assert_eq!(error.message(), "a file changed while evo-gen was running", "{case}");
        assert_eq!(folder.tree(), before, "{case}");
    }
}

/// Staging fails for every user if the folder is a file.
#[test]
fn a_failure_while_staging_leaves_no_trace() {
    let folder = Folder::new();
    let plan = folder.plan(&[("chat/mod.rs", CHAT), ("mod.rs", MOD)]).unwrap();
    fs::write(folder.above().join("src"), "by hand").unwrap();
    let error = plan.apply().unwrap_err();
    assert_eq!(error.exit_code(), 5);
    assert_eq!(folder.tree(), [("src".to_owned(), "by hand".to_owned())].into());
}

/// Root can write to a read-only folder; for other users the run fails. Neither leaves staged files.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt;

    let old = [("chat/mod.rs", CHAT), ("mod.rs", MOD)];
    let new = [("chat/mod.rs", NEW), ("mod.rs", NEW)];
    let folder = Folder::after_run(&old);
    let before = folder.tree();
    let chat = folder.out().join("chat");
    fs::set_permissions(&chat, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write = fs::write(chat.join("probe"), "").and_then(|()| fs::remove_file(chat.join("probe"))).is_ok();
    let result = folder.run(&new);
    fs::set_permissions(&chat, fs::Permissions::from_mode(0o755)).unwrap();

    assert_eq!(result.is_ok(), may_write);
    if may_write {
        assert_eq!(folder.sources(), tree(&new));
    } else {
        assert_eq!(folder.tree(), before);
    }
}
