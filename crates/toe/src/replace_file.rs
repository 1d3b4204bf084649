//! A file's content replaced at once: the old or the new, never a part.

use std::fs::Metadata;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

/// Gives the file at `path`, whose `metadata` are known, the content `text`. Mode and owner stay.
pub fn replace_file(path: &Path, metadata: &Metadata, text: &str) -> std::io::Result<()> {
    let directory = path.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".toe-").tempfile_in(directory)?;
    file.write_all(text.as_bytes())?;
    let made = file.as_file().metadata()?;
    if (made.uid(), made.gid()) != (metadata.uid(), metadata.gid()) {
        fchown(file.as_file(), Some(metadata.uid()), Some(metadata.gid()))?;
    }
    // After the owner: a change of owner takes the setuid bit.
    file.as_file().set_permissions(metadata.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn mode_and_owner_stay() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("nail");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o4751)).unwrap();
        let is_root = rustix::process::geteuid().is_root();
        if is_root {
            std::os::unix::fs::chown(&path, Some(4321), Some(1234)).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o4751)).unwrap();
        }
        let before = std::fs::metadata(&path).unwrap();
        replace_file(&path, &before, "new").unwrap();
        let after = std::fs::metadata(&path).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino());
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
    }
}
