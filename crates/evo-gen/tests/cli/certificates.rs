//! A service with a self-signed certificate, like the development certificate of .NET.
//!
//! `localhost.pem` and `key.pem` are used only in these tests.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use evo_gen::source::{Access, Limits, fetch};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const TYPES: &str = r#"{"types":[],"operations":[{"request":{"name":"Ping","namespace":"Lab"},"actions":["GET"]}]}"#;

fn certificate() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/certificates/localhost.pem").to_owned()
}

/// Serves the metadata over TLS while the test runs. Returns the host and port.
fn serve() -> String {
    let certificates = vec![CertificateDer::from_pem_slice(include_bytes!("certificates/localhost.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("certificates/key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(certificates, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream.unwrap());
            // A client that does not trust the certificate closes the connection.
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                head.push(byte[0]);
            }
            let found = head.starts_with(b"GET /types/metadata.json ");
            let (status, body) = if found { ("200 OK", TYPES) } else { ("404 Not Found", "") };
            let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n");
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    format!("localhost:{port}")
}

#[test]
fn a_self_signed_certificate_is_rejected_unless_it_is_trusted_or_ignored() {
    let url = format!("https://{}", serve());
    let get = |access: Access| fetch(&url, &access, &Limits::default(), &|_| ());
    let refused = get(Access::new()).unwrap_err();
    assert!(refused.message().starts_with("the certificate of the host is not trusted ("), "{refused}");
    let help = refused.advice().unwrap();
    assert!(["--ca FILE", "SSL_CERT_FILE", "--insecure"].iter().all(|way| help.contains(way)), "{help}");
    assert!(get(Access::new().ca_file(certificate())).is_ok());
    assert!(get(Access::new().danger_accept_invalid_certs()).is_ok());
    for (file, cause) in [("nothing.pem", None), (file!(), Some("the file contains no certificate"))] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
        let error = get(Access::new().ca_file(path)).unwrap_err();
        assert_eq!((error.message(), error.exit_code()), ("the certificates of `--ca` cannot be read", 2));
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.is_none_or(|cause| cause == source), "{error:?}");
    }
}

#[test]
fn the_program_reads_certificates_from_flags_and_the_environment() {
    let host = serve();
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], variables: &[(&str, &str)]| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evo-gen"));
        command.args(["--out", "api", "--url", &host]).args(arguments).current_dir(folder.path());
        command.env_remove("SSL_CERT_FILE").envs(variables.iter().copied()).output().unwrap()
    };
    let untrusted = run(&[], &[]);
    assert_eq!(untrusted.status.code(), Some(3), "{untrusted:?}");
    assert!(run(&["--ca", &certificate()], &[]).status.success());
    // Without a scheme, and with the certificate instead of those of the system.
    if cfg!(target_os = "linux") {
        assert!(run(&[], &[("SSL_CERT_FILE", &certificate())]).status.success());
    }
    let insecure = run(&["--insecure"], &[]);
    assert!(insecure.status.success(), "{insecure:?}");
    assert!(
        String::from_utf8_lossy(&insecure.stderr).starts_with("warning: --insecure: certificates are not checked; ")
    );
}
