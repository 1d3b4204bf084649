//! The comments of a nail that silence rules, and which of them did.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use toe_source::{Diagnostic, Fix, Safety, Span};

use crate::nail_view::NailView;
use crate::rule::{Finding, Findings};
use crate::rules::suppressions::{
    suppression_without_code, suppression_without_reason, unknown_rule_in_comment, unused_suppression,
};
use crate::selector::{nearest_rule, only_nearest_rule};
use crate::suppression_comment::{Reach, SuppressionComment};

/// A finding that a comment silences.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// The comment.
    pub comment: Span,
    /// What it gives as the reason; may be empty.
    pub reason: String,
}

/// A comment, and the codes in it that silenced something.
#[derive(Debug)]
pub struct Suppression<'t> {
    span: Span,
    reason: &'t str,
    /// The codes with the places of their words, none for an alias: it is for another tool.
    codes: Vec<(&'static str, Span)>,
    /// As `codes`.
    used: Vec<Cell<bool>>,
    /// All words of the list could be read.
    is_whole: bool,
    /// It stands where it can silence something.
    is_in_place: bool,
}

impl Suppression<'_> {
    /// The finding as this comment silences it.
    pub fn silence(&self, finding: Finding) -> Suppressed {
        Suppressed {
            diagnostic: finding.into_diagnostic(),
            comment: self.span,
            reason: self.reason.to_owned(),
        }
    }
}

/// The bytes that a comment is for, with its number.
type Meant = (Range<usize>, usize);

/// The suppressions of one nail.
#[derive(Debug)]
pub struct Suppressions<'t> {
    nail: &'t NailView<'t>,
    all: Vec<Suppression<'t>>,
    /// Comments for lines, in the order of the text: both ends grow.
    of_lines: BTreeMap<&'static str, Vec<Meant>>,
    /// Comments for the whole nail.
    of_file: BTreeMap<&'static str, Vec<usize>>,
    /// Aliases, in the order of the text; none meets the next.
    of_aliases: BTreeMap<&'static str, Vec<Meant>>,
}

impl<'t> Suppressions<'t> {
    /// Reads the comments of `nail`; what is wrong with them goes to `found`.
    pub fn read(nail: &'t NailView<'t>, found: &mut Findings) -> Self {
        let mut suppressions = Suppressions {
            nail,
            all: Vec::new(),
            of_lines: BTreeMap::new(),
            of_file: BTreeMap::new(),
            of_aliases: BTreeMap::new(),
        };
        let mut lines = Lines { text: nail.text, below: 0..0, code: 0 };
        let first_command = nail.nail.body.statements.first().map_or(u32::MAX, |first| first.span.start);
        let statements = Statements::of(nail);
        for comment in &nail.nail.comments {
            let is_above = comment.span.start < first_command;
            match SuppressionComment::read(nail.text_of(comment.span)) {
                None => {}
                Some(SuppressionComment::Alias(codes)) => {
                    let meant = if is_above {
                        0..nail.text.len() + 1
                    } else {
                        statements.with_those_of(lines.meant_by(comment.span))
                    };
                    suppressions.add_alias(comment.span, &codes, meant);
                }
                Some(SuppressionComment::Own { reach, words, reason }) => {
                    let text = nail.text_of(comment.span);
                    let codes = suppressions.codes(comment.span, text, &words, found);
                    if words.is_empty() {
                        found.of(&suppression_without_code::RULE);
                        found.add(
                            comment.span,
                            "this silences no rule, as it names none",
                            "write: # toe: ignore CODE reason",
                        );
                    } else if reason.is_empty() && !codes.is_empty() {
                        found.of(&suppression_without_reason::RULE);
                        found.add(
                            comment.span,
                            format!("{} without a reason", silenced(&codes)),
                            "write why the finding is none, after the code",
                        );
                    }
                    let number = suppressions.all.len();
                    let is_in_place = reach == Reach::Line || is_above;
                    let meant = (reach == Reach::Line).then(|| lines.meant_by(comment.span));
                    for (code, _) in codes.iter().filter(|_| is_in_place) {
                        match &meant {
                            None => suppressions.of_file.entry(code).or_default().push(number),
                            Some(lines) => {
                                suppressions.of_lines.entry(code).or_default().push((lines.clone(), number));
                            }
                        }
                    }
                    suppressions.all.push(Suppression {
                        span: comment.span,
                        reason: text.get(reason).unwrap_or(""),
                        used: codes.iter().map(|_| Cell::new(false)).collect(),
                        is_whole: codes.len() == words.len(),
                        codes,
                        is_in_place,
                    });
                }
            }
        }
        suppressions
    }

