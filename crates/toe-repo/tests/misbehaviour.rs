//! Servers that do wrong: each ends within bounds, with the right verdict and its whole message.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod scripted_server;

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

use scripted_server::{Request, Server, answer, head, reset};
use toe_plan::Location;
use toe_repo::{FetchOptions, Fetcher, RepoError, Want};
use toe_source::Silent;

const WHOLE: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn options(cache: &Path) -> FetchOptions {
    let mut options = FetchOptions::new(cache);
    options.first_pause = Duration::from_millis(2);
    options.system_proxy = false;
    options.tries = 3;
    options.max_size = 1 << 20;
    options.timeouts.connect = Duration::from_millis(500);
    options.timeouts.stall = Duration::from_millis(150);
    options.timeouts.rate_window = Duration::from_millis(200);
    options
}

/// One case: what the server does, and the content or the message that must come of it, in which
/// `URL` stands for what was asked for.
struct Case {
    options: FetchOptions,
    url: Box<dyn Fn(&Server) -> String>,
    _cache: tempfile::TempDir,
}

fn case() -> Case {
    let cache = tempfile::tempdir().unwrap();
    Case { options: options(cache.path()), url: Box::new(|s| s.url("/x.rpm")), _cache: cache }
}

impl Case {
    fn with(mut self, change: impl FnOnce(&mut FetchOptions)) -> Self {
        change(&mut self.options);
        self
    }

    fn fetch(&self, server: &Server) -> Result<Vec<u8>, (String, RepoError)> {
        let url = (self.url)(server);
        let want = Want { location: Location::parse(&url).unwrap(), sha256: None };
        let begun = Instant::now();
        let result = Fetcher::new(self.options.clone()).fetch_all(&[want], &Silent).map_err(|f| f.error);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(5), "took {took:?}");
        match result {
            Ok(mut all) => {
                let mut bytes = Vec::new();
                all[0].file.read_to_end(&mut bytes).unwrap();
                Ok(bytes)
            }
            Err(error) => Err((error.to_string().replace(&url, "URL"), error)),
        }
    }

    /// The fetch fails with this message after this many requests.
    #[track_caller]
    fn fails(
        self,
        requests: usize,
        message: &str,
        script: impl Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) {
        let server = Server::start(script);
        let (text, error) = self.fetch(&server).expect_err("the fetch must fail");
        assert_eq!(text.replace(&server.port.to_string(), "PORT"), message);
        assert_eq!(server.requests().len(), requests, "requests");
        let diagnostic = toe_source::Diagnostic::from_error(&error);
        assert!(diagnostic.code.starts_with("toe::repo::"), "{diagnostic:?}");
        assert!(diagnostic.help.is_some_and(|help| help.len() > 10));
    }

    /// The fetch succeeds with `WHOLE` after this many requests.
    #[track_caller]
    fn succeeds(
        self,
        requests: usize,
        script: impl Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Vec<Request> {
        let server = Server::start(script);
        let bytes = self.fetch(&server).map_err(|(text, _)| text).unwrap();
        assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(WHOLE));
        let all = server.requests();
        assert_eq!(all.len(), requests, "requests");
        all
    }
}

/// The first half of the file, then whatever follows.
fn half(stream: &mut TcpStream) -> std::io::Result<()> {
    head(stream, "200 OK", &["ETag: \"v\""], WHOLE.len() as u64)?;
    stream.write_all(&WHOLE[..18])?;
    stream.flush()
}

fn rest(stream: &mut TcpStream, headers: &[&str]) -> std::io::Result<()> {
    let range = "Content-Range: bytes 18-35/36";
    let headers: Vec<&str> = headers.iter().copied().chain([range]).collect();
    answer(stream, "206 Partial Content", &headers, &WHOLE[18..])
}

fn redirect(stream: &mut TcpStream, target: &str) -> std::io::Result<()> {
    head(stream, "302 Found", &[&format!("Location: {target}")], 0)
}

#[test]
fn never_answers() {
    case().fails(3, "cannot fetch `URL`: no answer within 0.15 s (3 tries)", |_, _| {
        std::thread::sleep(Duration::from_millis(400));
        Ok(())
    });
}

