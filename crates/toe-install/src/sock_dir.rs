//! Whether SOCK_DIR is a place where a SOCK may be built; asked before any write.

use std::fs;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat, openat2};
use rustix::io::Errno;
use toe_root::Root;

use crate::InstallError;

/// Directories that are the system's own, besides everything named `/lib*`.
const SYSTEM: &[&str] = &[
    "/", "/bin", "/boot", "/dev", "/etc", "/home", "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp",
    "/usr", "/var",
];

/// Where databases of rpm are, old and new.
const RPM_DATABASES: &[&str] = &[
    "var/lib/rpm/rpmdb.sqlite",
    "var/lib/rpm/Packages.db",
    "var/lib/rpm/Packages",
    "usr/lib/sysimage/rpm/rpmdb.sqlite",
    "usr/lib/sysimage/rpm/Packages.db",
    "usr/lib/sysimage/rpm/Packages",
];

/// A SOCK_DIR that was checked.
#[derive(Debug)]
pub struct SockDir {
    /// As it was given, for messages and links.
    given: PathBuf,
    /// The same place without links.
    real: PathBuf,
    name: String,
    state: SockState,
}

/// What stands at SOCK_DIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SockState {
    /// Nothing.
    Absent,
    /// An empty directory.
    Empty,
    /// A SOCK made by `toe`.
    Ours,
    /// A tree with an rpm database, or one that is to be adopted.
    Foreign,
}

impl SockDir {
    /// Checks a path. `adopt` accepts a directory with other content. Nothing is written.
    pub fn check(path: &Path, adopt: bool) -> Result<SockDir, InstallError> {
        let refuse = |why: String| Err(InstallError::SockDirRefused { path: shown(path), why });
        if !path.is_absolute() {
            return refuse("it is not an absolute path".to_owned());
        }
        if path.components().any(|c| c == Component::ParentDir) {
            return refuse("it has a `..` component".to_owned());
        }
        if path.as_os_str().as_bytes().iter().any(|b| *b < 0x20 || *b == 0x7f) {
            return refuse("it has a control character".to_owned());
        }
        let real = match resolve(path) {
            Ok(real) => real,
            Err(why) => return refuse(why),
        };
        let Some(name) = real.file_name().and_then(|n| n.to_str()).map(str::to_owned) else {
            return refuse("it is the root of this system, or its name is not UTF-8".to_owned());
        };
        // `.NAME.toe-stage.` and what follows must fit into a name as well.
        if name.len() > 200 {
            return refuse("its name is longer than 200 bytes".to_owned());
        }
        let system = system_directories();
        if let Ok(meta) = fs::metadata(&real)
            && let Some((_, which)) = system.iter().find(|(id, _)| *id == (meta.dev(), meta.ino()))
        {
            return refuse(format!("it is the system's directory {which}"));
        }
        if let Some((_, which)) = system.iter().find(|(_, which)| Path::new(which).starts_with(&real)) {
            return refuse(format!("it holds the system's directory {which}"));
        }
        if real.starts_with("/proc") || real.starts_with("/sys") {
            return refuse("it is inside a file system of the kernel".to_owned());
        }
        if let Some(mount) =
            mounts_inside(&real).map_err(|e| InstallError::host("read", "/proc/self/mountinfo", e))?
        {
            let mount = shown(&mount);
            return refuse(format!("{mount} is mounted there"));
        }
        let state = state_of(&real, path, adopt)?;
        Ok(SockDir { given: path.to_owned(), real, name, state })
    }

    /// SOCK_DIR as it was given.
    pub fn path(&self) -> &Path {
        &self.given
    }

    /// What stands there.
    pub fn state(&self) -> SockState {
        self.state
    }

    /// The last component.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The directory that holds SOCK_DIR, without links.
    pub fn parent(&self) -> &Path {
        self.real.parent().unwrap_or(Path::new("/"))
    }

    /// SOCK_DIR without links.
    pub fn real(&self) -> &Path {
        &self.real
    }

    /// Looks again at what stands there (a run that was waited for may have changed it).
    pub fn refresh(&mut self, adopt: bool) -> Result<(), InstallError> {
        self.state = state_of(&self.real, &self.given, adopt)?;
        Ok(())
    }
}

