//! Reads documents from files and standard input, and the facts that are stored alongside a document.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::recognise::{Recognised, parse_json, recognise};
use super::{Document, FACTS_UNKNOWN, Limits, Origin, Refusal, encoding};
use crate::diagnostics::Diagnostics;
use crate::error::Error;
use crate::facts::Facts;

const FACTS_FILE: &str = "service.json";

/// Returns the path of the facts of a stored document: `service.json` in the same folder.
#[must_use]
pub fn facts_path(document: &Path) -> PathBuf {
    document.with_file_name(FACTS_FILE)
}

/// Reads a document from a file; `-` is standard input. The facts come from the document itself if it is `AppMetadata`, otherwise from
/// the file at [`facts_path`], if it exists.
///
/// # Errors
///
/// Fails if a file cannot be read, is too large, or is not a document.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Document, Error> {
    if path == Path::new("-") {
        return read_standard_input(std::io::stdin().lock(), limits);
    }
    let place = path.display().to_string();
    let bytes = read(path, limits).map_err(|failure| failure.explain(&place))?;
    let Recognised { types, facts } = parse(&bytes).map_err(|refusal| refusal.into_document_error(&place))?;
    let mut remarks = Diagnostics::default();
    let facts = match facts {
        Some(facts) => Some(facts),
        None => read_facts(path, limits, &mut remarks)?,
    };
    Ok(Document { types, facts, origin: Origin::File(path.to_owned()), remarks })
}

/// Reads a document from standard input, or from another reader.
///
/// # Errors
///
/// Fails if it cannot be read, is too large, or is not a document.
pub fn read_standard_input(input: impl Read, limits: &Limits) -> Result<Document, Error> {
    let place = "standard input";
    let bytes = read_bounded(input, limits).map_err(|failure| failure.explain(place))?;
    let Recognised { types, facts } = parse(&bytes).map_err(|refusal| refusal.into_document_error(place))?;
    Ok(Document { types, facts, origin: Origin::StandardInput, remarks: Diagnostics::default() })
}

fn parse(bytes: &[u8]) -> Result<Recognised, Refusal> {
    recognise(&encoding::decode(bytes)?)
}

fn read_facts(document: &Path, limits: &Limits, remarks: &mut Diagnostics) -> Result<Option<Facts>, Error> {
    let path = facts_path(document);
    let place = path.display().to_string();
    let bytes = match read(&path, limits) {
        Ok(bytes) => bytes,
        Err(Failure::Io(error)) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(failure) => return Err(failure.explain(&place)),
    };
    let refused = |reason: String| {
        Error::document(format!("the facts of the service cannot be used: {reason}"))
            .coded("EVO0007")
            .at(&place)
            .help("update the document with `--url`, correct the file, or delete it")
    };
    let value =
        encoding::decode(&bytes).and_then(|text| parse_json(&text)).map_err(|refusal| refused(refusal.located()))?;
    let facts = Facts::from_stored(&value).map_err(refused)?;
    if facts.is_none() {
        remarks.warn(
            FACTS_UNKNOWN,
            place,
            "the file contains no facts about a service and is ignored",
            "keep the document in a separate folder",
        );
    }
    Ok(facts)
}

enum Failure {
    Io(std::io::Error),
    Size(Refusal),
}

impl Failure {
    fn explain(self, place: &str) -> Error {
        match self {
            Self::Size(refusal) => refusal.at(place),
            Self::Io(error) => {
                let help = match error.kind() {
                    _ if place.contains("://") => "read a URL with `--url`",
                    ErrorKind::NotFound if place.contains('\\') && !cfg!(windows) => {
                        "use `/`, which works on every platform"
                    }
                    ErrorKind::NotFound => "check the path; it is relative to the current folder",
                    ErrorKind::PermissionDenied => "check the permissions of the file",
                    ErrorKind::IsADirectory => "use the path of the document in this folder",
                    _ => "check that this is a file that can be read",
                };
                Error::source("the document cannot be read").at(place).help(help).caused_by(error)
            }
        }
    }
}

fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Failure> {
    read_bounded(File::open(path).map_err(Failure::Io)?, limits)
}

fn read_bounded(input: impl Read, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // Reads one byte more than the limit to detect a document that is too large.
    let read = input.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(Failure::Io)?;
    if u64::try_from(read).is_ok_and(|read| read <= limits.bytes) {
        Ok(bytes)
    } else {
        Err(Failure::Size(limits.too_large()))
    }
}
