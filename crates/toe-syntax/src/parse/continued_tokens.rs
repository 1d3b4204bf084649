//! Tokens that are continued on the next line: `\` and a line end in a name, a reserved word or an operator. Bash
//! joins the lines before it looks for tokens; the grammar has them whole, and reads something else or nothing.

use toe_source::Span;

use crate::error::SyntaxError;

/// How long a text may be, in bytes, that is read once more to name its error.
const MOST: usize = 1 << 20;

/// `errors` of `text`, or the one that names its continued token where bash reads the text: joined, it is bash, or has
/// less of what a nail may not use. `parsed` tells what is wrong with a text.
pub(super) fn recognized(
    text: &str,
    errors: Vec<SyntaxError>,
    parsed: impl FnOnce(&str) -> Vec<SyntaxError>,
) -> Vec<SyntaxError> {
    let Some(last) = errors.first().map(last_place) else { return errors };
    if text.len() > MOST || errors.iter().any(is_named) {
        return errors;
    }
    let places = continued(text);
    let before = places.iter().rfind(|place| **place <= last.end as usize);
    let Some(place) = before.or(places.first()).copied() else { return errors };
    let is_bash =
        |errors: &[SyntaxError]| errors.iter().all(|e| matches!(e, SyntaxError::NotInSubset { .. }));
    let left = parsed(&joined(text, &places));
    if !is_bash(&left) || is_bash(&errors) && left.len() >= errors.len() {
        return errors;
    }
    vec![SyntaxError::NotInSubset {
        what: "a token continued on the next line".to_owned(),
        instead: "write it in one line".to_owned(),
        span: Span::new(last.source, place, place + 1),
    }]
}

/// Whether the error tells already which token it is.
fn is_named(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::NotInSubset { what, .. } if what.contains("continued on the next line"))
}

/// Where the error was seen, which may be far behind the place that it is about.
fn last_place(error: &SyntaxError) -> Span {
    match error {
        SyntaxError::Unfinished { missed, .. } => *missed,
        _ => error.span(),
    }
}

/// The backslashes that continue a line without a blank on either side. A comment has none.
fn continued(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for (at, _) in text.match_indices("\\\n") {
        let (before, after) = (&text[..at], &text[at + 2..]);
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        let line = before.rsplit('\n').next().unwrap_or_default();
        // A line that is only continued may come before the delimiter of a here-document, with its tabs.
        let beside = !before.ends_with([' ', '\t']) && !after.starts_with([' ', '\t']);
        let is_first = line.trim_start_matches('\t').is_empty();
        let joins = !before.is_empty() && (is_first || beside);
        if joins && backslashes % 2 == 0 && !line.trim_start().starts_with('#') {
            places.push(at);
        }
    }
    places
}

/// `text` without the line ends that the backslashes at `places` continue.
fn joined(text: &str, places: &[usize]) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut done = 0;
    for place in places {
        joined.push_str(&text[done..*place]);
        done = place + "\\\n".len();
    }
    joined + &text[done..]
}