#[test]
fn drips_its_header() {
    case().fails(3, "cannot fetch `URL`: no answer within 0.15 s (3 tries)", |_, stream| {
        for byte in b"HTTP/1.1 200 OK\r\n".repeat(20) {
            stream.write_all(&[byte])?;
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    });
}

#[test]
fn stalls_in_the_body() {
    case().fails(3, "cannot fetch `URL`: nothing more came within 0.15 s (3 tries)", |request, stream| {
        if request.number == 0 {
            half(stream)?;
        } else {
            head(stream, "206 Partial Content", &["Content-Range: bytes 18-35/36"], 18)?;
        }
        std::thread::sleep(Duration::from_millis(400));
        Ok(())
    });
}

#[test]
fn stalls_once_then_goes_on() {
    let requests = case().succeeds(2, |request, stream| {
        if request.number > 0 {
            return rest(stream, &["ETag: \"v\""]);
        }
        half(stream)?;
        std::thread::sleep(Duration::from_millis(400));
        Ok(())
    });
    assert_eq!(requests[1].header("range"), Some("bytes=18-"));
}

#[test]
fn drips_its_body() {
    case().fails(
        3,
        "cannot fetch `URL`: less than 1000 bytes a second came over 0.2 s (3 tries)",
        |_, stream| {
            head(stream, "200 OK", &[], 1000)?;
            for _ in 0..100 {
                stream.write_all(b"x")?;
                stream.flush()?;
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        },
    );
}

#[test]
fn takes_longer_than_is_allowed_in_all() {
    let limited = case().with(|o| {
        o.timeouts.total = Some(Duration::from_millis(100));
        o.timeouts.least_rate = 0;
        o.tries = 1;
    });
    limited.fails(1, "cannot fetch `URL`: it was not complete within 0.1 s", |_, stream| {
        head(stream, "200 OK", &[], 1000)?;
        for _ in 0..50 {
            stream.write_all(b"x")?;
            stream.flush()?;
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    });
}

#[test]
fn sends_less_than_announced() {
    case().fails(3, "cannot fetch `URL`: it ended after 20 of 36 bytes (3 tries)", |_, stream| {
        head(stream, "200 OK", &[], WHOLE.len() as u64)?;
        stream.write_all(&WHOLE[..20])
    });
}

#[test]
fn ends_in_the_middle_of_a_chunk() {
    case().fails(
        3,
        "cannot fetch `URL`: the connection broke: unexpected EOF during chunk size line (3 tries)",
        |_, stream| stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n"),
    );
}

#[test]
fn sends_without_end() {
    case().with(|o| o.max_size = 100_000).fails(
        1,
        "cannot fetch `URL`: it is larger than the limit of 100000 bytes",
        |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[0; 4096])?;
            }
        },
    );
}

#[test]
fn announces_more_than_is_allowed() {
    case().fails(1, "cannot fetch `URL`: it is larger than the limit of 1048576 bytes", |_, stream| {
        head(stream, "200 OK", &[], 1 << 50)
    });
}

#[test]
fn announces_a_length_that_is_no_number() {
    case().fails(
        1,
        "cannot fetch `URL`: the server's answer makes no sense: invalid content-length parsed",
        |_, stream| stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n01234"),
    );
}

#[test]
fn announces_two_lengths() {
    case().fails(
        1,
        "cannot fetch `URL`: the server's answer makes no sense: invalid content-length parsed",
        |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n01234")
        },
    );
}

#[test]
fn floods_with_headers() {
    case().fails(
        1,
        "cannot fetch `URL`: the server's answer makes no sense: message head is too large",
        |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            for i in 0..100_000 {
                stream.write_all(format!("X-{i}: {}\r\n", "x".repeat(100)).as_bytes())?;
            }
            Ok(())
        },
    );
}

#[test]
fn does_not_speak_http() {
    case().fails(
        1,
        "cannot fetch `URL`: the server's answer makes no sense: invalid HTTP version parsed",
        |_, stream| stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n"),
    );
}

#[test]
fn hangs_up_without_a_word() {
    case().fails(
        3,
        "cannot fetch `URL`: the connection broke: connection closed before message completed (3 tries)",
        |_, _| Ok(()),
    );
}

#[test]
fn resets_the_connection_and_recovers() {
    let requests = case().succeeds(2, |request, stream| {
        if request.number > 0 {
            return rest(stream, &["ETag: \"v\""]);
        }
        half(stream)?;
        // Give the client the time to read what came.
        std::thread::sleep(Duration::from_millis(50));
        reset(stream);
        stream.shutdown(std::net::Shutdown::Read)
    });
    assert_eq!(requests[1].header("if-range"), Some("\"v\""));
}

