//! `Symlink`: links of the host that lead into the SOCK.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use toe_plan::SockPath;

use crate::InstallError;

/// What is to be done for one `Symlink` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostLink {
    /// It is right already.
    Right,
    /// Nothing is there.
    Make {
        /// The link.
        link: PathBuf,
        /// Its text.
        text: PathBuf,
    },
    /// A link of ours to another place in the same SOCK is there.
    Replace {
        /// The link.
        link: PathBuf,
        /// Its text.
        text: PathBuf,
    },
}

/// Decides, without writing, what a `Symlink` line needs. What is neither absent nor a link into
/// this SOCK is refused.
pub fn decide(link: &str, target: &SockPath, sock_dir: &Path) -> Result<HostLink, InstallError> {
    let text = match target.relative() {
        "." => sock_dir.to_owned(),
        relative => sock_dir.join(relative),
    };
    let taken = |why: String| Err(InstallError::HostLinkTaken { link: link.to_owned(), why });
    let link_path = Path::new(link.trim_end_matches('/'));
    if link_path.as_os_str().is_empty() {
        return taken("it is the root of this system".to_owned());
    }
    if link_path.starts_with(sock_dir) {
        return taken("it is inside the SOCK".to_owned());
    }
    match fs::symlink_metadata(link_path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            match link_path.parent().map(fs::metadata) {
                Some(Ok(meta)) if meta.is_dir() => {}
                _ => return taken("the directory for it does not exist".to_owned()),
            }
            Ok(HostLink::Make { link: link_path.to_owned(), text })
        }
        Err(e) => Err(InstallError::host("look at", link, e)),
        Ok(meta) if meta.is_symlink() => {
            let now = fs::read_link(link_path).map_err(|e| InstallError::host("read the link", link, e))?;
            if now == text {
                Ok(HostLink::Right)
            } else if now.starts_with(sock_dir) {
                Ok(HostLink::Replace { link: link_path.to_owned(), text })
            } else {
                taken(format!("it is a link to {}", crate::sock_dir::shown(&now)))
            }
        }
        Ok(meta) => taken(format!("a {} is there", if meta.is_dir() { "directory" } else { "file" })),
    }
}

impl HostLink {
    /// Makes the link. Something that came into being since [`decide`] is not replaced.
    pub fn make(&self) -> Result<(), InstallError> {
        match self {
            HostLink::Right => Ok(()),
            HostLink::Make { link, text } => symlink(text, link)
                .map_err(|e| InstallError::host("make the link", &crate::sock_dir::shown(link), e)),
            HostLink::Replace { link, text } => {
                let shown = crate::sock_dir::shown(link);
                let failed = |e| InstallError::host("make the link", &shown, e);
                let mut name = link.file_name().unwrap_or_default().to_owned();
                name.push(format!(".toe-new-{:x}", std::process::id()));
                let temporary = link.with_file_name(name);
                symlink(text, &temporary).map_err(failed)?;
                fs::rename(&temporary, link)
                    .inspect_err(|_| drop(fs::remove_file(&temporary)))
                    .map_err(failed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_absent_or_ours_is_written() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
        let sock = scratch.path().join("sock");
        let target = SockPath::parse("/var/test").unwrap();
        let link = at("link");
        decide(&link, &target, &sock).unwrap().make().unwrap();
        assert_eq!(fs::read_link(&link).unwrap(), sock.join("var/test"));
        assert_eq!(decide(&link, &target, &sock).unwrap(), HostLink::Right);
        let other = SockPath::parse("/var/other").unwrap();
        decide(&link, &other, &sock).unwrap().make().unwrap();
        assert_eq!(fs::read_link(&link).unwrap(), sock.join("var/other"));
        fs::write(at("file"), "mine").unwrap();
        fs::create_dir(at("dir")).unwrap();
        symlink("/etc", at("foreign")).unwrap();
        symlink(at("sock-too"), at("near")).unwrap();
        for name in ["file", "dir", "foreign", "near", "missing/link", "sock/inside"] {
            let refused = decide(&at(name), &target, &sock);
            assert!(matches!(refused, Err(InstallError::HostLinkTaken { .. })), "{name}: {refused:?}");
        }
        let late = decide(&at("late"), &target, &sock).unwrap();
        fs::write(at("late"), "mine").unwrap();
        assert!(late.make().is_err());
        assert_eq!(fs::read_to_string(at("late")).unwrap(), "mine");
    }
}
