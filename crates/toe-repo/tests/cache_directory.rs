//! A cache that cannot be written to.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod scripted_server;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use scripted_server::{Server, answer};
use toe_plan::Location;
use toe_repo::{FetchOptions, Fetcher, RepoError, Want};
use toe_source::Silent;

/// A small file system of its own; gone with the value.
struct Tmpfs(tempfile::TempDir);

impl Tmpfs {
    /// `None`, said loudly, where mounting is not allowed.
    fn mount(options: &str) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "toe-test"]).arg(place.path());
        let mounted = mount.output().is_ok_and(|o| o.status.success());
        if !mounted {
            let required = std::env::var_os("TOE_ORACLES").is_some_and(|v| v == "required");
            assert!(!required, "TOE_ORACLES=required, but mounting a tmpfs is not allowed here");
            eprintln!("SKIPPED: mounting a tmpfs needs root");
            return None;
        }
        Some(Tmpfs(place))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

fn fetch(cache: PathBuf, url: &str) -> RepoError {
    let want = Want { location: Location::parse(url).unwrap(), sha256: None };
    let options = FetchOptions { system_proxy: false, ..FetchOptions::new(cache) };
    Fetcher::new(options).fetch_all(&[want], &Silent).expect_err("the cache cannot be written to").error
}

fn whole(error: &RepoError) -> String {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    format!("{error}: {cause}")
}

#[test]
fn no_space_is_left() {
    let Some(small) = Tmpfs::mount("size=64k") else { return };
    let server = Server::start(|_, stream| answer(stream, "200 OK", &[], &vec![7; 1 << 20]));
    let url = server.url("/x.rpm");
    let error = fetch(small.path().to_owned(), &url);
    assert_eq!(
        whole(&error),
        format!(
            "cannot keep `{url}`: no space is left in the cache `{}`: No space left on device (os error 28)",
            small.path().display()
        )
    );
}

#[test]
fn it_is_read_only() {
    let Some(small) = Tmpfs::mount("size=64k,ro") else { return };
    let server = Server::start(|_, stream| answer(stream, "200 OK", &[], b"content"));
    let error = fetch(small.path().to_owned(), &server.url("/x.rpm"));
    assert_eq!(
        whole(&error),
        format!(
            "cannot make the directory `{}` of the cache: Read-only file system (os error 30)",
            small.path().join("partial").display()
        )
    );
    assert!(server.requests().is_empty(), "it is found before anything is fetched");
}

#[test]
fn it_is_a_file() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("cache");
    fs::write(&file, "").unwrap();
    let server = Server::start(|_, stream| answer(stream, "200 OK", &[], b"content"));
    let error = fetch(file.clone(), &server.url("/x.rpm"));
    assert_eq!(
        whole(&error),
        format!("cannot read `{}` of the cache: Not a directory (os error 20)", index_of(&error).display())
    );
    assert!(index_of(&error).starts_with(&file));
}

fn index_of(error: &RepoError) -> &Path {
    match error {
        RepoError::Cache { path, .. } => path,
        other => panic!("{other}"),
    }
}
