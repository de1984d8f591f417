//! The host to call: its base URL, and a client with the credentials of the command line.

use std::time::Duration;

use evo_runtime::url::Url;
use evo_runtime::{Basic, Bearer, ClientBuilder, Format, Service};

use super::CallArgs;
use crate::Error;
use crate::cli::subject::Subject;
use crate::source::{Access, Origin, is_this_machine};

/// Returns the base URL of the service: `--host`, otherwise that of `--url`, otherwise the `url` of the configuration.
pub fn base_url(args: &CallArgs, subject: &Subject) -> Result<String, Error> {
    if let Some(host) = &args.host {
        return stated_host(host);
    }
    let configured = subject.url.as_ref().and_then(|url| Origin::Url(url.clone()).base_url());
    let origin = subject.document.origin.base_url();
    let is_asked = args.subject.url.is_some();
    let base = if is_asked { origin.or(configured) } else { configured.or(origin) };
    base.ok_or_else(|| {
        Error::usage("the URL of the service is unknown")
            .help("add `--host https://api.example.org`, or set `url` in evo-gen.toml")
    })
}

fn stated_host(text: &str) -> Result<String, Error> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("{}://{text}", usual_scheme(text)) };
    let wrong = |message: &str| {
        Error::usage(format!("the address of the service {message}"))
            .at("--host")
            .help("write it as in https://api.example.org or https://api.example.org/path")
    };
    // The text may contain a password, so it is not repeated.
    let url = Url::parse(&whole).map_err(|error| wrong(&format!("cannot be understood: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("has a scheme other than http and https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("contains a user name").help("sign in with `--basic` or `--login`"));
    }
    Origin::Url(url.to_string()).base_url().ok_or_else(|| wrong("is that of a document"))
}

/// Returns the scheme to use for a URL without one. Local services often have no TLS.
fn usual_scheme(text: &str) -> &'static str {
    let is_local = Url::parse(&format!("https://{text}")).is_ok_and(|url| is_this_machine(&url));
    if is_local { "http" } else { "https" }
}

/// Whether there are credentials, in which case the kept session is not used.
pub fn signs_in(access: &Access) -> bool {
    access.bearer_token().is_some()
        || access.user_and_password().is_some()
        || access.other_headers().any(|(name, _)| is_credential(name))
}

fn is_credential(name: &str) -> bool {
    ["authorization", "cookie", "x-api-key"].iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Returns a builder for the client.
pub fn builder(args: &CallArgs, access: &Access, base: &str, service: Service) -> Result<ClientBuilder, Error> {
    access.check()?;
    let mut builder = ClientBuilder::new(base, service)
        .reqwest(access.client_builder(base)?)
        .user_agent(concat!("evo-gen/", env!("CARGO_PKG_VERSION")))
        .timeout(Duration::from_secs(args.subject.access.timeout));
    for (name, value) in access.other_headers() {
        builder = builder.header(name, value);
    }
    if let Some(token) = access.bearer_token() {
        builder = builder.auth(Bearer::new(token));
    } else if let Some((user, password)) = access.user_and_password() {
        builder = builder.auth(Basic::new(user, password));
    }
    if args.jsv {
        builder = builder.format(Format::Jsv);
    }
    Ok(builder)
}
