//! What a caller of PAIR decides.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// A package inside the SOCK, as `Provides: bundled(NAME) = EVR` tells of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bundled {
    /// Its name.
    pub name: String,
    /// `[EPOCH:]VERSION-RELEASE`.
    pub evr: String,
}

/// How a SOCK is packed.
#[derive(Debug, Clone)]
pub struct PairOptions {
    /// Directory that the package is written into.
    pub output_dir: PathBuf,
    /// Build time in seconds since 1970; no file in the package is newer.
    pub source_date: u64,
    /// Threads that compress; the package does not depend on it. `None`: all processors.
    pub threads: Option<usize>,
    /// Architecture of the package, in rpm's words. `None`: this machine's.
    pub arch: Option<String>,
    /// Packages inside the SOCK.
    pub contents: Vec<Bundled>,
    /// Configuration files of those packages, as paths inside the SOCK: they become %config(noreplace).
    pub config: BTreeSet<Vec<u8>>,
}

impl PairOptions {
    /// Into this directory, with this build time, on all processors, nothing known of the packages inside.
    pub fn new(output_dir: impl Into<PathBuf>, source_date: u64) -> Self {
        PairOptions {
            output_dir: output_dir.into(),
            source_date,
            threads: None,
            arch: None,
            contents: Vec::new(),
            config: BTreeSet::new(),
        }
    }

    /// The machine's architecture as rpm calls it (rpmrc's arch_canon).
    pub(crate) fn arch(&self) -> String {
        let machine = match std::env::consts::ARCH {
            "x86" => "i686",
            "arm" => "armv7hl",
            "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
            "powerpc64" => "ppc64",
            other => other,
        };
        self.arch.clone().unwrap_or_else(|| machine.to_owned())
    }
}
