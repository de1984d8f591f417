//! Writes [`Generated`] code to files.
//!
//! [`plan`] compares the generated code with the files on disk and writes nothing. A [`Plan`] can be shown
//! ([`Plan::listing`], [`Plan::diff`]) or applied ([`Plan::apply`]). The [`Manifest`] in the output folder lists the files
//! that evo-gen wrote and their hashes, so that manual edits are never lost and stale files are removed.
//!
//! Files are compared byte by byte, except for line endings. Generated files contain an attribute that makes rustfmt skip them.

mod apply;
mod content;
mod diff;
mod disk;
mod manifest;
mod paths;
mod plan;
mod single;

use std::path::Path;

use crate::Error;
use crate::emit::Generated;

pub use self::apply::FileCounts;
pub(crate) use self::content::hash;
#[cfg(all(feature = "cli", feature = "http"))]
pub(crate) use self::disk::temporary_file;
pub use self::manifest::{MANIFEST_FILE, Manifest, read_manifest};
pub use self::plan::{Action, Conflict, Plan, PlannedFile};
pub use self::single::{store, write_single};

/// Options for [`plan`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Overwrite and delete files that were edited by hand, and overwrite files that evo-gen did not write.
    pub force: bool,
}

/// Compares `generated` with the files below `out_dir`, which need not exist yet. Writes nothing.
///
/// Files that were edited by hand, or that evo-gen did not write, are not errors here, so that the plan can be shown.
/// [`Plan::conflicts`] lists them, and [`Plan::apply`] fails unless [`Options::force`] is set.
///
/// # Errors
///
/// Fails if a path leads out of `out_dir` or through a symbolic link, if two paths differ only in case, if a folder is in the place of a
/// file, or if a file or the manifest cannot be read.
pub fn plan(generated: &Generated, out_dir: impl AsRef<Path>, options: Options) -> Result<Plan, Error> {
    plan::compare(generated, out_dir.as_ref(), options)
}
