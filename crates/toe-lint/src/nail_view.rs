//! One nail as rules see it.

use std::collections::{BTreeMap, BTreeSet};

use toe_source::{SourceId, Span};
use toe_syntax::tree::{AndOr, Nail};

use crate::outline::Outline;

/// A nail that parses: its text, its tree, and what is in the tree by kind.
#[derive(Debug)]
pub struct NailView<'t> {
    /// Its number in the source map.
    pub source: SourceId,
    /// As the user knows it.
    pub name: &'t str,
    /// The text.
    pub text: &'t str,
    /// The tree.
    pub nail: &'t Nail,
    /// What is in the tree.
    pub outline: Outline<'t>,
    /// Where each function is first defined.
    functions: BTreeMap<&'t str, Span>,
    /// The variables that are set somewhere.
    variables: BTreeSet<&'t str>,
}

impl<'t> NailView<'t> {
    /// Looks through the tree once.
    pub fn new(source: SourceId, name: &'t str, text: &'t str, nail: &'t Nail) -> Self {
        let outline = Outline::of(nail);
        let mut functions = BTreeMap::new();
        for at in &outline.functions {
            functions.entry(at.function.name.as_str()).or_insert(at.function.name_span);
        }
        let assigned = outline.assignments.iter().map(|at| at.assignment.name.as_str());
        let variables = assigned.chain(outline.fors.iter().map(|repeated| repeated.name.as_str())).collect();
        NailView { source, name, text, nail, outline, functions, variables }
    }

    /// The text of `span`; empty when it does not fit.
    pub fn text_of(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// A place of this nail by its bytes.
    pub fn at(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    /// The whole lines of `statement`, with their newline, when nothing else is on them and the nail without them
    /// is what it was but for that statement: it is no part of another command.
    pub fn lines_of(&self, statement: Span) -> Option<Span> {
        let is_top = |at: &&AndOr| at.span.start == statement.start && at.span.end == statement.end;
        self.nail.body.statements.iter().find(is_top)?;
        self.bare_lines_of(statement)
    }

    /// The whole lines of `statement`, with their newline, when nothing else is on them.
    pub fn bare_lines_of(&self, statement: Span) -> Option<Span> {
        let (start, end) = (statement.start as usize, statement.end as usize);
        let before = self.text.get(..start)?;
        let first = before.rfind('\n').map_or(0, |newline| newline + 1);
        let after = self.text.get(end..)?;
        let rest = after.find('\n').map_or(after, |newline| &after[..newline]);
        let last = (end + rest.len() + 1).min(self.text.len());
        let is_alone = before[first..].trim().is_empty() && rest.trim().is_empty();
        // A here-document follows below; a backslash above joins the line to another.
        let is_whole = !self.text_of(statement).contains("<<") && !before[..first].ends_with("\\\n");
        (is_alone && is_whole).then(|| self.at(first, last))
    }

    /// A comment with what nobody misses when it is gone: its line when it is alone there, else the blanks before it.
    pub fn comment_with_blanks(&self, comment: Span) -> Option<Span> {
        let before = self.text.get(..comment.start as usize)?;
        let first = before.rfind('\n').map_or(0, |newline| newline + 1);
        if !before[first..].trim().is_empty() {
            return Some(self.at(before.trim_end_matches([' ', '\t']).len(), comment.end as usize));
        }
        // Without the comment the backslash above would join the next line.
        let is_joined = before[..first].ends_with("\\\n");
        (!is_joined).then(|| self.at(first, (comment.end as usize + 1).min(self.text.len())))
    }

    /// True when the nail defines a function of that name, which then is meant instead of a
    /// directive or built-in.
    pub fn defines(&self, function: &str) -> bool {
        self.functions.contains_key(function)
    }

    /// Where the nail first defines that function.
    pub fn definition(&self, function: &str) -> Option<Span> {
        self.functions.get(function).copied()
    }

    /// True when the nail sets that variable somewhere.
    pub fn sets(&self, variable: &str) -> bool {
        self.variables.contains(variable)
    }
}
