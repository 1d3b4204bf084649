//! `Mknod`: devices and FIFOs below the SOCK's /dev.

use toe_plan::{DeviceKind, SockPath};
use toe_root::{Attributes, DeviceNumber, FileKind, NodeKind, Root};

use crate::InstallError;

/// Makes a node with mode 0666, owned by root. One of the same kind and numbers is kept and given
/// that mode and owner; anything else but a directory is replaced in one step. `time` is its mtime.
pub fn make_node(
    root: &Root,
    kind: DeviceKind,
    major: u32,
    minor: u32,
    path: &SockPath,
    time: i64,
) -> Result<(), InstallError> {
    let number = DeviceNumber { major, minor };
    let (node, file_kind, number) = match kind {
        DeviceKind::Character => (NodeKind::Character(number), FileKind::CharacterDevice, number),
        DeviceKind::Block => (NodeKind::Block(number), FileKind::BlockDevice, number),
        DeviceKind::Fifo => (NodeKind::Fifo, FileKind::Fifo, DeviceNumber::default()),
    };
    let path = path.as_str();
    if let Some((parent, _)) = path.rsplit_once('/') {
        root.mkdir_all(if parent.is_empty() { "/" } else { parent })?;
    }
    let (dir, name) = root.parent(path)?;
    let attributes = Attributes::new(0, 0, 0o666).at(time);
    if let Some(there) = dir.find(&name)?
        && there.kind == file_kind
        && there.device == number
    {
        if (there.uid, there.gid, there.mode) != (0, 0, 0o666) {
            dir.set_attributes(&name, &attributes)?;
        }
        return Ok(());
    }
    dir.replace(&name, |temporary| {
        dir.mknod(temporary, node, 0o666)?;
        dir.set_attributes(temporary, &attributes)
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use toe_root::{Ledger, Privilege};

    #[test]
    fn nodes_are_made_replaced_and_kept() {
        let scratch = tempfile::tempdir().unwrap();
        // With a ledger the test needs no privilege and the decisions are the same.
        let root = Root::open_with(scratch.path(), Privilege::Ledger, Ledger::default()).unwrap();
        let path = SockPath::parse("/dev/null").unwrap();
        make_node(&root, DeviceKind::Character, 1, 3, &path, 5).unwrap();
        let made = root.metadata("dev/null").unwrap();
        assert_eq!((made.kind, made.mode, made.device.minor), (FileKind::CharacterDevice, 0o666, 3));
        make_node(&root, DeviceKind::Character, 1, 3, &path, 5).unwrap();
        assert_eq!(root.metadata("dev/null").unwrap().ino, made.ino, "kept");
        make_node(&root, DeviceKind::Character, 1, 5, &path, 5).unwrap();
        assert_eq!(root.metadata("dev/null").unwrap().device.minor, 5);
        root.unlink("dev/null").unwrap();
        root.symlink(b"/etc/passwd", "dev/null").unwrap();
        make_node(&root, DeviceKind::Fifo, 0, 0, &path, 5).unwrap();
        assert_eq!(root.metadata("dev/null").unwrap().kind, FileKind::Fifo);
        root.mkdir("dev/dir", 0o755).unwrap();
        let dir = SockPath::parse("/dev/dir").unwrap();
        assert!(make_node(&root, DeviceKind::Block, 7, 0, &dir, 5).is_err());
        assert_eq!(
            root.names("dev").unwrap(),
            [b"dir".to_vec(), b"null".to_vec()],
            "nothing temporary stays"
        );
    }
}
