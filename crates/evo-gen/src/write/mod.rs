//! [`Generated`] becomes files: plan, compare, apply.
//!
//! [`plan`] compares what was generated with what is on disk and writes nothing. The [`Plan`] can be shown
//! ([`Plan::listing`], [`Plan::diff`]) or carried out ([`Plan::apply`]). The [`Manifest`] in the output folder says which
//! files are ours and what they held, so that an edit by hand is never lost and stale files are removed.
//!
//! Files are compared by their bytes; only line ends make no difference. Generated files tell rustfmt to leave them alone.

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

pub use self::apply::Summary;
pub use self::manifest::{MANIFEST_FILE, Manifest, read_manifest};
pub use self::plan::{Action, Conflict, Plan, PlannedFile};
pub use self::single::{store, write_single};

/// How a plan treats files that are not as an earlier run left them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Overwrite and delete files that were edited by hand, and overwrite files that were never ours.
    pub force: bool,
}

/// Compares `generated` with the files below `out_dir`, which need not exist yet. Writes nothing.
///
/// Files that were edited by hand or never ours do not fail the plan, so that it can be shown; [`Plan::conflicts`] names
/// them, and [`Plan::apply`] refuses to go on without [`Options::force`].
///
/// # Errors
///
/// When a path leads out of `out_dir` or through a symbolic link, when two paths are one on a file system that ignores case,
/// when a folder stands where a file belongs, and when a file or the manifest cannot be read.
pub fn plan(generated: &Generated, out_dir: impl AsRef<Path>, options: Options) -> Result<Plan, Error> {
    plan::compare(generated, out_dir.as_ref(), options)
}
