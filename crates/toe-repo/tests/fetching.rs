//! What fetching does when all is well: order, cache, revalidation, resuming, files of the host.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod scripted_server;

use std::{fs, io::Read, path::Path, time::Duration};

use scripted_server::{Request, Server, answer, head};
use toe_plan::Location;
use toe_repo::{FetchOptions, Fetched, Fetcher, RepoError, Sha256Digest, Want};
use toe_source::Silent;

fn options(cache: &Path) -> FetchOptions {
    let mut options = FetchOptions::new(cache);
    options.first_pause = Duration::from_millis(5);
    options.system_proxy = false;
    options
}

fn want(location: &str) -> Want {
    Want { location: Location::parse(location).unwrap(), sha256: None }
}

fn fetch(options: FetchOptions, location: &str) -> Result<Fetched, RepoError> {
    Ok(Fetcher::new(options).fetch_all(&[want(location)], &Silent)?.remove(0))
}

fn content(fetched: &mut Fetched) -> Vec<u8> {
    let mut bytes = Vec::new();
    fetched.file.read_to_end(&mut bytes).unwrap();
    bytes
}

/// A body whose bytes tell their place.
fn body(length: usize) -> Vec<u8> {
    (0..length).map(|i| (i * 7 + i / 251) as u8).collect()
}

fn from(request: &Request) -> Option<usize> {
    request.header("range")?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}

#[test]
fn files_come_in_the_order_asked_and_once_each() {
    let server = Server::start(|request, stream| {
        let n: u64 = request.target[1..].parse().unwrap();
        // The first asked is the last to be answered.
        std::thread::sleep(Duration::from_millis(60 - 10 * n));
        answer(stream, "200 OK", &[], request.target.as_bytes())
    });
    let cache = tempfile::tempdir().unwrap();
    let places = ["/0", "/1", "/2", "/1", "/3", "/0", "/4"];
    let wants: Vec<_> = places.iter().map(|p| want(&server.url(p))).collect();
    let mut all = Fetcher::new(options(cache.path())).fetch_all(&wants, &Silent).unwrap();
    let got: Vec<_> = all.iter_mut().map(|f| String::from_utf8(content(f)).unwrap()).collect();
    assert_eq!(got, places);
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn the_second_run_asks_whether_it_changed() {
    let server = Server::start(|request, stream| {
        if request.header("if-none-match") == Some("\"one\"") {
            return head(stream, "304 Not Modified", &[], 0);
        }
        answer(stream, "200 OK", &["ETag: \"one\""], b"content")
    });
    let cache = tempfile::tempdir().unwrap();
    let first = fetch(options(cache.path()), &server.url("/a")).unwrap();
    let mut second = fetch(options(cache.path()), &server.url("/a")).unwrap();
    assert_eq!((first.from_cache, second.from_cache), (false, true));
    assert_eq!(content(&mut second), b"content");
    assert_eq!(second.sha256, Sha256Digest::of(b"content"));
    assert_eq!(server.requests().len(), 2);
    assert_eq!(fs::read_dir(cache.path().join("partial")).unwrap().count(), 0);
}

#[test]
fn a_date_serves_where_there_is_no_etag_and_a_change_is_fetched() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let server = Server::start(move |request, stream| match request.number {
        0 => answer(stream, "200 OK", &[&format!("Last-Modified: {date}")], b"old"),
        _ => answer(stream, "200 OK", &[], request.header("if-modified-since").unwrap_or("-").as_bytes()),
    });
    let cache = tempfile::tempdir().unwrap();
    fetch(options(cache.path()), &server.url("/a")).unwrap();
    let mut second = fetch(options(cache.path()), &server.url("/a")).unwrap();
    assert_eq!(content(&mut second), date.as_bytes());
    assert!(!second.from_cache);
}

#[test]
fn offline_uses_the_cache_only() {
    let server = Server::start(|_, stream| answer(stream, "200 OK", &[], b"content"));
    let cache = tempfile::tempdir().unwrap();
    fetch(options(cache.path()), &server.url("/a")).unwrap();
    let offline = FetchOptions { offline: true, ..options(cache.path()) };
    let mut cached = fetch(offline.clone(), &server.url("/a")).unwrap();
    assert_eq!(content(&mut cached), b"content");
    let error = fetch(offline, &server.url("/b?token=x")).unwrap_err();
    let expected = format!(
        "`{}?***` is not in the cache `{}`, and this run is offline",
        server.url("/b"),
        cache.path().display()
    );
    assert_eq!(error.to_string(), expected);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_known_digest_needs_no_server_and_a_damaged_object_is_fetched_again() {
    let server = Server::start(|_, stream| answer(stream, "200 OK", &[], b"content"));
    let cache = tempfile::tempdir().unwrap();
    let first = fetch(options(cache.path()), &server.url("/a")).unwrap();
    let known = Want { sha256: Some(first.sha256), ..want(&server.url("/elsewhere")) };
    let fetcher = Fetcher::new(options(cache.path()));
    assert!(fetcher.fetch_all(std::slice::from_ref(&known), &Silent).unwrap()[0].from_cache);
    assert_eq!(server.requests().len(), 1);
    fs::write(&first.path, b"c0ntent").unwrap();
    let mut again = fetcher.fetch_all(&[known], &Silent).unwrap().remove(0);
    assert!(!again.from_cache);
    assert_eq!(content(&mut again), b"content");
}

#[test]
fn a_cut_download_goes_on_where_it_stopped() {
    let whole = body(300_000);
    let server = Server::start({
        let whole = whole.clone();
        move |request, stream| match from(request) {
            None => {
                head(stream, "200 OK", &["ETag: \"v\""], whole.len() as u64)?;
                std::io::Write::write_all(stream, &whole[..100_000])
            }
            Some(at) => {
                let range = format!("Content-Range: bytes {at}-{}/{}", whole.len() - 1, whole.len());
                answer(stream, "206 Partial Content", &["ETag: \"v\"", &range], &whole[at..])
            }
        }
    });
    let cache = tempfile::tempdir().unwrap();
    let mut fetched = fetch(options(cache.path()), &server.url("/a")).unwrap();
    assert_eq!(content(&mut fetched), whole);
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].header("if-range"), Some("\"v\""));
    assert_eq!(requests[1].header("range"), Some("bytes=100000-"));
}

