//! What a nail may do: a walk over every branch of it and of what it includes, whatever is taken when it is
//! evaluated. Variables are known as far as every path agrees on a few values; what is not known stays unknown.
//!
//! The walk runs nothing. It yields plain data, [`Flow`], for rules of `Check::Flow`:
//!
//! - [`Flow::directives`]: every directive of every branch with its words. A word is known when
//!   [`record::WordAt::texts`] has a `single` text. [`crate::steps::Steps`] holds those whose words are all
//!   known as typed steps: rules of `Check::Steps` see untaken branches without doing anything for it. There
//!   [`crate::steps::StepAt::conditional`] tells steps that a condition decides about, and two steps are only to
//!   be compared where [`crate::steps::StepAt::goes_with`] says that both can happen (`Steps::repeated` heeds it).
//! - [`Flow::reads`] and [`Flow::writes`]: variables with their state at that place.
//! - [`Flow::edges`]: Include commands and where they lead.
//!
//! A place that is walked several times (a function called twice, a nail included twice) is noted each time, so
//! what a rule finds is told once a place. Rules about what is *missing* have to ask [`Flow::is_complete`].

mod builtin;
mod compound;
mod condition;
mod expand;
mod function;
mod include;
mod nails;
pub mod record;
mod simple;
mod state;
#[cfg(test)]
mod tests;
pub mod value;
mod walker;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use toe_eval::{Evaluation, Host, LoadedNail, Settings};
use toe_source::{SourceMap, Span};

use nails::Nails;
use record::{DirectiveAt, Edge, ExitAt, LostAt, Read, Recursion, SplitAt, UnknownCall, Write};
use walker::Walker;

/// What a walk found out.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    /// Directives in the order of the walk.
    pub directives: Vec<DirectiveAt>,
    /// Reads of variables.
    pub reads: Vec<Read>,
    /// Assignments.
    pub writes: Vec<Write>,
    /// Directives and assignments within `$( )`.
    pub lost: Vec<LostAt>,
    /// Include commands.
    pub edges: Vec<Edge>,
    /// Unquoted values that become several words.
    pub splits: Vec<SplitAt>,
    /// Calls of nothing that is known there.
    pub unknown_calls: Vec<UnknownCall>,
    /// Functions that never end.
    pub recursions: Vec<Recursion>,
    /// `exit` commands.
    pub exits: Vec<ExitAt>,
    /// The functions that some branch defines, and where first.
    pub functions: BTreeMap<Arc<str>, Span>,
    /// All of it was walked; otherwise it was too much.
    pub is_whole: bool,
    /// An Include leads nowhere, or not to what is known.
    pub misses_nails: bool,
    /// A command's name is not known.
    pub has_unknown_commands: bool,
    /// A variable is read whose name is not known.
    pub reads_by_computed_name: bool,
    /// At the end, variables may be set that no nail sets.
    pub is_open: bool,
}

impl Flow {
    /// True when nothing of the graph is hidden: what is not noted does not happen.
    pub fn is_complete(&self) -> bool {
        self.is_whole && !self.misses_nails && !self.has_unknown_commands && !self.reads_by_computed_name
    }

    fn mark_read(&mut self, writes: &[u32]) {
        for number in writes {
            if let Some(write) = self.writes.get_mut(*number as usize) {
                write.is_read = true;
            }
        }
    }

    fn mark_overwritten(&mut self, writes: &[u32], at: Span) {
        for number in writes {
            if let Some(write) = self.writes.get_mut(*number as usize) {
                write.overwritten_at.get_or_insert(at);
            }
        }
    }
}

/// A walk with the texts that it met.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// What was found out.
    pub flow: Flow,
    /// The nails, the linted one first.
    pub nails: Vec<LoadedNail>,
    /// Their texts.
    pub sources: SourceMap,
}

/// Stack of a walk; only what is used of it is ever touched.
const STACK_BYTES: usize = 256 << 20;

/// Walks the first nail of `evaluation`, which was read as `name`; `is_whole` when nobody includes it.
pub(crate) fn walk(
    host: &dyn Host,
    name: &str,
    evaluation: &Evaluation,
    settings: &Settings,
    is_whole: bool,
) -> Walked {
    let Some(main) = evaluation.nails.first() else {
        return Walked { sources: evaluation.sources.clone(), ..Walked::default() };
    };
    let work = || {
        let nails = Nails::new(host, evaluation, settings.limits.file_bytes);
        let mut walker = Walker::new(nails, settings, name, is_whole);
        walker.open.push(main.identity.clone());
        walker.whole(&main.tree);
        Walked { flow: walker.flow, nails: walker.nails.loaded, sources: walker.nails.sources }
    };
    // How deep a nail may nest does not depend on the stack of who calls.
    let walk = || stacker::maybe_grow(STACK_BYTES, STACK_BYTES, work);
    let walked = std::panic::catch_unwind(AssertUnwindSafe(walk));
    walked.unwrap_or_else(|_| Walked {
        nails: evaluation.nails.clone(),
        sources: evaluation.sources.clone(),
        ..Walked::default()
    })
}
