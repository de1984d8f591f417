//! Reading below the output folder, and preparing writes there.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::Error;

/// What stands at a path below the output folder.
#[derive(Debug)]
pub(super) enum Found {
    Nothing,
    File(PathBuf),
    /// A symbolic link, at the path or above it: through it a write could leave the output folder.
    Link(PathBuf),
    /// A folder at the path, or something above it that is none.
    Obstacle(PathBuf),
}

/// Looks at every step from `root` down to `path`, without following links.
pub(super) fn find(root: &Path, path: &str) -> Result<Found, Error> {
    let mut place = root.to_path_buf();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let kind = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(unreadable(&place, error)),
        };
        let fits = if parts.peek().is_some() { kind.is_dir() } else { kind.is_file() };
        if kind.is_symlink() {
            return Ok(Found::Link(place));
        } else if !fits {
            return Ok(Found::Obstacle(place));
        }
    }
    Ok(Found::File(place))
}

/// The bytes of the file `path` below `root`, or `None` when there is nothing. Links and obstacles are errors.
pub(super) fn read_below(root: &Path, path: &str) -> Result<Option<Vec<u8>>, Error> {
    match find(root, path)? {
        Found::Nothing => Ok(None),
        Found::File(place) => fs::read(&place).map(Some).map_err(|error| unreadable(&place, error)),
        Found::Link(place) => Err(Error::write(format!("a symbolic link is in the way of `{path}`"))
            .at(place.display().to_string())
            .help("remove the link, or choose another output folder")),
        Found::Obstacle(place) => Err(Error::write(format!("something that is not ours is in the way of `{path}`"))
            .at(place.display().to_string())
            .help("move it away, or choose another output folder")),
    }
}

/// Checks that the output folder is a folder, or can become one.
pub(super) fn check_root(root: &Path) -> Result<(), Error> {
    match fs::metadata(root) {
        Ok(metadata) if !metadata.is_dir() => Err(Error::write("the output folder is not a folder")
            .at(root.display().to_string())
            .help("move the file away, or choose another output folder")),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unreadable(root, error)),
    }
}

/// What the names of staged files begin with; the id of the process follows, and a random text.
const STAGED_PREFIX: &str = ".evo-gen-";
const STAGED_SUFFIX: &str = ".tmp";

/// How old a staged file is at least whose run is over, where the system does not tell which processes run.
const ABANDONED_AFTER: Duration = Duration::from_secs(60 * 60);

/// Removes the staged files that runs left in a folder which were killed. Those of runs at work stay.
pub(super) fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let staged = name.to_str().and_then(|name| name.strip_prefix(STAGED_PREFIX)?.strip_suffix(STAGED_SUFFIX));
        if staged.is_some_and(|staged| is_abandoned(staged, &entry)) {
            // Another run may have removed it meanwhile.
            let _ = fs::remove_file(entry.path());
        }
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

/// Writes `text` to a new file beside `path`, to be renamed to it. It takes the permissions of `like`, else the usual ones.
pub(super) fn stage(path: &Path, text: &[u8], like: Option<&fs::Metadata>) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    let prefix = format!("{STAGED_PREFIX}{}-", std::process::id());
    builder.prefix(&prefix).suffix(STAGED_SUFFIX);
    // The system takes the umask off, as for any new file; without this only the owner could read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text)?;
    if let Some(like) = like {
        file.as_file().set_permissions(like.permissions())?;
    }
    Ok(file)
}

/// Folders that a run created; they go away again unless they are kept.
#[derive(Debug, Default)]
pub(super) struct NewFolders {
    created: Vec<PathBuf>,
}

impl NewFolders {
    /// Creates `folder` and what is missing above it.
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

    /// Leaves the folders where they are.
    pub(super) fn keep(mut self) {
        self.created.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.created.iter().rev() {
            // Fails where somebody else put a file meanwhile, which then stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

pub(super) fn unreadable(path: &Path, error: io::Error) -> Error {
    Error::write("could not read a file of the output")
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