#[test]
fn is_busy_for_a_moment() {
    case().succeeds(3, |request, stream| match request.number {
        0 => head(stream, "503 Service Unavailable", &["Retry-After: 0"], 0),
        1 => head(stream, "429 Too Many Requests", &[], 0),
        _ => answer(stream, "200 OK", &[], WHOLE),
    });
}

#[test]
fn asks_to_wait_a_second_and_is_obeyed() {
    let begun = Instant::now();
    case().succeeds(2, |request, stream| match request.number {
        0 => head(stream, "503 Service Unavailable", &["Retry-After: 1"], 0),
        _ => answer(stream, "200 OK", &[], WHOLE),
    });
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[test]
fn asks_to_wait_an_hour() {
    case().fails(
        1,
        "cannot fetch `URL`: the server is busy (status 503) and asks to wait 3600 seconds",
        |_, stream| head(stream, "503 Service Unavailable", &["Retry-After: 3600"], 0),
    );
}

#[test]
fn fails_for_good() {
    case().fails(3, "cannot fetch `URL`: the server answered with status 500 (3 tries)", |_, stream| {
        head(stream, "500 Internal Server Error", &[], 0)
    });
}

#[test]
fn has_no_such_file() {
    case().fails(1, "cannot fetch `URL`: the server has no such file (status 404)", |_, stream| {
        answer(stream, "404 Not Found", &[], b"<h1>no</h1>")
    });
}

#[test]
fn does_not_allow_it() {
    case().fails(1, "cannot fetch `URL`: the server does not allow it (status 403)", |_, stream| {
        head(stream, "403 Forbidden", &[], 0)
    });
}

#[test]
fn answers_that_nothing_changed_although_nobody_asked() {
    case().fails(
        1,
        "cannot fetch `URL`: the server's answer makes no sense: status 304 where a file was asked for",
        |_, stream| head(stream, "304 Not Modified", &[], 0),
    );
}

#[test]
fn sends_a_part_although_nobody_asked() {
    case().fails(
        1,
        "cannot fetch `URL`: the server's answer makes no sense: a part (status 206) where the whole was asked for",
        |_, stream| rest(stream, &[]),
    );
}

#[test]
fn sends_another_part_than_asked_for() {
    let requests = case().succeeds(3, |request, stream| match request.number {
        0 => half(stream),
        1 => answer(
            stream,
            "206 Partial Content",
            &["ETag: \"v\"", "Content-Range: bytes 10-35/36"],
            &WHOLE[10..],
        ),
        _ => answer(stream, "200 OK", &[], WHOLE),
    });
    assert_eq!(requests[2].header("range"), None, "it begins anew");
}

#[test]
fn changes_the_file_between_two_parts() {
    let requests = case().succeeds(3, |request, stream| match request.number {
        0 => half(stream),
        1 => rest(stream, &["ETag: \"other\""]),
        _ => answer(stream, "200 OK", &["ETag: \"other\""], WHOLE),
    });
    assert_eq!(requests[2].header("range"), None);
}

#[test]
fn sends_the_whole_again_instead_of_the_rest() {
    case().succeeds(2, |request, stream| match request.number {
        0 => half(stream),
        _ => answer(stream, "200 OK", &["ETag: \"new\""], WHOLE),
    });
}

#[test]
fn refuses_the_rest() {
    case().succeeds(3, |request, stream| match request.number {
        0 => half(stream),
        1 => head(stream, "416 Range Not Satisfiable", &[], 0),
        _ => answer(stream, "200 OK", &[], WHOLE),
    });
}

#[test]
fn sends_a_rest_that_is_too_long() {
    let message =
        "cannot fetch `URL`: the server's answer makes no sense: more bytes than it announced (2 tries)";
    case().with(|o| o.tries = 2).fails(2, message, |request, stream| {
        if request.number == 0 {
            return half(stream);
        }
        let headers = ["ETag: \"v\"", "Content-Range: bytes 18-35/36"];
        answer(stream, "206 Partial Content", &headers, &[b'x'; 100])
    });
}

#[test]
fn resumes_into_the_wrong_content() {
    // The digest is known, so the mixture is found out and fetched whole.
    let server = Server::start(|request, stream| match request.number {
        0 => half(stream),
        1 => answer(
            stream,
            "206 Partial Content",
            &["ETag: \"v\"", "Content-Range: bytes 18-35/36"],
            &[b'x'; 18],
        ),
        _ => answer(stream, "200 OK", &[], WHOLE),
    });
    let case = case();
    let location = Location::parse(&server.url("/x.rpm")).unwrap();
    let want = Want { location, sha256: Some(toe_repo::Sha256Digest::of(WHOLE)) };
    let all = Fetcher::new(case.options.clone()).fetch_all(&[want], &Silent).unwrap();
    assert_eq!(all[0].sha256, toe_repo::Sha256Digest::of(WHOLE));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn redirects_for_ever() {
    case().fails(
        11,
        "cannot fetch `URL`: the server redirects to `http://127.0.0.1:PORT/again`, which is not followed: it is one \
         redirect too many (10 are followed)",
        |_, stream| redirect(stream, "/again"),
    );
}

#[test]
fn redirects_to_a_file_of_the_host() {
    case().fails(
        1,
        "cannot fetch `URL`: the server redirects to `file:///etc/passwd`, which is not followed: only http and https \
         are followed",
        |_, stream| redirect(stream, "file:///etc/passwd"),
    );
}

#[test]
fn redirects_to_nowhere() {
    case().fails(
        1,
        "cannot fetch `URL`: the server's answer makes no sense: it redirects without a usable Location",
        |_, stream| head(stream, "302 Found", &[], 0),
    );
}

#[test]
fn redirects_to_another_server_without_the_password() {
    let other = Server::start(|_, stream| answer(stream, "200 OK", &[], WHOLE));
    let target = other.url("/x.rpm");
    let mut case = case();
    case.url = Box::new(|server| format!("http://user:s3cret@127.0.0.1:{}/x.rpm", server.port));
    let requests = case.succeeds(2, move |request, stream| match request.number {
        0 => redirect(stream, "/moved"),
        _ => redirect(stream, &target),
    });
    assert!(requests.iter().all(|r| r.header("authorization") == Some("Basic dXNlcjpzM2NyZXQ=")));
    assert_eq!(other.requests().len(), 1);
    assert_eq!(other.requests()[0].header("authorization"), None);
}

#[test]
fn does_not_speak_tls() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            // Read until the client hangs up: a close before that would be a reset.
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
        }
    });
    let mut case = case();
    case.url = Box::new(move |_| format!("https://127.0.0.1:{port}/x.rpm"));
    let server = Server::start(|_, _| Ok(()));
    let (text, error) = case.fetch(&server).unwrap_err();
    // A machine without certificate authorities says so first.
    if !matches!(error, RepoError::NoAuthorities { .. }) {
        assert_eq!(text, "cannot fetch `URL`: no trusted connection: the server does not speak TLS");
    }
}

