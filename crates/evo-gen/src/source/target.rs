//! What a URL given by the user leads to.

use percent_encoding::percent_decode_str;
use url::Url;

use super::endpoints;
use crate::error::Error;

/// What is to be fetched.
#[derive(Debug)]
pub(super) struct Target {
    /// The document.
    pub document: Url,
    /// The facts of the service, unless nobody can know where they are.
    pub facts: Option<Url>,
    /// The user and password that stood in the URL.
    pub credentials: Option<(String, String)>,
    /// The URL as it was given, without user, password, query and fragment.
    pub public: String,
}

impl Target {
    /// Understands a base URL, or the full URL of a document.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        // The text may hold a password, so that no error shows it.
        let mut url = Url::parse(text.trim()).map_err(|error| {
            Error::usage(format!("the URL cannot be understood: {error}"))
                .help("write `https://` and the host, as `https://api.example.org`; a file is read with `--file`")
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::usage("the URL does not begin with `https://` or `http://`")
                .help("write the whole URL, as `https://api.example.org`; a file is read with `--file`"));
        }
        if let Some((name, _)) = url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case("view")) {
            return Err(Error::usage(format!("`{name}` in the URL leaves out members that a client needs"))
                .at(public(&url))
                .help("remove it from the URL"));
        }
        let credentials = take_credentials(&mut url);
        url.set_fragment(None);
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

/// A path below the base of a service. The query stays: it may hold the key that the service asks for.
fn at(url: &Url, base: &str, path: &str) -> Url {
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

/// Removes user and password from a URL. Only URLs without a host refuse, and they have none.
pub(super) fn forget_credentials(url: &mut Url) {
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// The part of a URL that may be shown: without user, password, query and fragment, and without the slash of an empty path.
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
    fn bases_and_documents_are_told_apart() {
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
        ] {
            let target = Target::parse(url).expect(url);
            assert_eq!(target.document.as_str(), document, "{url}");
            assert_eq!(target.facts.as_ref().map(Url::path), facts, "{url}");
            assert_eq!(target.public, public, "{url}");
            assert_eq!(target.credentials, None, "{url}");
        }
    }

    #[test]
    fn user_and_password_leave_the_url() {
        let target = Target::parse("https://bob%40x.org:s3%3Acret@x.org/api2").expect("a URL");
        assert_eq!(target.credentials, Some(("bob@x.org".to_owned(), "s3:cret".to_owned())));
        assert_eq!(target.document.as_str(), "https://x.org/api2/types/metadata.json");
        assert_eq!(target.public, "https://x.org/api2");
    }

    #[test]
    fn other_texts_are_refused() {
        for (url, expected) in [
            ("x.org", "the URL cannot be understood: relative URL without a base"),
            ("https://", "the URL cannot be understood: empty host"),
            ("localhost:5001", "the URL does not begin with `https://` or `http://`"),
            ("file:///metadata.json", "the URL does not begin with `https://` or `http://`"),
            (
                "https://bob:s3cret@x.org/metadata/app.json?View=locode",
                "`View` in the URL leaves out members that a client needs",
            ),
        ] {
            let error = Target::parse(url).expect_err(url);
            assert_eq!(error.message(), expected, "{url}");
            assert_eq!(error.exit_code(), 2, "{url}");
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }
}
