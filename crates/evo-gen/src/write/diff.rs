//! Shows a plan as a list of files or as a unified diff.

use std::fmt::Write as _;

use similar::TextDiff;

use super::content::normalized;
use super::plan::{Action, Conflict, Plan, PlannedFile};

impl Plan {
    /// Lists the files that would be created, changed and deleted, one per line in order of their paths, and the number of
    /// unchanged files.
    #[must_use]
    pub fn listing(&self) -> String {
        let mut lines: Vec<String> = self.files().iter().filter_map(|file| self.line(file)).collect();
        lines.push(format!("{} unchanged\n", self.count_files().unchanged));
        lines.join("\n")
    }

    fn line(&self, file: &PlannedFile) -> Option<String> {
        let action = match file.action() {
            Action::Create => "create",
            Action::Change => "change",
            Action::Delete => "delete",
            Action::Keep => return None,
        };
        let reason = match file.conflict() {
            None => return Some(format!("{action}  {}", file.path())),
            Some(Conflict::Edited) => "edited by hand",
            Some(Conflict::Foreign) => "not written by evo-gen",
        };
        let need = if self.options.force { "" } else { ", needs --force" };
        Some(format!("{action}  {} ({reason}{need})", file.path()))
    }

    /// Returns the changes as one unified diff, in order of the paths, which are relative to the output folder.
    ///
    /// The diff is empty if the plan is clean. It ignores line endings.
    #[must_use]
    pub fn diff(&self) -> String {
        let mut text = String::new();
        for file in self.files().iter().filter(|file| file.action() != Action::Keep) {
            // Writing to a `String` cannot fail.
            let _ = write_diff(&mut text, file);
        }
        text
    }
}

fn write_diff(text: &mut String, file: &PlannedFile) -> std::fmt::Result {
    let name =
        |exists: bool, side: &str| if exists { format!("{side}/{}", file.path()) } else { "/dev/null".to_owned() };
    writeln!(text, "--- {}", name(file.old_bytes().is_some(), "a"))?;
    writeln!(text, "+++ {}", name(file.new_text().is_some(), "b"))?;
    let old = String::from_utf8_lossy(file.old_bytes().unwrap_or_default());
    let (old, new) = (normalized(&old), normalized(file.new_text().unwrap_or_default()));
    write!(text, "{}", TextDiff::from_lines(&*old, &*new).unified_diff())
}
