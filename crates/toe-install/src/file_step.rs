//! `Write`, `Dir` and `Link`: what a foot puts into the SOCK itself.

use toe_plan::{Attributes as Given, SockPath};
use toe_root::{Attributes, Root};

use crate::{InstallError, owner};

/// The directory above a path, made where it is missing.
pub(crate) fn make_parent(root: &Root, path: &SockPath) -> Result<(), InstallError> {
    if let Some((parent, _)) = path.as_str().rsplit_once('/') {
        root.mkdir_all(if parent.is_empty() { "/" } else { parent })?;
    }
    Ok(())
}

/// Writes a file, replacing what stands there in one step; 0644 and root's unless said otherwise.
pub fn write(
    root: &Root,
    dest: &SockPath,
    given: &Given,
    content: &str,
    time: i64,
) -> Result<(), InstallError> {
    let (uid, gid) = owner::look_up(root, given.owner.as_ref())?;
    make_parent(root, dest)?;
    let attributes = Attributes::new(uid, gid, given.mode.unwrap_or(0o644)).at(time);
    Ok(root.write_file_atomically(dest.as_str(), content.as_bytes(), &attributes)?)
}

/// Makes a directory, or sets mode and owner of one that is there; 0755 and root's unless said otherwise.
pub fn directory(root: &Root, path: &SockPath, given: &Given, time: i64) -> Result<(), InstallError> {
    let (uid, gid) = owner::look_up(root, given.owner.as_ref())?;
    let there = match path.as_str() {
        "/" => true,
        path => root.find(path)?.is_some_and(|m| m.is_dir()),
    };
    if !there {
        make_parent(root, path)?;
        root.mkdir(path.as_str(), 0o700)?;
        let attributes = Attributes::new(uid, gid, given.mode.unwrap_or(0o755)).at(time);
        return Ok(root.set_attributes(path.as_str(), &attributes)?);
    }
    let attributes = Attributes {
        owner: given.owner.is_some().then_some((uid, gid)),
        mode: given.mode,
        ..Attributes::default()
    };
    Ok(root.set_attributes(path.as_str(), &attributes)?)
}

/// Makes a symbolic link, replacing a file or link in one step.
pub fn link(root: &Root, target: &str, path: &SockPath, time: i64) -> Result<(), InstallError> {
    make_parent(root, path)?;
    let (dir, name) = root.parent(path.as_str())?;
    let attributes = Attributes { owner: Some((0, 0)), mtime: Some((time, 0)), ..Attributes::default() };
    dir.replace(&name, |temporary| {
        dir.symlink(target.as_bytes(), temporary)?;
        dir.set_attributes(temporary, &attributes)
    })?;
    Ok(())
}
