//! `Copy`: a file or tree of the host into the SOCK.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use sha2::{Digest, Sha256};
use toe_plan::{Attributes as Given, SockPath};
use toe_root::{Attributes, FileKind, Root};

use crate::file_step::make_parent;
use crate::sock_dir::shown;
use crate::{InstallError, disk_space::Need, owner};

/// What a `Copy` line will bring: its digest and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopySource {
    /// SHA-256 over names, kinds, modes, link texts and contents, in hexadecimal.
    pub sha256: String,
    /// What it will take.
    pub need: Need,
}

/// Reads what a `Copy` line copies. The source itself may be a link; those inside a tree stay links.
pub fn inspect(source: &str) -> Result<CopySource, InstallError> {
    let mut hash = Sha256::new();
    let mut need = Need::default();
    let metadata = fs::metadata(source).map_err(|e| InstallError::host("read", source, e))?;
    let mode = metadata.permissions().mode() & 0o7777;
    if metadata.is_file() {
        need.add(metadata.len());
        let mut file = File::open(source).map_err(|e| InstallError::host("open", source, e))?;
        entry(&mut hash, b"", 'f', mode);
        content(&mut hash, &mut file).map_err(|e| InstallError::host("read", source, e))?;
    } else if metadata.is_dir() {
        let tree = Root::open(Path::new(source))?;
        entry(&mut hash, b"", 'd', mode);
        for found in tree.walk() {
            let found = found?;
            need.add(found.metadata.size);
            match found.metadata.kind {
                FileKind::Directory => entry(&mut hash, &found.path, 'd', found.metadata.mode),
                FileKind::File => {
                    entry(&mut hash, &found.path, 'f', found.metadata.mode);
                    let mut file = found.node.open_read()?;
                    content(&mut hash, &mut file).map_err(|e| InstallError::host("read", source, e))?;
                }
                FileKind::Symlink => {
                    entry(&mut hash, &found.path, 'l', 0);
                    hash.update(found.node.read_link()?);
                }
                kind => return Err(not_copied(source, &found.path, kind)),
            }
        }
    } else {
        return Err(InstallError::CopyKind { path: source.to_owned(), kind: "special file" });
    }
    Ok(CopySource { sha256: hex::encode(hash.finalize()), need })
}

fn not_copied(source: &str, path: &[u8], kind: FileKind) -> InstallError {
    let path = format!("{source}{}", shown(Path::new(&*String::from_utf8_lossy(path))));
    InstallError::CopyKind { path, kind: kind.as_str() }
}

fn entry(hash: &mut Sha256, path: &[u8], kind: char, mode: u32) {
    hash.update((path.len() as u64).to_le_bytes());
    hash.update(path);
    hash.update([kind as u8]);
    hash.update(mode.to_le_bytes());
}

fn content(hash: &mut Sha256, file: &mut File) -> io::Result<()> {
    let mut inner = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            n => inner.update(buffer.get(..n).unwrap_or_default()),
        }
    }
    hash.update(inner.finalize());
    Ok(())
}

/// Copies. Modes are the source's, or MODE for every regular file; owners are root's, or USER:GROUP; times
/// are `time`, because those of a checkout differ from machine to machine.
pub fn copy(
    root: &Root,
    source: &str,
    dest: &SockPath,
    given: &Given,
    time: i64,
) -> Result<(), InstallError> {
    let (uid, gid) = owner::look_up(root, given.owner.as_ref())?;
    make_parent(root, dest)?;
    let metadata = fs::metadata(source).map_err(|e| InstallError::host("read", source, e))?;
    let mode = metadata.permissions().mode() & 0o7777;
    if metadata.is_file() {
        let mut file = File::open(source).map_err(|e| InstallError::host("open", source, e))?;
        let attributes = Attributes::new(uid, gid, given.mode.unwrap_or(mode)).at(time);
        return place_file(root, dest.as_str().as_bytes(), &mut file, &attributes);
    }
    let tree = Root::open(Path::new(source))?;
    let mut directories = vec![(dest.as_str().as_bytes().to_vec(), mode)];
    make_directory(root, dest.as_str().as_bytes())?;
    for found in tree.walk() {
        let found = found?;
        let path = [dest.as_str().trim_end_matches('/').as_bytes(), &found.path].concat();
        match found.metadata.kind {
            FileKind::Directory => {
                make_directory(root, &path)?;
                directories.push((path, found.metadata.mode));
            }
            FileKind::File => {
                let attributes =
                    Attributes::new(uid, gid, given.mode.unwrap_or(found.metadata.mode)).at(time);
                place_file(root, &path, &mut found.node.open_read()?, &attributes)?;
            }
            FileKind::Symlink => {
                let text = found.node.read_link()?;
                let (dir, name) = root.parent(&path)?;
                let attributes = Attributes::new(uid, gid, 0o777).at(time);
                dir.replace(&name, |temporary| {
                    dir.symlink(&text, temporary)?;
                    dir.set_attributes(temporary, &attributes)
                })?;
            }
            kind => return Err(not_copied(source, &found.path, kind)),
        }
    }
    for (path, mode) in directories.iter().rev() {
        root.set_attributes(path, &Attributes::new(uid, gid, *mode).at(time))?;
    }
    Ok(())
}

fn make_directory(root: &Root, path: &[u8]) -> Result<(), InstallError> {
    match root.mkdir(path, 0o700) {
        Err(e) if e.is_already_exists() && root.metadata(path)?.is_dir() => Ok(()),
        done => Ok(done?),
    }
}

fn place_file(
    root: &Root,
    path: &[u8],
    source: &mut File,
    attributes: &Attributes,
) -> Result<(), InstallError> {
    let (dir, name) = root.parent(path)?;
    let mut failed = None;
    let placed = dir.replace(&name, |temporary| {
        let mut file = dir.create_file(temporary)?;
        if let Err(e) = io::copy(source, &mut file).and_then(|_| file.flush()) {
            failed = Some(e);
            return dir.unlink(temporary);
        }
        dir.set_file_attributes(&file, temporary, attributes)
    });
    match failed {
        Some(e) => Err(InstallError::host("copy to the SOCK's", &String::from_utf8_lossy(path), e)),
        None => Ok(placed?),
    }
}
