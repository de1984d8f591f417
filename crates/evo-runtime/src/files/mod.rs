//! Files: uploads, bodies that are not DTOs, and resumable downloads.
//!
//! <https://docs.servicestack.net/file-uploads>

mod content_disposition;
mod download;
#[cfg(feature = "fs")]
mod fs;
mod multipart;
mod part;
mod raw_body;
mod upload;

pub(crate) use self::content_disposition::file_name;
pub use self::download::DownloadCall;
pub use self::part::FilePart;
pub use self::upload::Upload;

/// Returns the error for a file that cannot be read while it is sent.
#[cfg(any(feature = "blocking", feature = "fs"))]
pub(crate) fn unreadable(error: std::io::Error) -> crate::transport::TransportError {
    let message = format!("the file cannot be read: {error}");
    crate::transport::TransportError::interrupted(message).with_source(error)
}