#[test]
fn is_not_there() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let mut case = case();
    case.url = Box::new(move |_| format!("http://127.0.0.1:{port}/x.rpm"));
    let server = Server::start(|_, _| Ok(()));
    let (text, _) = case.fetch(&server).unwrap_err();
    assert_eq!(text, format!("cannot fetch `URL`: 127.0.0.1:{port} refuses the connection"));
}

#[test]
fn has_a_name_that_nobody_knows() {
    let mut case = case();
    case.url = Box::new(|_| "http://no-such-host.invalid/x.rpm".to_owned());
    let server = Server::start(|_, _| Ok(()));
    let (text, _) = case.fetch(&server).unwrap_err();
    assert_eq!(text, "cannot fetch `URL`: the name no-such-host.invalid cannot be resolved");
}

#[test]
fn is_written_wrongly() {
    for (url, message) in [
        ("http://", "`URL` is not a URL that can be fetched: empty host"),
        ("http://a b/x", "`URL` is not a URL that can be fetched: invalid international domain name"),
        ("http://h:99999/x", "`URL` is not a URL that can be fetched: invalid port number"),
    ] {
        let mut case = case();
        case.url = Box::new(move |_| url.to_owned());
        let server = Server::start(|_, _| Ok(()));
        assert_eq!(case.fetch(&server).unwrap_err().0, message);
    }
}
