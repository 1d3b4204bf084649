//! Comments that silence a rule: `# toe: ignore CODE reason`.

use std::cell::Cell;
use std::collections::BTreeMap;

use toe_source::{SourceId, Span};
use toe_syntax::tree::Nail;

use crate::rule::{Finding, Findings};
use crate::rules::suppressions::{
    suppression_without_code, suppression_without_reason, unknown_rule_in_comment, unused_suppression,
};

/// The words before the code.
const OPENING: &str = "toe: ignore";

/// One such comment.
#[derive(Debug)]
struct Suppression {
    span: Span,
    /// The bytes of the lines that it is for.
    lines: std::ops::Range<usize>,
    used: Cell<bool>,
}

/// The suppressions of one nail.
#[derive(Debug)]
pub struct Suppressions {
    source: SourceId,
    by_code: BTreeMap<String, Vec<Suppression>>,
}

impl Suppressions {
    /// Reads the comments of `nail`; what is wrong with them goes to `found`.
    pub fn read(source: SourceId, text: &str, nail: &Nail, found: &mut Findings) -> Self {
        let mut by_code: BTreeMap<String, Vec<Suppression>> = BTreeMap::new();
        let mut lines = Lines { text, below: 0..0, code: 0 };
        for comment in &nail.comments {
            let words = comment.text.trim_start_matches('#').trim();
            let Some(rest) = words.strip_prefix(OPENING) else { continue };
            if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
                continue;
            }
            let mut words = rest.split_whitespace();
            let Some(code) = words.next() else {
                found.of(&suppression_without_code::RULE);
                found.add(
                    comment.span,
                    "this silences no rule, as it names none",
                    "write: # toe: ignore CODE reason",
                );
                continue;
            };
            if crate::rule_of_word(code).is_none() {
                let codes = crate::rules::ALL.iter().map(|rule| rule.code);
                let near = crate::word_text::nearest(code, codes);
                let help = near.map_or_else(
                    || "`toe explain` lists the codes".to_owned(),
                    |near| format!("did you mean {near}?"),
                );
                found.of(&unknown_rule_in_comment::RULE);
                found.add(comment.span, format!("there is no rule `{}`", code.escape_debug()), help);
                continue;
            }
            if words.next().is_none() {
                found.of(&suppression_without_reason::RULE);
                found.add(
                    comment.span,
                    format!("{code} is silenced without a reason"),
                    "write why the finding is none, after the code",
                );
            }
            let lines = lines.meant_by(comment.span);
            let suppression = Suppression { span: comment.span, lines, used: Cell::new(false) };
            by_code.entry(code.to_ascii_uppercase()).or_default().push(suppression);
        }
        Suppressions { source, by_code }
    }

    /// True when a comment silences `finding`; the comment is used then.
    pub fn silences(&self, finding: &Finding) -> bool {
        let Some(span) = finding.span().filter(|span| span.source == self.source) else { return false };
        let at = span.start as usize;
        let Some(all) = self.by_code.get(finding.rule().code) else { return false };
        // Both ends of the lines grow from comment to comment.
        let before = &all[..all.partition_point(|s| s.lines.start <= at)];
        let meant = before.iter().rev().take_while(|s| s.lines.end > at);
        meant.fold(false, |_, suppression| {
            suppression.used.set(true);
            true
        })
    }

    /// Finds the comments that silenced nothing, of the rules that were asked (`asked`).
    pub fn find_unused(&self, asked: impl Fn(&str) -> bool, found: &mut Findings) {
        for (code, all) in self.by_code.iter().filter(|(code, _)| asked(code)) {
            for suppression in all.iter().filter(|s| !s.used.get()) {
                found.of(&unused_suppression::RULE);
                found.add(
                    suppression.span,
                    format!("{code} finds nothing here that could be silenced"),
                    "remove the comment",
                );
            }
        }
    }
}

/// Which lines comments are for, asked in the order of the text.
struct Lines<'t> {
    text: &'t str,
    /// What the last comment that stood alone is for.
    below: std::ops::Range<usize>,
    /// Where in it the first line begins that is no comment.
    code: usize,
}

impl Lines<'_> {
    /// The lines that a comment at `comment` is for: its own, with those that it continues; and if it
    /// stands alone, the next that is no comment, with those that continue it.
    fn meant_by(&mut self, comment: Span) -> std::ops::Range<usize> {
        let (start, end) = (comment.start as usize, comment.end as usize);
        let mut first = self.text[..start].rfind('\n').map_or(0, |i| i + 1);
        if !self.text[first..start].trim().is_empty() {
            while first >= 2 && self.text.as_bytes()[first - 2] == b'\\' {
                first = self.text[..first - 1].rfind('\n').map_or(0, |i| i + 1);
            }
            return first..end;
        }
        // One of several comments above the same line.
        if start < self.code {
            return first..self.below.end;
        }
        let mut last = end;
        let mut code = None;
        for line in self.text[end..].split_inclusive('\n').skip(1) {
            // The newline of the comment's own line is not in `end`.
            let begins = last + 1;
            last += line.len();
            if code.is_none() && line.trim_start().starts_with('#') {
                continue;
            }
            code.get_or_insert(begins);
            if !line.trim_end_matches('\n').ends_with('\\') {
                break;
            }
        }
        self.code = code.unwrap_or(self.text.len() + 1);
        self.below = first..last + 1;
        self.below.clone()
    }
}