#[test]
fn the_next_run_goes_on_where_the_last_one_failed() {
    let whole = body(50_000);
    let server = Server::start({
        let whole = whole.clone();
        move |request, stream| match from(request) {
            None => {
                head(stream, "200 OK", &["ETag: \"v\""], whole.len() as u64)?;
                std::io::Write::write_all(stream, &whole[..20_000])
            }
            Some(at) => {
                let range = format!("Content-Range: bytes {at}-{}/{}", whole.len() - 1, whole.len());
                answer(stream, "206 Partial Content", &[&range], &whole[at..])
            }
        }
    });
    let cache = tempfile::tempdir().unwrap();
    let once = FetchOptions { tries: 1, ..options(cache.path()) };
    let error = fetch(once.clone(), &server.url("/a")).unwrap_err();
    assert!(matches!(error, RepoError::Truncated { have: 20_000, want: 50_000, .. }), "{error}");
    let mut fetched = fetch(once, &server.url("/a")).unwrap();
    assert_eq!(content(&mut fetched), whole);
    assert_eq!(server.requests()[1].header("range"), Some("bytes=20000-"));
}

#[test]
fn two_runs_share_a_cache_at_the_same_time() {
    let whole = body(200_000);
    let server = Server::start({
        let whole = whole.clone();
        move |_, stream| {
            std::thread::sleep(Duration::from_millis(30));
            answer(stream, "200 OK", &["ETag: \"v\""], &whole)
        }
    });
    let cache = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| content(&mut fetch(options(cache.path()), &server.url("/a")).unwrap())))
            .collect();
        for run in runs {
            assert_eq!(run.join().unwrap(), whole);
        }
    });
    assert_eq!(fs::read_dir(cache.path().join("partial")).unwrap().count(), 0);
}

#[test]
fn files_of_the_host_are_used_in_place() {
    let cache = tempfile::tempdir().unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a b.rpm");
    fs::write(&path, b"content").unwrap();
    for location in [path.display().to_string(), format!("file://{}", path.display())] {
        let mut fetched = fetch(options(cache.path()), &location).unwrap();
        assert_eq!(fetched.path, path);
        assert_eq!(fetched.size, 7);
        // Put another file in its place: what was hashed is what is read.
        fs::write(place.path().join("new"), b"CONTENT").unwrap();
        fs::rename(place.path().join("new"), &path).unwrap();
        assert_eq!(content(&mut fetched), b"content");
        fs::write(&path, b"content").unwrap();
    }
    let message = |location: &str| fetch(options(cache.path()), location).unwrap_err().to_string();
    let missing = place.path().join("missing.rpm").display().to_string();
    assert_eq!(message(&missing), format!("cannot open `{missing}`: there is no such file"));
    let directory = place.path().display().to_string();
    assert_eq!(message(&directory), format!("`{directory}` is a directory, not a file"));
    let fifo = place.path().join("fifo");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &fifo,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    assert_eq!(message(&fifo.display().to_string()), format!("`{}` is a FIFO, not a file", fifo.display()));
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0, "nothing is copied into the cache");
}

#[test]
fn a_wrong_digest_is_refused_wherever_it_comes_from() {
    let server = Server::start(|_, stream| answer(stream, "200 OK", &[], b"content"));
    let cache = tempfile::tempdir().unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("x.rpm");
    fs::write(&path, b"content").unwrap();
    for location in [server.url("/x.rpm"), path.display().to_string()] {
        let wrong = Want { sha256: Some(Sha256Digest::of(b"other")), ..want(&location) };
        let fetcher = Fetcher::new(options(cache.path()));
        let error = fetcher.fetch_all(&[wrong], &Silent).unwrap_err().error;
        assert_eq!(
            error.to_string(),
            format!(
                "`{location}` has the SHA-256 {}, expected was {}",
                Sha256Digest::of(b"content"),
                Sha256Digest::of(b"other")
            )
        );
    }
}

#[test]
fn no_secret_of_a_url_is_kept_or_told() {
    let server = Server::start(|request, stream| {
        if request.header("authorization") != Some("Basic dXNlcjpzM2NyZXQ=") {
            return head(stream, "401 Unauthorized", &[], 0);
        }
        if request.target.starts_with("/missing") {
            return head(stream, "404 Not Found", &[], 0);
        }
        answer(stream, "200 OK", &["ETag: \"v\""], b"content")
    });
    let cache = tempfile::tempdir().unwrap();
    let at = |path: &str| format!("http://user:s3cret@127.0.0.1:{}{path}?token=s3cret", server.port);
    fetch(options(cache.path()), &at("/a")).unwrap();
    let error = fetch(options(cache.path()), &at("/missing")).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "cannot fetch `http://***@127.0.0.1:{}/missing?***`: the server has no such file (status 404)",
            server.port
        )
    );
    let mut looked_at = 0;
    for entry in walk(cache.path()) {
        let text = fs::read(&entry).unwrap();
        assert!(!String::from_utf8_lossy(&text).contains("s3cret"), "{}", entry.display());
        assert!(!entry.display().to_string().contains("s3cret"));
        looked_at += 1;
    }
    assert!(looked_at >= 2, "an object and an index entry");
}

fn walk(directory: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
