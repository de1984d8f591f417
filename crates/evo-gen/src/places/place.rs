//! Locations in files for editors and workflows.

use std::fmt;
use std::path::Path;

use crate::Error;
use crate::config::tidy;

/// A location in a file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path, relative to the current folder if the file is below it.
    pub file: String,
    /// The line and column, if they are known.
    pub position: Option<(usize, usize)>,
}

impl Place {
    /// Returns the location of an error about a file, with or without a position.
    pub fn from_error(error: &Error) -> Option<Self> {
        let place = error.place()?;
        let numbered = place.rsplit_once(':').and_then(|(rest, column)| {
            let (path, line) = rest.rsplit_once(':')?;
            Some((path, (line.parse().ok()?, column.parse().ok()?)))
        });
        match numbered {
            Some((path, position)) => Some(Self { position: Some(position), ..Self::from_file(Path::new(path))? }),
            None => Self::from_file(Path::new(place)),
        }
    }

    /// Returns the location of an entire file, if the file exists.
    pub fn from_file(path: &Path) -> Option<Self> {
        path.is_file().then(|| Self { file: shown_path(path), position: None })
    }

    /// Returns the location of the byte offset `at` in the text of a file.
    pub fn in_text(file: &str, text: &str, at: usize) -> Option<Self> {
        let before = text.get(..at)?;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(start..)?.chars().count() + 1;
        Some(Self { file: file.to_owned(), position: Some((before.matches('\n').count() + 1, column)) })
    }
}

/// The form that editors open: `metadata.json:12:3`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "{}:{line}:{column}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// Returns a path for display: relative to the current folder if it is below it.
pub fn shown_path(path: &Path) -> String {
    let below = || {
        let whole = tidy(&std::path::absolute(path).ok()?);
        Some(whole.strip_prefix(std::env::current_dir().ok()?).ok()?.display().to_string())
    };
    below().unwrap_or_else(|| path.display().to_string())
}
