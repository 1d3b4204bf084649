//! The state shared by the functions that make the tree.

use std::collections::HashMap;

use pest::Parser as _;
use pest::iterators::{Pair, Pairs};
use toe_source::{SourceId, Span};

use super::grammar::{NailParser, Rule};
use super::here_documents::{self, Body};
use super::positions::Positions;
use super::{Parsed, empty_nail, failure};
use crate::error::{MAX_NESTING, SyntaxError};
use crate::tree::{Comment, List};

/// What is gathered from all texts of one nail.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) errors: Vec<SyntaxError>,
    pub(super) comments: Vec<Comment>,
}

/// Makes nodes of one text: the nail, or what was taken out of it.
pub(super) struct Builder<'t, 'f> {
    pub(super) text: &'t str,
    pub(super) positions: Positions,
    pub(super) findings: &'f mut Findings,
    /// The bodies of the here-documents, by the offset of their operator.
    pub(super) bodies: HashMap<usize, Body>,
    /// The offset of a redirection that may read any file, as in `$(<file)`.
    pub(super) file_read: Option<usize>,
    /// Within double quotes.
    pub(super) in_quotes: bool,
    /// Within a `$( )` in double quotes.
    pub(super) in_quoted_substitution: bool,
    depth: usize,
}

/// Parses a checked text.
pub(super) fn build_nail(source: SourceId, text: &str) -> Parsed {
    let mut findings = Findings::default();
    let mut builder = Builder::new(text, Positions::of_nail(source), &mut findings, 0);
    let body = builder.parse_commands(Rule::nail);
    let Findings { mut errors, mut comments } = findings;
    errors.sort_by_key(|e| (e.span().start, e.span().end));
    comments.sort_by_key(|c| c.span.start);
    let mut nail = empty_nail(source, text.len());
    nail.body = body;
    nail.comments = comments;
    Parsed { nail, errors }
}

impl<'t, 'f> Builder<'t, 'f> {
    /// A builder for `text`, which stands `depth` levels deep in the nail.
    pub(super) fn new(text: &'t str, positions: Positions, findings: &'f mut Findings, depth: usize) -> Self {
        Builder {
            text,
            positions,
            findings,
            bodies: HashMap::new(),
            file_read: None,
            in_quotes: false,
            in_quoted_substitution: false,
            depth,
        }
    }

    /// A builder for a text taken out of this one.
    pub(super) fn within<'a>(&'a mut self, text: &'a str, positions: Positions) -> Builder<'a, 'a> {
        Builder::new(text, positions, self.findings, self.depth)
    }

    /// Matches the text by `rule` and gathers its comments and here-documents.
    pub(super) fn matched(&mut self, rule: Rule) -> Option<Pairs<'t, Rule>> {
        match NailParser::parse(rule, self.text) {
            Ok(pairs) => {
                let mut announced = here_documents::Announced::default();
                for pair in pairs.clone().flatten() {
                    if pair.as_rule() == Rule::comment {
                        let span = self.span(&pair);
                        self.findings.comments.push(Comment { text: pair.as_str().to_owned(), span });
                    } else {
                        announced.meet(pair, &self.positions, &mut self.findings.errors);
                    }
                }
                self.bodies = announced.finish(&self.positions, &mut self.findings.errors);
                Some(pairs)
            }
            Err(error) => {
                let error = failure::explain(self.text, &self.positions, &error);
                self.findings.errors.push(error);
                None
            }
        }
    }

    /// Parses the text as commands.
    pub(super) fn parse_commands(&mut self, rule: Rule) -> List {
        let pairs = self.matched(rule);
        let list = pairs.into_iter().flatten().flat_map(Pair::into_inner).find(|p| p.as_rule() == Rule::list);
        match list {
            Some(pair) if rule == Rule::backquoted_commands => self.substituted_list(pair),
            Some(pair) => self.list(pair),
            None => List::default(),
        }
    }

    /// Where a match stands in the nail.
    pub(super) fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        self.positions.span(span.start(), span.end())
    }

    /// Runs `build` one level deeper; over the limit, reports `pair` and gives `None`.
    pub(super) fn deeper<T>(&mut self, span: Span, build: impl FnOnce(&mut Self) -> T) -> Option<T> {
        // The commands of the nail itself are one level that is not nested.
        if self.depth > MAX_NESTING {
            self.too_deep(span);
            return None;
        }
        self.depth += 1;
        let built = build(self);
        self.depth -= 1;
        Some(built)
    }

    /// Reports nesting over the limit. One report is enough: everything inside is too deep as well.
    pub(super) fn too_deep(&mut self, span: Span) {
        if !self.findings.errors.iter().any(|e| matches!(e, SyntaxError::TooDeep { .. })) {
            self.findings.errors.push(SyntaxError::TooDeep { span });
        }
    }

    /// Reports bash that a nail may not use.
    pub(super) fn outside(&mut self, span: Span, what: impl Into<String>, instead: impl Into<String>) {
        self.findings.errors.push(SyntaxError::NotInSubset {
            what: what.into(),
            instead: instead.into(),
            span,
        });
    }

    /// Reports what cannot stand where it stands.
    pub(super) fn unexpected(&mut self, span: Span, found: impl Into<String>, help: impl Into<String>) {
        self.findings.errors.push(SyntaxError::Unexpected { found: found.into(), help: help.into(), span });
    }
}
