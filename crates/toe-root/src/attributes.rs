//! Owner, mode, capabilities and times as one change.

/// An extended attribute: its name and its value.
pub type Xattr = (Vec<u8>, Vec<u8>);

/// What to set on an object; what is `None` stays. The order on the disk is owner, mode, extended
/// attributes, times, because chown(2) clears set-id bits and capabilities.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes {
    /// Owner and group.
    pub owner: Option<(u32, u32)>,
    /// Permission bits, 0 to 07777. Symbolic links have none: ignored there.
    pub mode: Option<u32>,
    /// Value of `security.capability`, regular files only.
    pub capability: Option<Vec<u8>>,
    /// Other extended attributes, by name.
    pub xattrs: Vec<Xattr>,
    /// Access and modification time: seconds since the epoch and nanoseconds.
    pub mtime: Option<(i64, u32)>,
}

impl Attributes {
    /// Owner and mode alone.
    pub fn new(uid: u32, gid: u32, mode: u32) -> Self {
        Attributes { owner: Some((uid, gid)), mode: Some(mode), ..Attributes::default() }
    }

    /// With a time, in whole seconds since the epoch.
    #[must_use]
    pub fn at(mut self, mtime: i64) -> Self {
        self.mtime = Some((mtime, 0));
        self
    }
}
