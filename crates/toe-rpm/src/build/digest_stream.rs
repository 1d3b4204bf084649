//! A writer that digests and counts what passes.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// Passes bytes on to `inner`, digesting and counting them.
pub(super) struct DigestStream<W> {
    inner: W,
    digest: Sha256,
    count: u64,
}

impl<W: Write> DigestStream<W> {
    pub(super) fn new(inner: W) -> Self {
        DigestStream { inner, digest: Sha256::new(), count: 0 }
    }

    /// The writer below, the SHA-256 in hexadecimal and the number of bytes.
    pub(super) fn finish(self) -> (W, String, u64) {
        (self.inner, hex::encode(self.digest.finalize()), self.count)
    }
}

impl<W: Write> Write for DigestStream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
