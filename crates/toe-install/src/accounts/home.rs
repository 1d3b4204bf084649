//! A home directory made from /etc/skel.

use std::collections::HashMap;
use std::io;

use toe_root::{Attributes, Dir, FileKind, NodeKind, Root, RootError};

use super::{AccountError, NewUser, key_value};

/// GETDEF_DEFAULT_UMASK of shadow-utils.
const DEFAULT_UMASK: u32 = 0o022;

/// Makes the home if nothing is there: missing parents as root's, the directory with login.defs'
/// HOME_MODE (else 0777 without UMASK), the content of the skeleton with its modes and times, all of
/// it the user's.
pub(super) fn make_home(root: &Root, user: &NewUser<'_>, time: i64) -> Result<(), AccountError> {
    let home = user.home.as_str();
    if home == "/" || root.find(home)?.is_some() {
        return Ok(());
    }
    if let Some((parent, _)) = home.rsplit_once('/') {
        root.mkdir_all(if parent.is_empty() { "/" } else { parent })?;
    }
    let setting = |key| {
        key_value::value(root, "/etc/login.defs", key, ' ').map(|v| v.and_then(|v| key_value::mode(&v)))
    };
    let mode = match setting("HOME_MODE")? {
        Some(mode) => mode,
        None => 0o777 & !setting("UMASK")?.unwrap_or(DEFAULT_UMASK),
    };
    let skeleton = key_value::value(root, "/etc/default/useradd", "SKEL", '=')?
        .unwrap_or_else(|| "/etc/skel".to_owned());
    root.mkdir(home, 0o700)?;
    if let Ok(metadata) = root.metadata_through_links(&skeleton)
        && metadata.is_dir()
    {
        copy_skeleton(root, skeleton.as_bytes(), user)?;
    }
    root.set_attributes(home, &Attributes::new(user.uid.0, user.gid.0, mode).at(time))?;
    Ok(())
}

fn copy_skeleton(root: &Root, skeleton: &[u8], user: &NewUser<'_>) -> Result<(), RootError> {
    let mut linked: HashMap<(u64, u64), Vec<u8>> = HashMap::new();
    let mut pending = vec![(root.dir(skeleton)?, root.dir(user.home.as_str())?)];
    while let Some((from, to)) = pending.pop() {
        for name in from.names()? {
            copy_object(root, user, skeleton, &from, &to, &name, &mut linked)?;
            if let Ok(sub) = from.subdir(&name) {
                pending.push((sub, to.subdir(&name)?));
            }
        }
    }
    restore_directory_times(root, skeleton, user)
}

fn copy_object(
    root: &Root,
    user: &NewUser<'_>,
    skeleton: &[u8],
    from: &Dir,
    to: &Dir,
    name: &[u8],
    linked: &mut HashMap<(u64, u64), Vec<u8>>,
) -> Result<(), RootError> {
    let node = from.node(name)?;
    let metadata = node.metadata();
    if metadata.nlink > 1 && !metadata.is_dir() {
        let inode = (metadata.dev, metadata.ino);
        if let Some(first) = linked.get(&inode) {
            let (dir, first) = root.parent(first)?;
            return dir.hard_link(&first, to, name);
        }
        linked.insert(inode, [to.path(), b"/", name].concat());
    }
    let attributes = Attributes {
        xattrs: node.xattrs()?,
        mtime: Some((metadata.mtime, metadata.mtime_nsec)),
        ..Attributes::new(user.uid.0, user.gid.0, metadata.mode)
    };
    match metadata.kind {
        FileKind::File => {
            let mut file = to.create_file(name)?;
            let copied = node.open_read().map(|mut source| io::copy(&mut source, &mut file))?;
            copied.map_err(|source| RootError::System {
                action: "copy to",
                path: user.home.as_str().to_owned(),
                source,
            })?;
            return to.set_file_attributes(&file, name, &attributes);
        }
        FileKind::Directory => to.mkdir(name, 0o700)?,
        FileKind::Symlink => {
            // A link into the skeleton becomes one into the home.
            let text = node.read_link()?;
            let text = match text.strip_prefix(skeleton) {
                Some(rest) => [user.home.as_str().as_bytes(), rest].concat(),
                None => text,
            };
            to.symlink(&text, name)?;
        }
        FileKind::CharacterDevice => to.mknod(name, NodeKind::Character(metadata.device), 0)?,
        FileKind::BlockDevice => to.mknod(name, NodeKind::Block(metadata.device), 0)?,
        FileKind::Fifo => to.mknod(name, NodeKind::Fifo, 0)?,
        FileKind::Socket => to.mknod(name, NodeKind::Socket, 0)?,
    }
    to.set_attributes(name, &attributes)
}

/// Filling a directory changed its time.
fn restore_directory_times(root: &Root, skeleton: &[u8], user: &NewUser<'_>) -> Result<(), RootError> {
    let mut pending = vec![(root.dir(skeleton)?, root.dir(user.home.as_str())?)];
    while let Some((from, to)) = pending.pop() {
        for name in from.names()? {
            let Ok(sub) = from.subdir(&name) else { continue };
            let metadata = sub.itself()?.metadata();
            let time =
                Attributes { mtime: Some((metadata.mtime, metadata.mtime_nsec)), ..Attributes::default() };
            to.set_attributes(&name, &time)?;
            pending.push((sub, to.subdir(&name)?));
        }
    }
    Ok(())
}
