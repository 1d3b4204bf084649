//! https: who is trusted, and that it is never left for http.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod scripted_server;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use toe_plan::Location;
use toe_repo::{FetchOptions, Fetcher, Want};
use toe_source::Silent;

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls").join(name)
}

/// Serves one answer to each connection; the port.
fn serve(answer: &'static str) -> u16 {
    let certificate = CertificateDer::from_pem_file(place("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(place("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let mut reader = BufReader::new(StreamOwned::new(connection, stream.unwrap()));
            let mut line = String::new();
            // A client that does not trust us hangs up in the handshake.
            while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                line.clear();
            }
            let stream = reader.get_mut();
            let _ = stream.write_all(answer.as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    port
}

fn fetch(port: u16, authority: Option<PathBuf>) -> Result<String, String> {
    let cache = tempfile::tempdir().unwrap();
    let mut options = FetchOptions::new(cache.path());
    options.first_pause = Duration::from_millis(1);
    options.system_proxy = false;
    options.ca_file = authority;
    let url = format!("https://127.0.0.1:{port}/x.rpm");
    let want = Want { location: Location::parse(&url).unwrap(), sha256: None };
    match Fetcher::new(options).fetch_all(&[want], &Silent).map_err(|f| f.error) {
        Ok(mut all) => {
            let mut text = String::new();
            all[0].file.read_to_string(&mut text).unwrap();
            Ok(text)
        }
        Err(error) => Err(error.to_string().replace(&url, "URL")),
    }
}

const CONTENT: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 7\r\n\r\ncontent";

#[test]
fn a_named_authority_is_trusted() {
    assert_eq!(fetch(serve(CONTENT), Some(place("authority.pem"))), Ok("content".to_owned()));
}

#[test]
fn an_unknown_authority_is_not() {
    // Any certificate beside those of the system, so that the test also runs where there are none.
    let error = fetch(serve(CONTENT), Some(place("server.pem"))).unwrap_err();
    assert_eq!(
        error,
        "cannot fetch `URL`: no trusted connection: the issuer of the server's certificate is not trusted"
    );
}

#[test]
fn a_file_without_certificates_is_named() {
    let path = place("README.md");
    let error = fetch(serve(CONTENT), Some(path.clone())).unwrap_err();
    assert_eq!(
        error,
        format!("cannot use the certificates of `{}`: no certificate is in it", path.display())
    );
}

#[test]
fn a_redirect_out_of_https_is_refused() {
    let answer = "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:9/x\r\n\r\n";
    assert_eq!(
        fetch(serve(answer), Some(place("authority.pem"))).unwrap_err(),
        "cannot fetch `URL`: the server redirects to `http://127.0.0.1:9/x`, which is not followed: it leaves https"
    );
}

/// The system's authorities are named by the environment, which a test must not change for the
/// others: this one runs itself again in a process of its own.
#[test]
fn a_machine_without_authorities_says_so_for_https_only() {
    const CHILD: &str = "TOE_TEST_WITHOUT_AUTHORITIES";
    if std::env::var_os(CHILD).is_some() {
        assert_eq!(
            fetch(serve(CONTENT), None).unwrap_err(),
            "cannot fetch `URL`: this machine has no certificates of authorities to check https with"
        );
        let cache = tempfile::tempdir().unwrap();
        let server = scripted_server::Server::start(|_, stream| {
            scripted_server::answer(stream, "200 OK", &[], b"content")
        });
        let want = Want { location: Location::parse(&server.url("/x")).unwrap(), sha256: None };
        let options = FetchOptions { system_proxy: false, ..FetchOptions::new(cache.path()) };
        assert!(Fetcher::new(options).fetch_all(&[want], &Silent).is_ok());
        return;
    }
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "a_machine_without_authorities_says_so_for_https_only", "--nocapture"]);
    again.env(CHILD, "1").env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent");
    let output = again.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
