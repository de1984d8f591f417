//! Reads files below the output folder and stages new ones there.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::Error;

/// The kind of entry that was found at a path below the output folder.
#[derive(Debug)]
pub(super) enum Entry {
    Nothing,
    File(PathBuf),
    /// A symbolic link, at the path or above it. A write through it could leave the output folder.
    Link(PathBuf),
    /// A folder at the path, or a parent that is not a folder.
    Obstacle(PathBuf),
}

/// Checks every component from `root` down to `path`, without following symbolic links.
pub(super) fn find(root: &Path, path: &str) -> Result<Entry, Error> {
    let mut place = root.to_path_buf();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let kind = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Entry::Nothing),
            Err(error) => return Err(unreadable(&place, error)),
        };
        let fits = if parts.peek().is_some() { kind.is_dir() } else { kind.is_file() };
        if kind.is_symlink() {
            return Ok(Entry::Link(place));
        } else if !fits {
            return Ok(Entry::Obstacle(place));
        }
    }
    Ok(Entry::File(place))
}

/// Reads the file `path` below `root`. Returns `None` if it does not exist. Symbolic links and obstacles are errors.
pub(super) fn read_below(root: &Path, path: &str) -> Result<Option<Vec<u8>>, Error> {
    match find(root, path)? {
        Entry::Nothing => Ok(None),
        Entry::File(place) => fs::read(&place).map(Some).map_err(|error| unreadable(&place, error)),
        Entry::Link(place) => Err(Error::write(format!("a symbolic link is in the way of `{path}`"))
            .at(place.display().to_string())
            .help("remove the link, or use a different output folder")),
        Entry::Obstacle(place) => {
            let obstacle = if place.is_dir() { "a folder" } else { "another file" };
            Err(Error::write(format!("{obstacle} is in the way of `{path}`"))
                .at(place.display().to_string())
                .help("move it away, or use a different output folder"))
        }
    }
}

/// Checks that the output folder is a folder or does not exist yet.
pub(super) fn check_root(root: &Path) -> Result<(), Error> {
    match fs::metadata(root) {
        Ok(metadata) if !metadata.is_dir() => Err(Error::write("the output folder is a file")
            .at(root.display().to_string())
            .help("move the file away, or use a different output folder")),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unreadable(root, error)),
    }
}

/// The prefix of the names of staged files; the process ID and a random string follow.
const STAGED_PREFIX: &str = ".evo-gen-";
const STAGED_SUFFIX: &str = ".tmp";

/// The age at which a staged file counts as abandoned, on systems that do not list running processes.
const ABANDONED_AFTER: Duration = Duration::from_secs(60 * 60);

/// Removes staged files from the output folder and all folders in it: a killed run may have written modules that this run does not
/// generate.
pub(super) fn remove_leftovers_below(root: &Path) {
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            // A symbolic link can lead out of the folder.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else {
                remove_if_left_behind(&entry);
            }
        }
    }
}

/// Removes staged files left behind by killed runs, but not those of runs in progress.
pub(super) fn remove_leftovers(folder: &Path) {
    fs::read_dir(folder).into_iter().flatten().flatten().for_each(|entry| remove_if_left_behind(&entry));
}

fn remove_if_left_behind(entry: &fs::DirEntry) {
    let name = entry.file_name();
    let staged = name.to_str().and_then(|name| name.strip_prefix(STAGED_PREFIX)?.strip_suffix(STAGED_SUFFIX));
    if staged.is_some_and(|staged| is_abandoned(staged, entry)) {
        // Another run may have removed it already.
        let _ = fs::remove_file(entry.path());
    }
}

fn is_abandoned(staged: &str, entry: &fs::DirEntry) -> bool {
    match staged.split('-').next().and_then(|process| process.parse::<u32>().ok()) {
        None => true,
        Some(process) if process == std::process::id() => false,
        Some(process) if cfg!(target_os = "linux") => !Path::new("/proc").join(process.to_string()).exists(),
        Some(_) => {
            let age = entry.metadata().and_then(|metadata| metadata.modified()).map(|modified| modified.elapsed());
            age.is_ok_and(|age| age.is_ok_and(|age| age > ABANDONED_AFTER))
        }
    }
}

/// Writes `text` to a new file next to `path`, to be renamed to `path`. The file gets the permissions of `like`, or the default ones.
pub(super) fn stage(path: &Path, text: &[u8], like: Option<&fs::Metadata>) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!("{STAGED_PREFIX}{}-", std::process::id());
    let mut file = temporary_file(tempfile::Builder::new().prefix(&prefix).suffix(STAGED_SUFFIX), folder)?;
    file.write_all(text)?;
    if let Some(like) = like {
        file.as_file().set_permissions(like.permissions())?;
    }
    Ok(file)
}

/// Creates a temporary file with the default permissions of new files, which `tempfile` would restrict to the owner.
pub(crate) fn temporary_file(builder: &mut tempfile::Builder<'_, '_>, folder: &Path) -> io::Result<NamedTempFile> {
    // The umask applies.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Folders that a run created. They are removed on drop unless [`keep`](Self::keep) is called.
#[derive(Debug, Default)]
pub(super) struct NewFolders {
    created: Vec<PathBuf>,
}

impl NewFolders {
    /// Creates `folder` and its missing parents.
    pub(super) fn create(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.create(above)?;
        }
        fs::create_dir(folder)?;
        self.created.push(folder.to_path_buf());
        Ok(())
    }

    /// Keeps the folders.
    pub(super) fn keep(mut self) {
        self.created.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.created.iter().rev() {
            // Fails if another process put a file there, which then stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

pub(super) fn unreadable(path: &Path, error: io::Error) -> Error {
    Error::write("could not read a file")
        .at(path.display().to_string())
        .help("check that it exists and that you may read it")
        .caused_by(error)
}

pub(super) fn unwritable(path: &Path, error: io::Error) -> Error {
    Error::write("could not write a file")
        .at(path.display().to_string())
        .help("check that you may write to the folder and that the disk is not full; nothing was changed")
        .caused_by(error)
}
