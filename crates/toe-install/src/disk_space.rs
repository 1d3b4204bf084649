//! Whether the new tree will fit, before its first byte is written.

use toe_root::Root;

use crate::InstallError;

/// What a tree will take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Need {
    /// Bytes, each file rounded up to blocks of 4096.
    pub bytes: u64,
    /// Inodes.
    pub inodes: u64,
}

impl Need {
    /// Adds one object with `size` bytes of content.
    pub fn add(&mut self, size: u64) {
        self.bytes = self.bytes.saturating_add(size.div_ceil(4096).saturating_mul(4096));
        self.inodes = self.inodes.saturating_add(1);
    }

    /// What an existing tree takes, hard links once.
    pub fn of_tree(root: &Root) -> Result<Need, InstallError> {
        let mut need = Need::default();
        let mut seen = std::collections::HashSet::new();
        for entry in root.walk() {
            let metadata = entry?.metadata;
            if metadata.nlink == 1 || metadata.is_dir() || seen.insert((metadata.dev, metadata.ino)) {
                need.bytes = need.bytes.saturating_add(metadata.blocks.saturating_mul(512));
                need.inodes = need.inodes.saturating_add(1);
            }
        }
        Ok(need)
    }

    /// Both together.
    pub fn plus(self, other: Need) -> Need {
        Need {
            bytes: self.bytes.saturating_add(other.bytes),
            inodes: self.inodes.saturating_add(other.inodes),
        }
    }

    /// Refuses when the file system of `parent` has not this much, and a twentieth, left.
    pub fn check(self, parent: &Root) -> Result<(), InstallError> {
        let shown = parent.host_path().display().to_string();
        let free = rustix::fs::fstatvfs(parent.fd()).map_err(|e| InstallError::host("look at", &shown, e))?;
        let blocks = if rustix::process::geteuid().is_root() { free.f_bfree } else { free.f_bavail };
        let have = blocks.saturating_mul(free.f_frsize);
        let bytes = self.bytes.saturating_add(self.bytes / 20);
        if bytes > have {
            return Err(InstallError::NoSpace { path: shown, what: "bytes", need: bytes, have });
        }
        let inodes = self.inodes.saturating_add(self.inodes / 20);
        // File systems that make inodes as they go say 0 (btrfs).
        if free.f_files != 0 && inodes > free.f_ffree {
            return Err(InstallError::NoSpace {
                path: shown,
                what: "inodes",
                need: inodes,
                have: free.f_ffree,
            });
        }
        Ok(())
    }
}
