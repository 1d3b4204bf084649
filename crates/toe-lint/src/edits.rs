//! Fixes made to a text: which can be made together, and what comes out.

use std::collections::BTreeMap;

use toe_source::{Edit, Fix, SourceId, Span};

/// The text of `fixes` made to `text`; they do not touch each other.
pub(crate) fn apply(text: &str, fixes: &[&Fix]) -> String {
    let mut edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.span.start as usize).unwrap_or(""));
        out.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// Those of `fixes` that are made to `source` alone, fit its `text`, change it, and touch none that comes before
/// them in `fixes`.
pub(crate) fn apart<'f>(source: SourceId, text: &str, fixes: impl Iterator<Item = &'f Fix>) -> Vec<&'f Fix> {
    let mut taken = Taken::default();
    fixes
        .filter(|fix| {
            let fits = fix.edits.iter().all(|edit| fits(source, text, edit));
            fits && fix.edits.iter().any(|edit| changes(text, edit)) && taken.take_all(&fix.edits)
        })
        .collect()
}

/// The places that fixes have taken, by where they start; each with its end.
#[derive(Debug, Default)]
struct Taken(BTreeMap<u32, u32>);

impl Taken {
    /// Takes all of `edits`, or none when one of them is taken.
    fn take_all(&mut self, edits: &[Edit]) -> bool {
        for (i, edit) in edits.iter().enumerate() {
            if !self.is_free(edit.span) {
                for edit in &edits[..i] {
                    self.0.remove(&edit.span.start);
                }
                return false;
            }
            self.0.insert(edit.span.start, edit.span.end);
        }
        true
    }

    /// Two edits that start at one place have no order: the second is not free.
    fn is_free(&self, span: Span) -> bool {
        let before = self.0.range(..=span.start).next_back();
        let after = self.0.range(span.start..).next();
        before.is_none_or(|(start, end)| *start != span.start && *end <= span.start)
            && after.is_none_or(|(start, _)| *start >= span.end)
    }
}

fn fits(source: SourceId, text: &str, edit: &Edit) -> bool {
    edit.span.source == source && text.get(edit.span.start as usize..edit.span.end as usize).is_some()
}

fn changes(text: &str, edit: &Edit) -> bool {
    text.get(edit.span.start as usize..edit.span.end as usize) != Some(edit.text.as_str())
}

#[cfg(test)]
mod tests {
    use toe_source::Safety;

    use super::*;

    const HERE: SourceId = SourceId(0);

    fn fix(start: usize, end: usize, text: &str) -> Fix {
        Fix::replace(Safety::Safe, "x", Span::new(HERE, start, end), text)
    }

    fn made(text: &str, fixes: &[Fix]) -> String {
        apply(text, &apart(HERE, text, fixes.iter()))
    }

    #[test]
    fn fixes_that_touch_wait() {
        assert_eq!(made("abcdef", &[fix(1, 3, "X"), fix(2, 4, "Y"), fix(4, 5, "")]), "aXdf");
        assert_eq!(made("abcdef", &[fix(2, 4, "Y"), fix(1, 3, "X")]), "abYef");
        assert_eq!(made("abcdef", &[fix(1, 1, "X"), fix(1, 1, "X")]), "aXbcdef");
        assert_eq!(made("abcdef", &[fix(1, 3, "X"), fix(3, 4, "Y")]), "aXYef");
    }

    #[test]
    fn edits_of_one_fix_are_made_all_or_none() {
        let twice = fix(0, 1, "X").and(Span::new(HERE, 4, 5), "Y");
        assert_eq!(made("abcdef", &[fix(4, 6, "-"), twice.clone(), fix(0, 1, "Z")]), "Zbcd-");
        assert_eq!(made("abcdef", &[twice]), "XbcdYf");
    }

    #[test]
    fn what_does_not_fit_is_left() {
        let elsewhere = Fix::replace(Safety::Safe, "x", Span::new(SourceId(1), 0, 1), "X");
        assert_eq!(made("äb", &[elsewhere, fix(1, 2, "x"), fix(0, 9, "x"), fix(2, 3, "b")]), "äb");
    }
}
