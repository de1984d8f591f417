//! Known paths of a service: its documents, and pages whose URL people copy.

/// The path of the types document below the base of a service.
#[cfg(feature = "http")]
pub(super) const TYPES: &str = "types/metadata.json";

/// The path of the facts below the base of a service.
#[cfg(feature = "http")]
pub(super) const FACTS: &str = "metadata/app.json";

/// The paths of both documents, without an extension.
const DOCUMENTS: [&str; 6] = [
    "/types/metadata",
    "/metadata/app",
    "/api/TypesMetadata",
    "/api/MetadataApp",
    "/json/reply/TypesMetadata",
    "/json/reply/MetadataApp",
];

/// The pages of a service, by the first segment of their path.
#[cfg(feature = "http")]
const PAGES: [&str; 15] = [
    "admin-ui",
    "auth",
    "locode",
    "login",
    "metadata",
    "openapi",
    "openapi.json",
    "operations",
    "requestlogs",
    "scalar",
    "sign-in",
    "swagger",
    "swagger-ui",
    "types",
    "ui",
];

/// The formats that can begin a path, such as `/json/metadata` and `/json/reply/FindPets`.
#[cfg(feature = "http")]
const FORMATS: [&str; 8] = ["csv", "html", "json", "jsonl", "jsv", "soap11", "soap12", "xml"];

/// Returns the base path of the service if `path` is the path of a page or of a call.
#[cfg(feature = "http")]
pub(super) fn base_of_page(path: &str) -> Option<&str> {
    let mut start = 0;
    for part in path.split('/') {
        let rest = path.get(start..)?;
        let next = rest.split('/').nth(1);
        let is = |part: &str, names: &[&str]| names.iter().any(|name| part.eq_ignore_ascii_case(name));
        // A longer path below these may belong to another service, such as `/auth/v2/shop`.
        let is_short = rest.trim_end_matches('/').matches('/').count() < 2 || !is(part, &["auth", "login", "types"]);
        let is_call = next.is_some_and(|next| is(next, &["metadata", "reply", "oneway", "syncreply", "asynconeway"]));
        if (is(part, &PAGES) && is_short) || (is(part, &FORMATS) && is_call) {
            return path.get(..start.checked_sub(1)?);
        }
        start += part.len() + 1;
    }
    None
}

/// Returns the base path of the service if `path` is the path of a document. `ServiceStack` ignores the case of paths.
pub(super) fn base_of(path: &str) -> Option<&str> {
    let path = path.trim_end_matches('/');
    let path = strip_ending(path, ".json").unwrap_or(path);
    DOCUMENTS.iter().find_map(|document| strip_ending(path, document))
}

/// Returns the base paths above the path of a document, the nearest first: `/a` and the empty path for `/a/b/types/metadata.json`.
#[cfg(feature = "http")]
pub(super) fn bases_above(document: &str) -> impl Iterator<Item = &str> {
    let base = base_of(document).unwrap_or(document).trim_end_matches('/');
    std::iter::successors(base.rsplit_once('/'), |(above, _)| above.rsplit_once('/')).map(|(above, _)| above)
}

/// Whether a path is that of a document.
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

    #[cfg(feature = "http")]
    #[test]
    fn the_base_of_every_page_is_found() {
        for (path, expected) in [
            ("/ui", Some("")),
            ("/ui/FindPets", Some("")),
            ("/UI/", Some("")),
            ("/metadata", Some("")),
            ("/api2/metadata", Some("/api2")),
            ("/json/metadata", Some("")),
            ("/v1/xml/metadata", Some("/v1")),
            ("/json/reply/FindPets", Some("")),
            ("/types", Some("")),
            ("/types/rust", Some("")),
            ("/types/typescript.d", Some("")),
            ("/swagger", Some("")),
            ("/swagger/index.html", Some("")),
            ("/swagger/v1/swagger.json", Some("")),
            ("/swagger-ui/", Some("")),
            ("/openapi/v1.json", Some("")),
            ("/openapi.json", Some("")),
            ("/scalar/v1", Some("")),
            ("/a/b/auth/credentials", Some("/a/b")),
            ("/auth", Some("")),
            ("/locode", Some("")),
            ("/auth/v2/shop", None),
            ("/json", None),
            ("/api/FindPets", None),
            ("/api", None),
            ("/v1", None),
            ("/", None),
            ("", None),
        ] {
            assert_eq!(base_of_page(path), expected, "{path}");
        }
    }

    #[cfg(feature = "http")]
    #[test]
    fn the_bases_above_a_document_are_listed() {
        for (path, expected) in [
            ("/types/metadata.json", &[][..]),
            ("/api/types/metadata.json", &[""]),
            ("/a/b/types/metadata.json", &["/a", ""]),
            ("/files/shop.json", &["/files", ""]),
        ] {
            assert_eq!(bases_above(path).collect::<Vec<_>>(), expected, "{path}");
        }
    }

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