    /// The codes that the words of a comment name, with their places.
    fn codes(
        &self,
        comment: Span,
        text: &str,
        words: &[Range<usize>],
        found: &mut Findings,
    ) -> Vec<(&'static str, Span)> {
        let mut codes = Vec::new();
        for range in words {
            let word = text.get(range.clone()).unwrap_or("");
            let start = comment.start as usize;
            let place = self.nail.at(start + range.start, start + range.end);
            if let Some(rule) = crate::rule_of_word(word) {
                codes.push((rule.code, place));
                continue;
            }
            let near = nearest_rule(word);
            let help = near.map_or_else(
                || "`toe explain` lists the codes".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            found.of(&unknown_rule_in_comment::RULE);
            let finding = found.add(comment, format!("there is no rule `{}`", word.escape_debug()), help);
            if let Some(near) = only_nearest_rule(word) {
                finding.fix(Fix::replace(Safety::Safe, format!("write {near}"), place, near));
            }
        }
        codes
    }

    fn add_alias(&mut self, comment: Span, codes: &[&'static str], meant: Range<usize>) {
        let number = self.all.len();
        for code in codes {
            let all = self.of_aliases.entry(code).or_default();
            match all.last_mut() {
                // One in a command that another one is for.
                Some((last, _)) if last.end > meant.start => last.end = last.end.max(meant.end),
                _ => all.push((meant.clone(), number)),
            }
        }
        self.all.push(Suppression {
            span: comment,
            reason: "",
            codes: Vec::new(),
            used: Vec::new(),
            is_whole: true,
            is_in_place: true,
        });
    }

    /// The comment that silences the finding; all that do are used then.
    pub fn silencing(&self, finding: &Finding) -> Option<&Suppression<'t>> {
        let at = finding.span().filter(|span| span.source == self.nail.source)?.start as usize;
        let code = finding.rule().code;
        let of_lines = self.of_lines.get(code).map_or(&[][..], Vec::as_slice);
        let before = &of_lines[..of_lines.partition_point(|(lines, _)| lines.start <= at)];
        let lines = before.iter().rev().take_while(|(lines, _)| lines.end > at).map(|(_, number)| *number);
        let file = self.of_file.get(code).into_iter().flatten().copied();
        let mut silencing = None;
        for number in lines.chain(file) {
            let suppression = &self.all[number];
            for ((known, _), used) in suppression.codes.iter().zip(&suppression.used) {
                if *known == code {
                    used.set(true);
                }
            }
            silencing = silencing.or(Some(suppression));
        }
        let aliases = self.of_aliases.get(code).map_or(&[][..], Vec::as_slice);
        let alias = aliases.partition_point(|(lines, _)| lines.start <= at).checked_sub(1);
        let alias = alias.map(|i| &aliases[i]).filter(|(lines, _)| lines.end > at);
        silencing.or_else(|| alias.map(|(_, number)| &self.all[*number]))
    }

    /// Finds the codes that silenced nothing, of the rules that were asked (`asked`).
    pub fn find_unused(&self, asked: impl Fn(&str) -> bool, found: &mut Findings) {
        for suppression in &self.all {
            let is_unused =
                |used: &Cell<bool>, code: &str| !used.get() && (!suppression.is_in_place || asked(code));
            let pairs = || suppression.codes.iter().zip(&suppression.used);
            let unused: Vec<&str> = pairs()
                .filter(|((code, _), used)| is_unused(used, code))
                .map(|((code, _), _)| *code)
                .collect();
            if unused.is_empty() {
                continue;
            }
            let kept: Vec<&str> = pairs()
                .filter(|((code, _), used)| !is_unused(used, code))
                .map(|((_, place), _)| self.nail.text_of(*place))
                .collect();
            let (names, finds) = (unused.join(" and "), if unused.len() == 1 { "finds" } else { "find" });
            let message = if suppression.is_in_place {
                format!("{names} {finds} nothing here that could be silenced")
            } else {
                "below the first command this silences nothing".to_owned()
            };
            let help = if kept.is_empty() { "remove the comment".into() } else { format!("remove {names}") };
            found.of(&unused_suppression::RULE);
            let finding = found.add(suppression.span, message, help);
            if !suppression.is_whole {
                continue;
            }
            if kept.is_empty() {
                if let Some(place) = self.nail.comment_with_blanks(suppression.span) {
                    finding.fix(Fix::replace(Safety::Safe, "remove the comment", place, ""));
                }
            } else if let [(_, first), .., (_, last)] = suppression.codes.as_slice() {
                let rest = kept.join(", ");
                finding.fix(Fix::replace(Safety::Safe, format!("remove {names}"), first.to(*last), rest));
            }
        }
    }
}

fn silenced(codes: &[(&str, Span)]) -> String {
    let names: Vec<&str> = codes.iter().map(|(code, _)| *code).collect();
    format!("{} {} silenced", names.join(" and "), if codes.len() == 1 { "is" } else { "are" })
}

/// Where the statements of a nail begin and end, by their beginnings.
#[derive(Debug)]
struct Statements(Vec<(usize, usize)>);

impl Statements {
    fn of(nail: &NailView) -> Self {
        let statements = nail.outline.lists.iter().flat_map(|list| &list.statements);
        let mut places: Vec<_> = statements.map(|s| (s.span.start as usize, s.span.end as usize)).collect();
        places.sort_unstable();
        Statements(places)
    }

    /// `lines` with all of the commands that begin in them.
    fn with_those_of(&self, lines: Range<usize>) -> Range<usize> {
        let from = self.0.partition_point(|(start, _)| *start < lines.start);
        let begun = self.0[from..].iter().take_while(|(start, _)| *start < lines.end);
        let end = begun.map(|(_, end)| *end).max().unwrap_or(0);
        lines.start..lines.end.max(end)
    }
}

/// Which lines comments are for, asked in the order of the text.
struct Lines<'t> {
    text: &'t str,
    /// What the last comment that stood alone is for.
    below: Range<usize>,
    /// Where in it the first line begins that is no comment.
    code: usize,
}

impl Lines<'_> {
    /// The lines that a comment at `comment` is for: its own, with those that it continues; and if it
    /// stands alone, the next that is no comment, with those that continue it.
    fn meant_by(&mut self, comment: Span) -> Range<usize> {
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
