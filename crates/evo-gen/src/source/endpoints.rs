//! The addresses at which a service answers with a document that we read.

/// The types document, below the base of a service.
#[cfg(feature = "http")]
pub(super) const TYPES: &str = "types/metadata.json";

/// The facts of the service, below its base.
#[cfg(feature = "http")]
pub(super) const FACTS: &str = "metadata/app.json";

/// Every path that leads to one of the two, without an ending.
const DOCUMENTS: [&str; 6] = [
    "/types/metadata",
    "/metadata/app",
    "/api/TypesMetadata",
    "/api/MetadataApp",
    "/json/reply/TypesMetadata",
    "/json/reply/MetadataApp",
];

/// The path of a service, when a path is that of one of its documents. `ServiceStack` matches paths without case.
pub(super) fn base_of(path: &str) -> Option<&str> {
    let path = path.trim_end_matches('/');
    let path = strip_ending(path, ".json").unwrap_or(path);
    DOCUMENTS.iter().find_map(|document| strip_ending(path, document))
}

/// Whether a path leads to a document, and not to a service.
#[cfg(feature = "http")]
pub(super) fn is_document(path: &str) -> bool {
    base_of(path).is_some() || strip_ending(path, ".json").is_some()
}

fn strip_ending<'a>(text: &'a str, ending: &str) -> Option<&'a str> {
    let (start, end) = text.split_at_checked(text.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_of_every_document_is_found() {
        for (path, expected) in [
            ("/types/metadata.json", Some("")),
            ("/Types/Metadata", Some("")),
            ("/api2/metadata/app.json", Some("/api2")),
            ("/v1/api/TypesMetadata", Some("/v1")),
            ("/api/TypesMetadata.json", Some("")),
            ("/json/reply/MetadataApp/", Some("")),
            ("/files/metadata.json", None),
            ("/é", None),
            ("", None),
        ] {
            assert_eq!(base_of(path), expected, "{path}");
        }
    }
}
