//! Derives the URLs of the documents from the URL given by the user.

use std::path::Path;

use percent_encoding::percent_decode_str;
use url::Url;

use super::endpoints;
use crate::error::Error;

/// The URLs to fetch.
#[derive(Debug)]
pub(super) struct Target {
    /// The URL of the document.
    pub document: Url,
    /// The URL of the facts; `None` if it cannot be derived.
    pub facts: Option<Url>,
    /// The user and password in the URL.
    pub credentials: Option<(String, String)>,
    /// The URL without user, password, query and fragment; for the URL of a page, the base URL of the service.
    pub public: String,
}

impl Target {
    /// Parses a base URL, the URL of a document, or the URL of a page of the service.
    ///
    /// The default scheme is `https`. For a URL of this machine, where services often do not use TLS, it is `http`, and the second target
    /// is `https`.
    pub(super) fn parse(text: &str) -> Result<(Self, Option<Self>), Error> {
        let text = text.trim();
        if text.contains("://") {
            return Ok((Self::from_url(text)?, None));
        }
        if Path::new(text).exists() || text.starts_with(['.', '/', '\\']) {
            return Err(Error::usage("this is the path of a file, not a URL").help("read a file with `--file`"));
        }
        let target = Self::from_url(&format!("https://{text}"))?;
        if is_this_machine(&target.document) {
            return Ok((Self::from_url(&format!("http://{text}"))?, Some(target)));
        }
        Ok((target, None))
    }

    fn from_url(text: &str) -> Result<Self, Error> {
        // The text may contain a password, so errors do not show it.
        let mut url = Url::parse(text).map_err(|error| {
            let help = match text.split_once("://") {
                Some((_, host)) if host.starts_with("::") => {
                    "write an IPv6 address in brackets, such as `http://[::1]:5001`"
                }
                _ => "use the URL of the service, such as `https://api.example.org`; read a file with `--file`",
            };
            Error::usage(format!("the URL is invalid: {error}")).help(help)
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::usage("the URL does not begin with `https://` or `http://`")
                .help("use a full URL, such as `https://api.example.org`; read a file with `--file`"));
        }
        if let Some((name, _)) = url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case("view")) {
            return Err(Error::usage(format!("`{name}` in the URL omits members that a client needs"))
                .at(public(&url))
                .help("remove it from the URL"));
        }
        let credentials = take_credentials(&mut url);
        url.set_fragment(None);
        let is_document = endpoints::base_of(url.path()).is_some();
        if let Some(base) = endpoints::base_of_page(url.path()).filter(|_| !is_document).map(str::to_owned) {
            url.set_path(&base);
            // The query of a page does not apply to the document.
            url.set_query(None);
        }
        let (document, facts) = if endpoints::is_document(url.path()) {
            let facts = endpoints::base_of(url.path()).map(|base| at(&url, base, endpoints::FACTS));
            (url.clone(), facts)
        } else {
            let base = url.path();
            (at(&url, base, endpoints::TYPES), Some(at(&url, base, endpoints::FACTS)))
        };
        Ok(Self { document, facts, credentials, public: public(&url) })
    }
}

/// Returns whether the host of a URL is this machine.
#[must_use]
pub fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Returns the URL of a path below the base of a service. The query is kept, because it may contain an API key.
pub(super) fn at(url: &Url, base: &str, path: &str) -> Url {
    let mut url = url.clone();
    url.set_path(&format!("{}/{path}", base.trim_end_matches('/')));
    url
}

fn take_credentials(url: &mut Url) -> Option<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let credentials = (decode(url.username()), decode(url.password().unwrap_or_default()));
    forget_credentials(url);
    (!credentials.0.is_empty() || !credentials.1.is_empty()).then_some(credentials)
}

