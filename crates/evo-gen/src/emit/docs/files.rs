//! Files that are sent with a request.

use super::text::code;
use crate::api::{FilePart, Member};

/// Describes how a file is sent.
pub(super) fn describe_upload(part: &FilePart) -> String {
    let stored = part.location.as_deref().map(|location| format!(" The service stores it in {}.", code(location)));
    format!("Takes a file: send it with `upload`, as a part named {}.{}", code(&part.name), stored.unwrap_or_default())
}

/// Explains which files the service stores to fill a member of a request.
pub(super) fn describe_storage(member: &Member) -> Option<String> {
    let location = member.upload_to.as_deref().filter(|_| member.setter.is_some())?;
    let (name, location) = (code(&member.dotnet_name), code(location));
    Some(format!("Filled by the service: send files as parts named {name}; it stores them in {location}."))
}
