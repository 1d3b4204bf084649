//! Replacing a file so that readers see the old one or the new one.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Attributes, Dir, RootError};

static NEXT: AtomicU64 = AtomicU64::new(0);

impl Dir {
    /// A name that nothing in this process has used, for an object that is renamed when it is whole.
    pub fn temporary_name(&self) -> Vec<u8> {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        format!(".toe-new-{:x}-{n:x}", std::process::id()).into_bytes()
    }

    /// Writes `name` under a temporary name, sets its attributes and renames it.
    pub fn write_file_atomically(
        &self,
        name: &[u8],
        content: &[u8],
        attributes: &Attributes,
    ) -> Result<(), RootError> {
        self.replace(name, |temporary| {
            let mut file = self.create_file(temporary)?;
            file.write_all(content).map_err(|e| RootError::system("write", &self.shown_path(name), e))?;
            self.set_file_attributes(&file, temporary, attributes)
        })
    }

    /// Makes an object under a temporary name with `make`, then renames it to `name`. When either
    /// fails, nothing of it stays.
    pub fn replace(
        &self,
        name: &[u8],
        make: impl FnOnce(&[u8]) -> Result<(), RootError>,
    ) -> Result<(), RootError> {
        crate::path::check_name(name)?;
        let mut temporary = self.temporary_name();
        // A leftover of a killed process with our process id.
        while self.find(&temporary)?.is_some() {
            temporary = self.temporary_name();
        }
        let done = make(&temporary).and_then(|()| self.rename(&temporary, self, name));
        if done.is_err() {
            // The first error is the one to report.
            let _ = self.remove_all(&temporary);
        }
        done
    }
}
