//! A nail mended: rounds of findings and fixes until no fix is left to make.

use toe_eval::{Host, Settings};
use toe_source::{Diagnostic, Fix, Safety, SourceId};
use toe_syntax::{SyntaxError, parse};

use crate::edits::{apart, apply};
use crate::linter::lint;
use crate::rule_set::RuleSet;
use crate::rules::suppressions::unknown_rule_in_comment;

/// The linted nail in the sources of a [`crate::Report`].
const NAIL: SourceId = SourceId(0);

/// So many rounds are enough for fixes that wait for each other; more means that two undo each other.
const MOST_ROUNDS: usize = 16;

/// A nail after its fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// What it holds now.
    pub text: String,
    /// How many fixes were made.
    pub fixes: usize,
}

/// Makes the fixes of the nail `name` with the content `bytes` that are as safe as `least`, or safer, as far as
/// the nail still parses afterwards. `None` when there is nothing to make. Arguments as for [`lint`]; included
/// nails are never changed.
pub fn mend(
    host: &dyn Host,
    name: &str,
    bytes: &[u8],
    settings: &Settings,
    rules: &RuleSet,
    least: Safety,
) -> Option<Mended> {
    let mut mended = Mended { text: std::str::from_utf8(bytes).ok()?.to_owned(), fixes: 0 };
    for _ in 0..MOST_ROUNDS {
        let report = lint(host, name, mended.text.as_bytes(), settings, rules);
        // A comment that is read once its code is right may silence what would be mended otherwise.
        let is_first = |d: &&Diagnostic| d.code == unknown_rule_in_comment::RULE.code;
        let wanted = |d| own_fix(d).filter(|fix| fix.safety <= least);
        let mut chosen =
            apart(NAIL, &mended.text, report.diagnostics.iter().filter(is_first).filter_map(wanted));
        if chosen.is_empty() {
            chosen = apart(NAIL, &mended.text, report.diagnostics.iter().filter_map(wanted));
        }
        let errors = parse(NAIL, &mended.text).errors;
        let mut taken = Vec::new();
        take_sound(&mended.text, &errors, &chosen, &mut taken);
        if taken.is_empty() {
            break;
        }
        mended.text = apply(&mended.text, &taken);
        mended.fixes += taken.len();
    }
    (mended.fixes > 0).then_some(mended)
}

/// The fix of a finding when it is one of the linted nail itself: what is wrong in an included nail is mended
/// where that one is linted.
pub fn own_fix(diagnostic: &Diagnostic) -> Option<&Fix> {
    diagnostic.fix.as_ref().filter(|fix| fix.edits.iter().all(|edit| edit.span.source == NAIL))
}

/// Adds those of `tried` to `taken` that leave the nail sound together. Few are unsound, so they are looked for
/// by halves.
fn take_sound<'f>(text: &str, errors: &[SyntaxError], tried: &[&'f Fix], taken: &mut Vec<&'f Fix>) {
    if tried.is_empty() {
        return;
    }
    let together: Vec<&Fix> = taken.iter().chain(tried).copied().collect();
    if is_sound(text, errors, &together) {
        *taken = together;
    } else if tried.len() > 1 {
        let (first, second) = tried.split_at(tried.len() / 2);
        take_sound(text, errors, first, taken);
        take_sound(text, errors, second, taken);
    }
}

/// True when `text`, which has `errors`, is none the worse after `fixes`: a nail stays a nail, and of a text that
/// is none each fix takes an error away; what then comes to light was behind it.
fn is_sound(text: &str, errors: &[SyntaxError], fixes: &[&Fix]) -> bool {
    let left = parse(NAIL, &apply(text, fixes)).errors;
    if errors.is_empty() {
        return left.is_empty();
    }
    let edits = || fixes.iter().flat_map(|fix| &fix.edits);
    if let [error] = errors
        && hides_the_rest(error)
    {
        return left.iter().all(|l| std::mem::discriminant(l) != std::mem::discriminant(error));
    }
    let moved = |offset: usize| {
        let before = edits().filter(|edit| edit.span.end as usize <= offset);
        before.fold(offset, |at, edit| at + edit.text.len() - edit.span.len())
    };
    let key = |error: &SyntaxError, place: usize| (std::mem::discriminant(error), place);
    let known: Vec<_> = errors.iter().map(|e| key(e, moved(e.span().start as usize))).collect();
    let behind = edits().map(|edit| moved(edit.span.end as usize)).min().unwrap_or(0);
    let (old, new): (Vec<&SyntaxError>, Vec<&SyntaxError>) =
        left.iter().partition(|e| known.contains(&key(e, e.span().start as usize)));
    old.len() + fixes.len() <= errors.len() && new.iter().all(|e| e.span().start as usize >= behind)
}

/// An error that the parser does not look behind.
fn hides_the_rest(error: &SyntaxError) -> bool {
    matches!(
        error,
        SyntaxError::ByteOrderMark { .. } | SyntaxError::CarriageReturn { .. } | SyntaxError::NulByte { .. }
    )
}

#[cfg(test)]
mod tests {
    use toe_eval::MemoryHost;
    use toe_source::Span;

    use super::*;

    fn fix(start: usize, end: usize, text: &str) -> Fix {
        Fix::replace(Safety::Safe, "x", Span::new(NAIL, start, end), text)
    }

    fn taken(text: &str, fixes: &[Fix]) -> String {
        let fixes: Vec<&Fix> = fixes.iter().collect();
        let mut taken = Vec::new();
        take_sound(text, &parse(NAIL, text).errors, &fixes, &mut taken);
        apply(text, &taken)
    }

    #[test]
    fn a_fix_that_breaks_the_nail_is_left() {
        let nail = "Dir /a\nDir /b\nDir /c\n";
        assert_eq!(
            taken(nail, &[fix(4, 6, "/x"), fix(11, 13, "'"), fix(18, 20, "/z")]),
            "Dir /x\nDir /b\nDir /z\n"
        );
    }

    #[test]
    fn a_broken_nail_is_not_made_worse() {
        assert_eq!(taken("f() { }\nf\n", &[fix(6, 6, ":; ")]), "f() { :; }\nf\n");
        assert_eq!(taken("f() { }\nf\n", &[fix(6, 6, "'")]), "f() { }\nf\n");
        assert_eq!(taken("f() { }\nf\n", &[fix(6, 6, " ")]), "f() { }\nf\n");
        // The second error was hidden by the first.
        assert_eq!(taken("\u{feff}f() { }\n", &[fix(0, 3, "")]), "f() { }\n");
    }

    #[test]
    fn rounds_end_and_fixes_are_counted() {
        let host = MemoryHost::new();
        let mend = |text: &str, least| {
            mend(&host, "x.nail", text.as_bytes(), &Settings::default(), &RuleSet::default(), least)
        };
        let nail = "O=(a)\nRpm /a-1-1.noarch.rpm ${O[@]} ${O[@]}\n";
        let mended = mend(nail, Safety::Safe).unwrap();
        assert_eq!(mended.text, "O=(a)\nRpm /a-1-1.noarch.rpm \"${O[@]}\" \"${O[@]}\"\n");
        assert_eq!(mended.fixes, 2);
        assert_eq!(mend(&mended.text, Safety::Unsafe), None);
    }
}
