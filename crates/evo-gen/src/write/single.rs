//! Writes single files: the output of a build script, or a stored document.

use std::fs;
use std::io;
use std::path::Path;

use crate::Error;

use super::content;
use super::disk::{self, NewFolders, unreadable, unwritable};

/// Writes `text` to `path`, which a build script includes, and creates missing folders. Returns whether the file was written: if it already
/// contains the text, it is not touched, so cargo recompiles nothing.
///
/// # Errors
///
/// Fails if the file cannot be read or written, in which case it is unchanged.
pub fn write_single(path: impl AsRef<Path>, text: &str) -> Result<bool, Error> {
    replace(path.as_ref(), text, |old| old == text.as_bytes())
}

/// Stores a document at `path` and creates missing folders. Returns whether the file was written: if it differs only in line endings, it is
/// not touched.
///
/// # Errors
///
/// Fails if the file cannot be read or written, in which case it is unchanged.
pub fn store(path: impl AsRef<Path>, text: &str) -> Result<bool, Error> {
    replace(path.as_ref(), text, |old| content::eq_ignoring_line_endings(old, text.as_bytes()))
}

fn replace(path: &Path, text: &str, is_unchanged: impl Fn(&[u8]) -> bool) -> Result<bool, Error> {
    // The caller chose the path, so a symbolic link is followed and its target is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    target.parent().into_iter().for_each(disk::remove_leftovers);
    let before = match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(Error::write("there is a folder in the place of the file").at(path.display().to_string()));
        }
        // A device or a pipe, such as /dev/stdout, is never read or replaced.
        Ok(metadata) if !metadata.is_file() => {
            return fs::write(&target, text).map(|()| true).map_err(|error| unwritable(path, error));
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(path, error)),
    };
    if before.is_some() && is_unchanged(&fs::read(&target).map_err(|error| unreadable(path, error))?) {
        return Ok(false);
    }
    let mut folders = NewFolders::default();
    let write = |folders: &mut NewFolders| {
        if let Some(folder) = target.parent() {
            folders.create(folder)?;
        }
        disk::stage(&target, text.as_bytes(), before.as_ref())?.persist(&target)?;
        Ok(())
    };
    write(&mut folders).map_err(|error: io::Error| unwritable(path, error))?;
    folders.keep();
    Ok(true)
}