/// The path without links, where it exists; what is missing is appended. The error says what is wrong.
fn resolve(path: &Path) -> Result<PathBuf, String> {
    if let Err(e) = open_without_magic_links(path) {
        match e {
            Errno::LOOP => return Err("it leads through a link of /proc or a loop of links".to_owned()),
            Errno::NOENT if fs::symlink_metadata(path).is_ok() => {
                return Err("it is a link to nothing".to_owned());
            }
            Errno::NOENT => {}
            Errno::NOTDIR => return Err("it, or a directory above it, is not a directory".to_owned()),
            e => return Err(io::Error::from(e).to_string()),
        }
    }
    let mut missing = Vec::new();
    let mut existing = path;
    loop {
        match fs::canonicalize(existing) {
            Ok(mut real) => {
                if !missing.is_empty() && !real.is_dir() {
                    return Err("a part of it is not a directory".to_owned());
                }
                real.extend(missing.iter().rev());
                return Ok(real);
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                if fs::symlink_metadata(existing).is_ok() {
                    return Err(format!("{} is a link to nothing", shown(existing)));
                }
                let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
                    return Err("it cannot be resolved".to_owned());
                };
                missing.push(name.to_owned());
                existing = parent;
            }
            Err(e) => return Err(e.to_string()),
        }
    }
}

fn open_without_magic_links(path: &Path) -> Result<Option<OwnedFd>, Errno> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    match openat2(CWD, path, flags, Mode::empty(), ResolveFlags::NO_MAGICLINKS) {
        Ok(fd) => Ok(Some(fd)),
        // Without openat2 the checks by inode still stand.
        Err(Errno::NOSYS | Errno::PERM) => openat(CWD, path, flags, Mode::empty()).map(Some),
        Err(e) => Err(e),
    }
}

type Identity = (u64, u64);

fn system_directories() -> Vec<(Identity, String)> {
    let mut names: Vec<String> = SYSTEM.iter().map(|s| (*s).to_owned()).collect();
    if let Ok(entries) = fs::read_dir("/") {
        let mut libs: Vec<String> = entries
            .flatten()
            .filter_map(|e| e.file_name().into_string().ok())
            .filter(|n| n.starts_with("lib"))
            .map(|n| format!("/{n}"))
            .collect();
        libs.sort();
        names.extend(libs);
    }
    names.into_iter().filter_map(|n| fs::metadata(&n).ok().map(|m| ((m.dev(), m.ino()), n))).collect()
}

/// The first mount point at or below a directory.
fn mounts_inside(dir: &Path) -> io::Result<Option<PathBuf>> {
    let table = fs::read("/proc/self/mountinfo")?;
    Ok(table
        .split(|b| *b == b'\n')
        .filter_map(|line| line.split(|b| *b == b' ').nth(4))
        .map(|field| PathBuf::from(std::ffi::OsString::from_vec_lossless(unescape(field))))
        .find(|mount| mount.starts_with(dir)))
}

trait FromBytes {
    fn from_vec_lossless(bytes: Vec<u8>) -> Self;
}

impl FromBytes for std::ffi::OsString {
    fn from_vec_lossless(bytes: Vec<u8>) -> Self {
        std::os::unix::ffi::OsStringExt::from_vec(bytes)
    }
}

