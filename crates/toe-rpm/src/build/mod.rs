//! Writing packages of format v4 as a stream.
//!
//! The rpm crate's builder holds the whole compressed payload in memory and reads every file twice; a chroot
//! is too large for that. Packages made from memory are as easy:
//!
//! ```
//! use toe_rpm::build::{Entry, PackageSpec, Slot};
//! # let dir = tempfile::tempdir()?;
//! let built = PackageSpec::new("hello", "1.0", "1", "noarch")
//!     .scriptlet(Slot::Post, "echo hello", "/bin/sh")
//!     .build_into(dir.path(), [Entry::dir("/srv/hello"), Entry::file("/srv/hello/word", "hello\n")])?;
//! assert_eq!(built.path.file_name().unwrap(), "hello-1.0-1.noarch.rpm");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cpio;
mod dependency;
mod digest_stream;
mod entry;
mod error;
mod file_list;
mod header_blob;
mod scriptlet;
mod spec;
mod writer;

pub use dependency::Dependency;
pub use entry::{Content, Entry, EntryKind, FileFlags, Open, VerifyFlags};
pub use error::BuildError;
pub use scriptlet::Slot;
pub use spec::PackageSpec;
pub use writer::{Built, LeftOut, PackageWriter};
