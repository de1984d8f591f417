//! Responses: printed, or written into a file.

use std::fs::{File, OpenOptions};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use evo_runtime::{Download, Reply};
use serde_json::json;
use tempfile::NamedTempFile;

use super::kinds::Types;
use super::retype::retype;
use super::untyped::UntypedValue;
use super::{CallArgs, CallFormat, Failed, json_text};
use crate::Error;
use crate::api::Answer;
use crate::cli::report::{Report, bytes_to_stdout, pluralize, to_stdout};
use crate::write::temporary_file;

/// Whether a response is a file, which a terminal cannot show.
fn is_file(answer: &Answer) -> bool {
    matches!(answer, Answer::Bytes | Answer::Download)
}

/// Fails if the response is a file and would be printed on a terminal. This is checked before the request is sent.
pub fn check_destination(args: &CallArgs, answer: &Answer) -> Result<(), Error> {
    if is_file(answer) && args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Error::usage("the response is a file, which a terminal cannot show")
            .help("write it to a file with `--output FILE`, or to standard output with `--output -`"));
    }
    Ok(())
}

/// Prints a response, or writes it to the file of `--output`.
pub async fn show(
    reply: Reply,
    answer: &Answer,
    types: &Types<'_>,
    args: &CallArgs,
    report: Report<'_>,
) -> Result<(), Failed> {
    if is_file(answer) {
        return show_file(reply.into_download(), args, report).await;
    }
    let target = file_of(args);
    let text = match (args.format, answer) {
        (CallFormat::Raw, _) => return write(target, &reply.into_bytes(), report),
        (_, Answer::Nothing) => return Ok(()),
        (CallFormat::Human, Answer::Text) => with_line_end(reply.into_text()?),
        (CallFormat::Json, Answer::Text) => format!("{}\n", serde_json::Value::from(reply.into_text()?)),
        _ if reply.body().trim_ascii().is_empty() => String::new(),
        (format, answer) => {
            let mut untyped = reply.decode::<UntypedValue>()?;
            if let (true, Some(ty)) = (args.jsv, answer.ty()) {
                untyped = retype(untyped, ty, types);
            }
            let text = match (format, target) {
                (CallFormat::Json, _) => json_text::compact(&untyped),
                (_, Some(_)) => json_text::plain(&untyped),
                (_, None) => json_text::styled(&untyped),
            };
            text + "\n"
        }
    };
    if target.is_some() {
        return write(target, text.as_bytes(), report);
    }
    to_stdout(&text);
    Ok(())
}

/// Returns the file of `--output`; `None` for standard output.
fn file_of(args: &CallArgs) -> Option<&Path> {
    args.output.as_deref().filter(|path| *path != Path::new("-"))
}

fn with_line_end(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Writes a file while it is being received.
async fn show_file(mut download: Download, args: &CallArgs, report: Report<'_>) -> Result<(), Failed> {
    let Some(target) = file_of(args) else {
        while let Some(chunk) = download.chunk().await? {
            if !bytes_to_stdout(&chunk) {
                break;
            }
        }
        return Ok(());
    };
    let path = if target.is_dir() { target.join(name_in_folder(&download, target)?) } else { target.to_owned() };
    let unwritable = |error: std::io::Error| unwritable(&path, error);
    let mut file = OutputFile::open(&path).map_err(unwritable)?;
    let mut count = 0;
    while let Some(chunk) = download.chunk().await? {
        file.write(&chunk).map_err(unwritable)?;
        count += chunk.len();
    }
    file.finish().map_err(unwritable)?;
    report_written(&path, count, report);
    Ok(())
}

/// Returns the file name that the service specifies, for a folder in `--output`.
fn name_in_folder(download: &Download, folder: &Path) -> Result<String, Error> {
    let name = download.file_name().filter(|name| !matches!(name.as_str(), "" | "." | ".."));
    name.ok_or_else(|| {
        Error::usage("the service does not state a file name, and `--output` is a folder")
            .at(folder.display().to_string())
            .help("add a file name: `--output FOLDER/FILE`")
    })
}

fn write(target: Option<&Path>, bytes: &[u8], report: Report<'_>) -> Result<(), Failed> {
    let Some(path) = target else {
        bytes_to_stdout(bytes);
        return Ok(());
    };
    let written = OutputFile::open(path).and_then(|mut file| {
        file.write(bytes)?;
        file.finish()
    });
    written.map_err(|error| unwritable(path, error))?;
    report_written(path, bytes.len(), report);
    Ok(())
}

/// The file of `--output`.
enum OutputFile {
    /// A new file that replaces the one at the path when it is complete, so that an error leaves nothing behind.
    Staged(NamedTempFile, PathBuf),
    /// A device or a pipe, such as `/dev/null`, which must not be replaced.
    Device(File),
}

impl OutputFile {
    fn open(path: &Path) -> std::io::Result<Self> {
        let existing = std::fs::metadata(path).ok();
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return OpenOptions::new().write(true).open(path).map(Self::Device);
        }
        // The target of a symbolic link is replaced, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = temporary_file(&mut tempfile::Builder::new(), folder)?;
        if let Some(existing) = existing {
            file.as_file().set_permissions(existing.permissions())?;
        }
        Ok(Self::Staged(file, path))
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Staged(file, _) => file.write_all(bytes),
            Self::Device(file) => file.write_all(bytes),
        }
    }

    fn finish(self) -> std::io::Result<()> {
        match self {
            Self::Staged(file, path) => file.persist(path).map(drop).map_err(|error| error.error),
            Self::Device(_) => Ok(()),
        }
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::write("the response cannot be written").at(path.display().to_string()).caused_by(error)
}

fn report_written(path: &Path, count: usize, report: Report<'_>) {
    let text = format!("{}: {}", path.display(), pluralize(count, "byte"));
    report.note(&text, json!({ "kind": "written", "path": path.display().to_string(), "bytes": count }));
}
