//! Single files.

use std::fs;

use evo_gen::Error;
use evo_gen::write::{store, write_single};

use super::folder::{Folder, tree};

type Write = fn(std::path::PathBuf, &str) -> Result<bool, Error>;

const BOTH: [(&str, Write); 2] =
    [("write_single", |path, text| write_single(path, text)), ("store", |path, text| store(path, text))];

#[test]
fn a_file_is_created_changed_and_kept() {
    for (name, write) in BOTH {
        let folder = Folder::new();
        let path = folder.out().join("deep/api.json");
        assert!(write(path.clone(), "{}\n").unwrap(), "{name}: create");
        folder.age();
        assert!(!write(path.clone(), "{}\n").unwrap(), "{name}: same");
        assert_eq!(folder.touched(), Vec::<String>::new(), "{name}: same");
        assert!(write(path, "[]\n").unwrap(), "{name}: change");
        assert_eq!(folder.tree(), tree(&[("deep/api.json", "[]\n")]), "{name}");
    }
}

#[test]
fn line_endings_matter_only_for_build_scripts() {
    for ((name, write), expected) in BOTH.into_iter().zip([true, false]) {
        let folder = Folder::new();
        folder.write("api.json", "{\r\n}\r\n");
        assert_eq!(write(folder.out().join("api.json"), "{\n}\n").unwrap(), expected, "{name}");
    }
}

#[test]
fn a_failure_leaves_the_file_unchanged() {
    for (name, write) in BOTH {
        let folder = Folder::new();
        folder.write("file", "by hand");
        folder.write("folder.json/inner", "by hand");
        let before = folder.tree();
        for path in ["folder.json", "file/api.json", "new/nul\0.json"] {
            let path = folder.out().join(path);
            let error = write(path.clone(), "{}").expect_err(name);
            assert_eq!((error.exit_code(), error.place()), (5, path.to_str()), "{name}");
            assert_eq!(folder.tree(), before, "{name}: {}", path.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn the_target_of_a_symbolic_link_is_replaced() {
    for (name, write) in BOTH {
        let folder = Folder::new();
        folder.write("real.json", "{}");
        let link = folder.out().join("link.json");
        std::os::unix::fs::symlink("real.json", &link).unwrap();
        assert!(write(link.clone(), "[]").unwrap(), "{name}");
        assert!(link.is_symlink(), "{name}");
        assert_eq!(fs::read_to_string(folder.out().join("real.json")).unwrap(), "[]", "{name}");
    }
}
