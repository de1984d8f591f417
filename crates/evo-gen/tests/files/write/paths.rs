//! Invalid output paths.

use std::fs;

use super::folder::{CHAT, Folder, MOD};

#[test]
fn a_path_out_of_the_folder_is_an_error() {
    let paths = [
        "",
        "/",
        "/etc/own.rs",
        "../own.rs",
        "a/../../own.rs",
        "a/../b.rs",
        "./a.rs",
        "a//b.rs",
        "a/",
        "a\\b.rs",
        "C:/a.rs",
        "C:a.rs",
        "a:b",
        "nul\0.rs",
        "line\n.rs",
        "a.",
        "a /b.rs",
        "what?.rs",
    ];
    for path in paths {
        let folder = Folder::new();
        let error = folder.force(&[(path, MOD)]).expect_err(path);
        assert_eq!((error.exit_code(), error.place()), (5, Some(path)), "{path:?}");
        assert!(folder.tree().is_empty(), "{path:?}");
    }
}

#[test]
fn plain_paths_are_accepted() {
    let files = [("a b/.hidden.rs", CHAT), ("a-b/c_d.tar.rs", CHAT), ("\u{e9}t\u{e9}.rs", CHAT), ("README", CHAT)];
    let folder = Folder::after_run(&files);
    assert_eq!(folder.sources(), super::folder::tree(&files));
}

#[test]
fn paths_that_cannot_exist_side_by_side_are_errors() {
    let cases = [
        ("twice", "chat.rs", "chat.rs"),
        ("case of a file", "Chat.rs", "chat.rs"),
        ("case beyond ASCII", "\u{c9}t\u{e9}.rs", "\u{e9}t\u{e9}.rs"),
        ("case of a folder", "Chat/a.rs", "chat/b.rs"),
        ("file and folder", "chat", "chat/mod.rs"),
        ("folder and file", "chat/mod.rs", "chat"),
        ("file and folder by case", "chat", "Chat/mod.rs"),
        ("manifest", "a.rs", ".evo-gen.json"),
        ("manifest by case", "a.rs", ".Evo-Gen.json"),
    ];
    for (case, first, second) in cases {
        let folder = Folder::new();
        let error = folder.force(&[(first, MOD), (second, MOD)]).expect_err(case);
        assert_eq!((error.exit_code(), error.place()), (5, Some(second)), "{case}");
        assert!(folder.tree().is_empty(), "{case}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_below_the_output_folder_are_errors() {
    use std::os::unix::fs::symlink;

    let cases = [
        ("file", "own.rs", "mod.rs"),
        ("folder", "own", "chat"),
        ("missing target", "nothing", "mod.rs"),
        ("manifest", "own.json", ".evo-gen.json"),
    ];
    for (case, target, link) in cases {
        let folder = Folder::new();
        fs::create_dir_all(folder.out()).unwrap();
        fs::create_dir(folder.above().join("own")).unwrap();
        fs::write(folder.above().join("own.rs"), MOD).unwrap();
        fs::write(folder.above().join("own.json"), r#"{"format":1,"generator":"0","files":{},"names":{}}"#).unwrap();
        symlink(folder.above().join(target), folder.out().join(link)).unwrap();
        let error = folder.force(&[("chat/mod.rs", CHAT), ("mod.rs", MOD)]).expect_err(case);
        assert_eq!(error.place(), folder.out().join(link).to_str(), "{case}");
        assert_eq!(fs::read_dir(folder.above().join("own")).unwrap().count(), 0, "{case}");
        assert_eq!(fs::read_to_string(folder.above().join("own.rs")).unwrap(), MOD, "{case}");
        assert_eq!(fs::read_dir(folder.out()).unwrap().count(), 1, "{case}");
    }
}

/// A stale file is not deleted through a symbolic link that replaced its folder.
#[cfg(unix)]
#[test]
fn nothing_is_deleted_through_a_link() {
    let folder = Folder::after_run(&[("chat/mod.rs", CHAT)]);
    fs::rename(folder.out().join("chat"), folder.above().join("own")).unwrap();
    std::os::unix::fs::symlink(folder.above().join("own"), folder.out().join("chat")).unwrap();
    folder.run(&[]).unwrap();
    assert_eq!(fs::read_to_string(folder.above().join("own/mod.rs")).unwrap(), CHAT);
}
