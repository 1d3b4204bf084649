//! A directory as a handle that nothing leaves.
//!
//! [`Root`] stands for the top of a tree. A path given to it is seen from inside that tree: a leading
//! `/` is the tree's top, and symbolic links, absolute ones too, are resolved there by the kernel
//! (`openat2` with `RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS`). Only the directories that lead to an
//! object are resolved through links; the last component never is, so an operation on a link acts
//! on the link. Attributes are set through handles of objects, never through names twice.
//!
//! Paths are bytes: those of packages need not be UTF-8. Whoever works on many objects of one
//! directory asks for its [`Dir`] once.

mod attributes;
mod copy;
mod dir;
mod error;
mod ledger;
mod metadata;
mod node;
mod path;
mod remove;
mod replace;
mod resolve;
mod root;
mod walk;

pub use attributes::{Attributes, Xattr};
pub use copy::copy_tree;
pub use dir::{Dir, NodeKind};
pub use error::RootError;
pub use ledger::{Intended, Ledger, Privilege};
pub use metadata::{DeviceNumber, FileKind, Metadata};
pub use node::Node;
pub use root::Root;
pub use walk::{Entry, Walk};

/// The extended attribute that holds a file's capabilities (capabilities(7)).
pub const CAPABILITY_XATTR: &str = "security.capability";
