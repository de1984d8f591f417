//! The source of a document, and its label in generated files.

use std::path::{Component, Path, PathBuf};

use super::endpoints;

/// The source of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A URL without user, password, query and fragment.
    Url(String),
    /// The path of a file.
    File(PathBuf),
    /// Standard input.
    StandardInput,
}

impl Origin {
    /// Returns the label for the header of generated files. It is the same on every machine: a URL without user, password, query and
    /// fragment; a path relative to a folder, separated by `/`, or only the file name if there is no such path or if it would contain a home
    /// folder; or `standard input`.
    #[must_use]
    pub fn label(&self, relative_to: Option<&Path>) -> String {
        let text = match self {
            Self::Url(url) => public_part(url),
            Self::File(path) => relative_to
                .and_then(|folder| relative(path, folder))
                .or_else(|| path.file_name().map(|name| name.to_string_lossy().into_owned()))
                .unwrap_or_else(|| "a file".to_owned()),
            Self::StandardInput => "standard input".to_owned(),
        };
        // A newline would end the comment that contains the label.
        text.chars().map(|char| if breaks_a_line(char) { char::REPLACEMENT_CHARACTER } else { char }).collect()
    }

    /// Returns the base URL of the service without a trailing slash, if the document was fetched from it.
    #[must_use]
    pub fn base_url(&self) -> Option<String> {
        let Self::Url(url) = self else { return None };
        let url = public_part(url);
        let (scheme, rest) = url.split_once("://")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let path = match endpoints::base_of(path) {
            Some(base) => base,
            // The URL of some other document does not reveal the URL of the service.
            None if path.to_ascii_lowercase().ends_with(".json") => return None,
            None => path.trim_end_matches('/'),
        };
        Some(format!("{scheme}://{authority}{path}"))
    }
}

fn breaks_a_line(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}

/// Removes user, password, query and fragment from a URL.
fn public_part(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

/// Returns the path from a folder to a file, without accessing the file system.
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let (path, folder) = (resolve(path)?, resolve(folder)?);
    let path: Vec<Component<'_>> = path.components().collect();
    let folder: Vec<Component<'_>> = folder.components().collect();
    let shared = path.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let (above, below) = path.split_at_checked(shared)?;
    // If only the root is shared, a relative path would be of no use.
    if !above.iter().any(|component| matches!(component, Component::Normal(_))) {
        return None;
    }
    let parents = folder.len() - shared;
    if parents > 0 && (above.last().is_some_and(is_home) || below.iter().rev().skip(2).any(is_home)) {
        return None;
    }
    let down = below.iter().map(|component| component.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = std::iter::repeat_n("..".to_owned(), parents).chain(down).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Whether the next component of the path is the name of a user.
fn is_home(component: &Component<'_>) -> bool {
    let name = component.as_os_str();
    name.eq_ignore_ascii_case("home") || name.eq_ignore_ascii_case("users")
}

/// Returns the absolute path with `.` and `..` resolved lexically, so that symbolic links do not change a label.
fn resolve(path: &Path) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for component in std::path::absolute(path).ok()?.components() {
        match component {
            Component::ParentDir => {
                resolved.pop();
            }
            other => resolved.push(other),
        }
    }
    Some(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_urls_contain_no_secrets() {
        for (url, expected) in [
            ("https://x.org", "https://x.org"),
            ("https://bob:s3cret@x.org/api2?key=s3cret#s3cret", "https://x.org/api2"),
            ("https://bob:s3cret@s3cret@x.org:8443", "https://x.org:8443"),
            ("https://x.org/@a", "https://x.org/@a"),
            ("https://x.org/a\nb", "https://x.org/a\u{fffd}b"),
        ] {
            assert_eq!(Origin::Url(url.to_owned()).label(None), expected, "{url}");
        }
        assert_eq!(Origin::StandardInput.label(None), "standard input");
    }

    #[cfg(unix)]
    #[test]
    fn labels_of_files_are_relative_to_the_crate() {
        for (file, folder, expected) in [
            ("/work/app/metadata.json", Some("/work/app"), "metadata.json"),
            ("/work/app/api/./metadata.json", Some("/work/app/"), "api/metadata.json"),
            ("/work/fixtures/evo/metadata.json", Some("/work/crates/evo"), "../../fixtures/evo/metadata.json"),
            ("/work/crates/evo/../../fixtures/x.json", Some("/work/crates/evo"), "../../fixtures/x.json"),
            ("/home/bob/app/metadata.json", Some("/home/bob/app/crates/a"), "../../metadata.json"),
            ("/home/bob/metadata.json", Some("/home/alice/app"), "metadata.json"),
            ("/mnt/c/Users/bob/metadata.json", Some("/mnt/d/app"), "metadata.json"),
            ("/srv/metadata.json", Some("/work/app"), "metadata.json"),
            ("/home/bob/metadata.json", None, "metadata.json"),
            ("/work/app/a\n//b.json", Some("/work/app"), "a\u{fffd}/b.json"),
            ("/", Some("/work/app"), "a file"),
        ] {
            let label = Origin::File(file.into()).label(folder.map(Path::new));
            assert_eq!(label, expected, "{file} from {folder:?}");
        }
        assert_eq!(Origin::File("api/x.json".into()).label(Some(Path::new("."))), "api/x.json");
    }

    #[test]
    fn the_base_url_is_derived_from_the_url_of_the_document() {
        for (url, expected) in [
            ("https://bob:s3cret@x.org/?a=b", Some("https://x.org")),
            ("https://x.org/api2/", Some("https://x.org/api2")),
            ("https://x.org/api2/types/metadata.json", Some("https://x.org/api2")),
            ("https://x.org/metadata/app", Some("https://x.org")),
            ("https://x.org/files/metadata.json", None),
        ] {
            assert_eq!(Origin::Url(url.to_owned()).base_url().as_deref(), expected, "{url}");
        }
        assert_eq!(Origin::StandardInput.base_url(), None);
    }
}