/// proc(5): space, tab, newline and backslash are written as three octal digits.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(field.len());
    let mut rest = field;
    while let [first, tail @ ..] = rest {
        if *first == b'\\'
            && let [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', after @ ..] = tail
        {
            out.push(((a - b'0') << 6) | ((b - b'0') << 3) | (c - b'0'));
            rest = after;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

fn state_of(real: &Path, given: &Path, adopt: bool) -> Result<SockState, InstallError> {
    let refuse = |why: &str| Err(InstallError::SockDirRefused { path: shown(given), why: why.to_owned() });
    match fs::symlink_metadata(real) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(SockState::Absent),
        Err(e) => return Err(InstallError::host("look at", &shown(real), e)),
        Ok(meta) if !meta.is_dir() => return refuse("it is not a directory"),
        Ok(_) => {}
    }
    let root = Root::open(real)?;
    if root.names("/")?.is_empty() {
        return Ok(SockState::Empty);
    }
    if root.find(crate::record::RECORD_PATH)?.is_some_and(|m| m.is_file()) {
        return Ok(SockState::Ours);
    }
    for database in RPM_DATABASES {
        if root.find(database).is_ok_and(|found| found.is_some()) {
            return Ok(SockState::Foreign);
        }
    }
    if adopt {
        return Ok(SockState::Foreign);
    }
    refuse("it is not empty, has no rpm database and was not made by toe (--adopt takes it over)")
}

pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy()
        .chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
        .collect()
}

/// A handle of the directory that holds SOCK_DIR.
pub(crate) fn open_directory(path: &Path) -> Result<OwnedFd, InstallError> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let fd = openat(CWD, path, flags, Mode::empty())
        .map_err(|e| InstallError::host("open the directory", &shown(path), e))?;
    let _ = fd.as_fd();
    Ok(fd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn why(path: impl AsRef<Path>) -> String {
        match SockDir::check(path.as_ref(), false) {
            Err(InstallError::SockDirRefused { why, .. }) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn system_places_are_refused() {
        assert_eq!(why("relative/dir"), "it is not an absolute path");
        assert_eq!(why("."), "it is not an absolute path");
        assert_eq!(why(""), "it is not an absolute path");
        assert_eq!(why("/var/../etc"), "it has a `..` component");
        for dir in ["/bin", "/etc", "/usr", "/var", "/lib", "/tmp", "//etc//", "/etc/."] {
            assert!(why(dir).starts_with("it is the system's directory"), "{dir}: {}", why(dir));
        }
        assert!(why("/proc/self/root").contains("link of /proc"));
        assert!(why("/proc/self/root/etc").contains("link of /proc"));
        assert!(why("/proc/nothing-here").contains("file system of the kernel"));
        assert!(!why("/").is_empty());
    }

    #[test]
    fn links_are_seen_through() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        symlink("/etc", at("etc")).unwrap();
        symlink("/", at("top")).unwrap();
        symlink("gone", at("dangling")).unwrap();
        fs::write(at("file"), "").unwrap();
        assert_eq!(why(at("etc")), "it is the system's directory /etc");
        assert!(why(at("top")).starts_with("it is the root"));
        assert_eq!(why(at("top/usr")), "it is the system's directory /usr");
        assert_eq!(why(at("dangling")), "it is a link to nothing");
        assert!(why(at("dangling/below")).ends_with("is a link to nothing"));
        assert!(why(at("file")).contains("not a directory"));
        assert!(why(at("file/below")).contains("not a directory"));
        fs::create_dir(at("real")).unwrap();
        symlink("real", at("link")).unwrap();
        let dir = SockDir::check(&at("link"), false).unwrap();
        assert_eq!(
            (dir.real(), dir.state()),
            (fs::canonicalize(at("real")).unwrap().as_path(), SockState::Empty)
        );
        assert_eq!(SockDir::check(&at("new/deep"), false).unwrap().state(), SockState::Absent);
    }

    #[test]
    fn foreign_content_is_kept() {
        let scratch = tempfile::tempdir().unwrap();
        let dir = scratch.path().join("d");
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join("letter"), "").unwrap();
        assert!(why(&dir).contains("--adopt"));
        assert_eq!(SockDir::check(&dir, true).unwrap().state(), SockState::Foreign);
        fs::create_dir_all(dir.join("var/lib/rpm")).unwrap();
        fs::write(dir.join("var/lib/rpm/rpmdb.sqlite"), "").unwrap();
        assert_eq!(SockDir::check(&dir, false).unwrap().state(), SockState::Foreign);
        fs::create_dir_all(dir.join("var/lib/toe")).unwrap();
        fs::write(dir.join("var/lib/toe/sock.json"), "{}").unwrap();
        assert_eq!(SockDir::check(&dir, false).unwrap().state(), SockState::Ours);
    }

    #[test]
    fn mount_points_are_unescaped() {
        assert_eq!(unescape(b"/a\\040b\\134c\\"), b"/a b\\c\\");
        let first = fs::read_to_string("/proc/self/mountinfo").unwrap();
        let a_mount =
            first.lines().filter_map(|l| l.split(' ').nth(4)).find(|m| *m != "/").map(PathBuf::from);
        if let Some(mount) = a_mount {
            assert!(mounts_inside(&mount).unwrap().is_some());
        }
    }
}
