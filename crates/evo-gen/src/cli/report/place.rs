//! Places in files, as editors and workflows open them.

use std::path::Path;

use crate::Error;
use crate::config::tidy;

/// A place in a file. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path, relative to the current folder if the file is below it.
    pub file: String,
    /// The line and the column, if they are known.
    pub position: Option<(usize, usize)>,
}

impl Place {
    /// The place of an error that names a file, with or without a position.
    pub fn of_error(error: &Error) -> Option<Self> {
        let place = error.place()?;
        let numbered = place.rsplit_once(':').and_then(|(rest, column)| {
            let (path, line) = rest.rsplit_once(':')?;
            Some((path, (line.parse().ok()?, column.parse().ok()?)))
        });
        match numbered {
            Some((path, position)) => Some(Self { position: Some(position), ..Self::of_file(Path::new(path))? }),
            None => Self::of_file(Path::new(place)),
        }
    }

    /// A file as a whole, if there is one.
    pub fn of_file(path: &Path) -> Option<Self> {
        path.is_file().then(|| Self { file: shown_path(path), position: None })
    }

    /// The place of the byte at `at` in the text of a file.
    pub fn in_text(file: &str, text: &str, at: usize) -> Option<Self> {
        let before = text.get(..at)?;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(start..)?.chars().count() + 1;
        Some(Self { file: file.to_owned(), position: Some((before.matches('\n').count() + 1, column)) })
    }
}

/// A path as it is shown: relative to the current folder if it is below.
pub fn shown_path(path: &Path) -> String {
    let below = || {
        let whole = tidy(&std::path::absolute(path).ok()?);
        Some(whole.strip_prefix(std::env::current_dir().ok()?).ok()?.display().to_string())
    };
    below().unwrap_or_else(|| path.display().to_string())
}
