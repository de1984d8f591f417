//! Successful runs: the first one, repeated ones, and runs with changed and removed files.

use std::fs;

use evo_gen::write::{self, Action, FileCounts, Options};

use super::folder::{CHAT, Folder, MOD, generated, tree};

#[test]
fn the_first_run_creates_the_folder_and_all_files() {
    let folder = Folder::new();
    let files = [("chat/mod.rs", CHAT), ("mod.rs", MOD)];
    let counts = folder.run(&files).unwrap();
    assert_eq!(counts, FileCounts { created: 3, ..FileCounts::default() });
    assert_eq!(folder.sources(), tree(&files));
}

#[test]
fn planning_writes_nothing() {
    let folder = Folder::new();
    let plan = folder.plan(&[("mod.rs", MOD)]).unwrap();
    assert!(!plan.is_clean());
    assert_eq!(folder.tree(), tree(&[]));
}

#[test]
fn the_second_run_touches_nothing() {
    let files = [("chat/mod.rs", CHAT), ("mod.rs", MOD)];
    let folder = Folder::after_run(&files);
    folder.age();
    assert!(folder.plan(&files).unwrap().is_clean());
    assert_eq!(folder.run(&files).unwrap(), FileCounts { unchanged: 3, ..FileCounts::default() });
    assert_eq!(folder.touched(), Vec::<String>::new());
}

#[test]
fn only_changed_files_are_written() {
    let folder = Folder::after_run(&[("chat/mod.rs", CHAT), ("mod.rs", MOD)]);
    folder.age();
    let files = [("chat/mod.rs", "pub struct Chat(i32);\n"), ("mod.rs", MOD)];
    assert_eq!(folder.run(&files).unwrap(), FileCounts { changed: 2, unchanged: 1, ..FileCounts::default() });
    assert_eq!(folder.touched(), ["src/api/.evo-gen.json", "src/api/chat/mod.rs"]);
    assert_eq!(folder.sources(), tree(&files));
}

#[test]
fn after_a_run_a_plan_is_clean() {
    let folder = Folder::new();
    let runs: [&[(&str, &str)]; 4] = [
        &[("chat/mod.rs", CHAT), ("mod.rs", MOD)],
        &[("mod.rs", MOD)],
        &[("mod.rs", CHAT), ("notes.txt", "a\nb")],
        &[],
    ];
    for files in runs {
        folder.run(files).unwrap();
        let plan = folder.plan(files).unwrap();
        assert!(plan.is_clean(), "{files:?}: {}", plan.listing());
        assert_eq!(plan.diff(), "", "{files:?}");
    }
}

#[test]
fn a_file_that_is_no_longer_generated_is_deleted_with_its_empty_folders() {
    let folder = Folder::after_run(&[("a/b/chat.rs", CHAT), ("a/b/more.rs", CHAT), ("a/mod.rs", MOD), ("mod.rs", MOD)]);
    folder.write("a/notes.md", "by hand");
    let files = [("mod.rs", MOD)];
    assert_eq!(
        folder.run(&files).unwrap(),
        FileCounts { changed: 1, deleted: 3, unchanged: 1, ..FileCounts::default() }
    );
    assert_eq!(folder.sources(), tree(&[("a/notes.md", "by hand"), ("mod.rs", MOD)]));
}

#[test]
fn the_output_folder_is_kept_if_all_files_are_deleted() {
    let folder = Folder::after_run(&[("mod.rs", MOD)]);
    folder.run(&[]).unwrap();
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["src/api/.evo-gen.json"]);
}

#[test]
fn a_missing_file_of_the_manifest_is_created_or_forgotten() {
    let folder = Folder::after_run(&[("chat.rs", CHAT), ("mod.rs", MOD)]);
    folder.remove("chat.rs");
    folder.remove("mod.rs");
    assert_eq!(folder.actions(&[("mod.rs", MOD)]), [("mod.rs".to_owned(), Action::Create)]);
    folder.run(&[("mod.rs", MOD)]).unwrap();
    assert_eq!(folder.sources(), tree(&[("mod.rs", MOD)]));
}

#[test]
fn a_file_can_be_replaced_by_a_folder() {
    let folder = Folder::after_run(&[("chat.rs", CHAT)]);
    let files = [("chat/mod.rs", CHAT)];
    folder.run(&files).unwrap();
    assert_eq!(folder.sources(), tree(&files));
}

#[cfg(unix)]
#[test]
fn new_files_have_default_permissions_and_changed_files_keep_theirs() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::after_run(&[("chat.rs", CHAT), ("mod.rs", MOD)]);
    fs::write(folder.above().join("usual"), "").unwrap();
    let mode = |path: &str| fs::metadata(folder.above().join(path)).unwrap().permissions().mode();
    assert_eq!(mode("src/api/mod.rs"), mode("usual"));
    assert_eq!(mode("src/api/.evo-gen.json"), mode("usual"));

    fs::set_permissions(folder.out().join("chat.rs"), fs::Permissions::from_mode(0o600)).unwrap();
    folder.run(&[("chat.rs", MOD), ("mod.rs", MOD)]).unwrap();
    assert_eq!(mode("src/api/chat.rs") & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn the_output_folder_can_be_a_symbolic_link() {
    let folder = Folder::new();
    fs::create_dir(folder.above().join("real")).unwrap();
    fs::create_dir(folder.above().join("src")).unwrap();
    std::os::unix::fs::symlink(folder.above().join("real"), folder.out()).unwrap();
    write::plan(&generated(&[("mod.rs", MOD)]), folder.out(), Options::default()).unwrap().apply().unwrap();
    assert_eq!(fs::read_to_string(folder.above().join("real/mod.rs")).unwrap(), MOD);
}

#[cfg(target_os = "linux")]
#[test]
fn staged_files_of_killed_runs_are_removed_and_those_of_other_runs_are_kept() {
    let files = [("mod.rs", MOD), ("chat/a.rs", CHAT)];
    let folder = Folder::after_run(&files);
    let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
    let alive = format!(".evo-gen-{}-AbCdEf.tmp", child.id());
    // No process has this ID.
    let dead = ".evo-gen-4294967295-AbCdEf.tmp";
    // The last one belongs to a module that no later run has.
    for name in [dead, ".evo-gen-AbCdEf.tmp", &format!("chat/{dead}"), &format!("gone/for/good/{dead}"), &alive] {
        folder.write(name, "half");
    }
    folder.write(".evo-gen-notes", "by hand");
    let before = folder.plan(&files).unwrap();
    assert!(before.is_clean());
    before.apply().unwrap();
    let left: Vec<String> = folder.tree().into_keys().filter(|path| path.contains(".evo-gen-")).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(left, [format!("src/api/{alive}"), "src/api/.evo-gen-notes".to_owned()]);
}
