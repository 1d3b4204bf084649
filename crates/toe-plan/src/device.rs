//! Device nodes.

/// The kind of a node that `Mknod` makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceKind {
    /// `c` and `u`: a character device.
    Character,
    /// `b`: a block device.
    Block,
    /// `p`: a FIFO; it has no numbers.
    Fifo,
}

impl DeviceKind {
    /// The kind of mknod(1)'s letter.
    pub fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "c" | "u" => Some(DeviceKind::Character),
            "b" => Some(DeviceKind::Block),
            "p" => Some(DeviceKind::Fifo),
            _ => None,
        }
    }

    /// The letter that mknod(1) takes.
    pub fn letter(self) -> char {
        match self {
            DeviceKind::Character => 'c',
            DeviceKind::Block => 'b',
            DeviceKind::Fifo => 'p',
        }
    }
}
