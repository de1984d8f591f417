//! Files in both directions: uploads, bodies that are no DTO, and downloads that go on where they broke off.
//!
//! <https://docs.servicestack.net/file-uploads>

mod download;
#[cfg(feature = "fs")]
mod fs;
mod multipart;
mod part;
mod raw_body;
mod upload;

pub use self::download::DownloadCall;
pub use self::part::FilePart;
pub use self::raw_body::RequestBody;
pub use self::upload::Upload;
