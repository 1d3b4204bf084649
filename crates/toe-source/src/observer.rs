//! How long work reports what it is doing, without knowing of terminals.

use crate::Diagnostic;

/// Something that happened during a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// A phase begins, such as `fetching` or `installing`.
    Phase {
        /// A present participle, lower case.
        name: &'a str,
        /// How much there is to do, in the phase's own unit (bytes or items), when known.
        total: Option<u64>,
        /// True when the unit is bytes.
        bytes: bool,
    },
    /// Part of the running phase is done.
    Advance {
        /// In the phase's unit.
        by: u64,
    },
    /// The running phase now works on this (a package, a file).
    Item {
        /// Its name.
        name: &'a str,
    },
    /// The running phase is over.
    PhaseDone,
    /// Something that the user should know; the run goes on.
    Warning(&'a Diagnostic),
    /// A line of output: `log`, or a scriptlet's. Foreign text, to be escaped by whoever shows it.
    Line {
        /// Who says it, such as `bash-5.2-1.x86_64 %post`; empty for `log`.
        from: &'a str,
        /// One line without its newline.
        text: &'a str,
    },
}

/// Whoever wants to know; the binary draws bars and prints lines.
pub trait Observer: Sync {
    /// Takes one event. Called from any thread.
    fn event(&self, event: Event<'_>);
}

/// Nobody: for tests and quiet runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn event(&self, _: Event<'_>) {}
}
