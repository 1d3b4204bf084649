//! The built-in example: a foot from TOENAILS, and the two packages it names, made on the spot.

use std::path::{Path, PathBuf};

use toe_rpm::build::{BuildError, Entry, PackageSpec};

/// The foot that `toe run` builds when none is given.
const FOOT: &str = include_str!("../../../TOENAILS/sleepd.foot");
/// The nail that it includes.
const DEVICES: &str = include_str!("../../../TOENAILS/standard-devs");

/// The daemon, built by this crate's build script.
#[cfg(has_sleepd)]
const SLEEPD: Option<&[u8]> = Some(include_bytes!(concat!(env!("OUT_DIR"), "/sleepd")));
#[cfg(not(has_sleepd))]
const SLEEPD: Option<&[u8]> = None;

/// 2024-01-01: a fixed time, so that the packages are the same bytes everywhere.
const BUILD_TIME: u32 = 1_704_067_200;

/// Why the example could not be laid out.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum DemoError {
    /// No machine code for this processor.
    #[error("the example daemon could not be built for this machine ({})", std::env::consts::ARCH)]
    #[diagnostic(code(toe::demo::no_daemon), help("give a foot: toe run FOOT (see TOENAILS for some)"))]
    NoDaemon,
    /// A file could not be written.
    #[error("cannot write the example's {}", path.display())]
    #[diagnostic(code(toe::demo::write), help("run in a directory that you may write to"))]
    Write {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A package could not be made.
    #[error("cannot make the example's packages")]
    #[diagnostic(code(toe::demo::package), help("see the cause above"))]
    Package(#[source] BuildError),
}

/// Where the parts of the example are.
#[derive(Debug)]
pub struct Demo {
    /// `./toe-demo`, absolute.
    pub dir: PathBuf,
    /// The foot.
    pub foot: PathBuf,
    /// What the foot expects to be told, as `-D` would.
    pub defines: Vec<(String, String)>,
}

/// Writes foot, nails, repository file and packages below `dir`.
pub fn lay_out(dir: &Path) -> Result<Demo, DemoError> {
    let daemon = SLEEPD.ok_or(DemoError::NoDaemon)?;
    let packages = dir.join("packages");
    for directory in [&packages, &dir.join("nails"), &dir.join("links")] {
        std::fs::create_dir_all(directory)
            .map_err(|source| DemoError::Write { path: directory.clone(), source })?;
    }
    let foot = dir.join("nails/sleepd.foot");
    let repo_file = dir.join("toe-demo.repo");
    write(&foot, FOOT)?;
    write(&dir.join("nails/standard-devs"), DEVICES)?;
    let url = packages.display().to_string();
    write(
        &repo_file,
        &format!("[toe-demo]\nname=Packages made by toe run\nbaseurl=file://{url}\ngpgcheck=0\n"),
    )?;
    make_packages(&packages, daemon).map_err(DemoError::Package)?;
    let define = |name: &str, value: String| (name.to_owned(), value);
    let defines = vec![
        define("REPO_FILE", repo_file.display().to_string()),
        define("MREPO_URL", url),
        define("SOCK_DIR", dir.join("sock").display().to_string()),
        define("LINK_DIR", dir.join("links").display().to_string()),
    ];
    Ok(Demo { dir: dir.to_owned(), foot, defines })
}

fn make_packages(dir: &Path, daemon: &[u8]) -> Result<(), BuildError> {
    let filesystem = [
        Entry::dir("/dev"),
        Entry::dir("/etc"),
        Entry::file("/etc/passwd", "root:x:0:0:root:/:/sbin/nologin\n"),
        Entry::file("/etc/group", "root:x:0:\n"),
        Entry::file("/etc/shadow", "root:*:19723::::::\n").mode(0o600),
        Entry::file("/etc/gshadow", "root:*::\n").mode(0o600),
        Entry::dir("/usr/sbin"),
        Entry::symlink("/sbin", "usr/sbin"),
        Entry::dir("/var/lib"),
        Entry::dir("/tmp").mode(0o1777),
    ];
    PackageSpec::new("sock-filesystem", "1.0", "1", "noarch")
        .summary("The directories and accounts of a small SOCK")
        .license("MIT OR Apache-2.0")
        .build_time(BUILD_TIME)
        .build_into(dir, filesystem.map(|entry| entry.mtime(BUILD_TIME.into())))?;
    let sleepd = [Entry::file("/usr/sbin/sleepd", daemon).mode(0o755)];
    PackageSpec::new("sleepd", "1.0", "1", std::env::consts::ARCH)
        .summary("A daemon that sleeps")
        .license("MIT OR Apache-2.0")
        .build_time(BUILD_TIME)
        .build_into(dir, sleepd.map(|entry| entry.mtime(BUILD_TIME.into())))?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), DemoError> {
    std::fs::write(path, text).map_err(|source| DemoError::Write { path: path.to_owned(), source })
}