/// Removes user and password from a URL. This fails only for URLs without a host, which have none.
pub(super) fn forget_credentials(url: &mut Url) {
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// Returns the public part of a URL: without user, password, query and fragment, and without a slash for an empty path.
pub(super) fn public(url: &Url) -> String {
    let mut url = url.clone();
    forget_credentials(&mut url);
    url.set_query(None);
    url.set_fragment(None);
    let text = url.to_string();
    if url.path() == "/" { text.trim_end_matches('/').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_and_documents_are_distinguished() {
        let app = "/metadata/app.json";
        for (url, document, facts, public) in [
            ("https://x.org", "https://x.org/types/metadata.json", Some(app), "https://x.org"),
            (" https://x.org/#top ", "https://x.org/types/metadata.json", Some(app), "https://x.org"),
            (
                "https://x.org:8443/api2/?key=1",
                "https://x.org:8443/api2/types/metadata.json?key=1",
                Some("/api2/metadata/app.json"),
                "https://x.org:8443/api2/",
            ),
            ("https://x.org/types/metadata", "https://x.org/types/metadata", Some(app), "https://x.org/types/metadata"),
            (
                "https://x.org/api/TypesMetadata",
                "https://x.org/api/TypesMetadata",
                Some(app),
                "https://x.org/api/TypesMetadata",
            ),
            ("https://x.org/a/b.JSON", "https://x.org/a/b.JSON", None, "https://x.org/a/b.JSON"),
            // Pages whose URL people copy.
            ("https://x.org/ui/FindPets?tab=code", "https://x.org/types/metadata.json", Some(app), "https://x.org"),
            (
                "https://x.org/api2/json/metadata?op=FindPets",
                "https://x.org/api2/types/metadata.json",
                Some("/api2/metadata/app.json"),
                "https://x.org/api2",
            ),
            ("https://x.org/swagger/v1/swagger.json", "https://x.org/types/metadata.json", Some(app), "https://x.org"),
            // Without a scheme.
            ("x.org", "https://x.org/types/metadata.json", Some(app), "https://x.org"),
            ("localhost:5001/ui", "http://localhost:5001/types/metadata.json", Some(app), "http://localhost:5001"),
        ] {
            let (target, _) = Target::parse(url).expect(url);
            assert_eq!(target.document.as_str(), document, "{url}");
            assert_eq!(target.facts.as_ref().map(Url::path), facts, "{url}");
            assert_eq!(target.public, public, "{url}");
            assert_eq!(target.credentials, None, "{url}");
        }
    }

    #[test]
    fn user_and_password_are_removed_from_the_url() {
        let (target, _) = Target::parse("https://bob%40x.org:s3%3Acret@x.org/api2").expect("a URL");
        assert_eq!(target.credentials, Some(("bob@x.org".to_owned(), "s3:cret".to_owned())));
        assert_eq!(target.document.as_str(), "https://x.org/api2/types/metadata.json");
        assert_eq!(target.public, "https://x.org/api2");
    }

    #[test]
    fn a_service_on_this_machine_is_tried_without_tls_first() {
        for (text, expected) in [
            ("localhost:5001", Some("https://localhost:5001/types/metadata.json")),
            ("127.0.0.1:5001/metadata", Some("https://127.0.0.1:5001/types/metadata.json")),
            ("[::1]:5001", Some("https://[::1]:5001/types/metadata.json")),
            ("https://localhost:5001", None),
            ("x.org:5001", None),
        ] {
            let (_, other) = Target::parse(text).expect(text);
            assert_eq!(other.map(|target| target.document.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_rejected() {
        for (url, expected) in [
            ("", "the URL is invalid: empty host"),
            ("https://", "the URL is invalid: empty host"),
            ("mailto:bob", "the URL is invalid: invalid port number"),
            ("Cargo.toml", "this is the path of a file, not a URL"),
            ("./metadata.json", "this is the path of a file, not a URL"),
            ("/tmp/metadata.json", "this is the path of a file, not a URL"),
            ("file:///metadata.json", "the URL does not begin with `https://` or `http://`"),
            (
                "https://bob:s3cret@x.org/metadata/app.json?View=locode",
                "`View` in the URL omits members that a client needs",
            ),
        ] {
            let error = Target::parse(url).expect_err(url);
            assert_eq!(error.message(), expected, "{url}");
            assert_eq!(error.exit_code(), 2, "{url}");
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }
}
