//! Connections: timeouts and trusted certificates.

use std::sync::Arc;
use std::time::Duration;

use evo_runtime::{Client, ClientBuilder, Error, ErrorKind, Retry, operation, record};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

#[derive(Debug, Clone, PartialEq, Default)]
struct Find {}
record!(Find {});
operation!(Find: GET => ());

/// Starts a server whose certificate is signed only by the authority of these tests. Returns its URL.
async fn tls_server() -> String {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        loop {
            let (connection, _) = listener.accept().await.unwrap();
            // A client that does not trust the certificate closes the connection.
            let Ok(mut connection) = acceptor.accept(connection).await else { continue };
            let mut request = [0; 4096];
            let _ = connection.read(&mut request).await;
            let _ = connection.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
            let _ = connection.shutdown().await;
        }
    });
    base
}

async fn outcome(builder: ClientBuilder) -> Result<(), Error> {
    builder.retry(Retry::never()).timeout(Duration::from_secs(20)).build().unwrap().send(Find {}).await
}

#[tokio::test]
async fn certificates_are_trusted_only_on_request() {
    let base = tls_server().await;
    let error = outcome(Client::builder(&base)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.message().contains("certificate"), "{error}");

    let authority = reqwest::Certificate::from_pem(include_bytes!("tls/authority.pem")).unwrap();
    assert_eq!(outcome(Client::builder(&base).root_certificate(authority.clone())).await.ok(), Some(()));
    assert_eq!(outcome(Client::builder(&base).danger_accept_invalid_certs(true)).await.ok(), Some(()));
    assert!(outcome(Client::builder(&base).danger_accept_invalid_certs(false)).await.is_err());

    // They are added to earlier settings of reqwest.
    let reqwest = || reqwest::Client::builder().user_agent("own");
    let builder = Client::builder(&base).reqwest(reqwest()).root_certificate(authority);
    assert_eq!(outcome(builder).await.ok(), Some(()));
    assert!(outcome(Client::builder(&base).reqwest(reqwest())).await.is_err());
}

#[tokio::test]
async fn a_connect_timeout_is_a_connection_error() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let _listener = socket.listen(1).unwrap();
    // These connections are never accepted. Once the queue is full, further ones get no response.
    let mut queue = Vec::new();
    while let Ok(connection) = tokio::time::timeout(Duration::from_millis(200), TcpStream::connect(address)).await {
        queue.push(connection.unwrap());
        assert!(queue.len() < 100, "the queue does not fill");
    }
    let builder = Client::builder(format!("http://{address}")).connect_timeout(Duration::from_millis(50));
    let error = outcome(builder).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "nothing was sent, so that every method may be repeated: {error}");
}
