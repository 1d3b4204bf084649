//! Errors that are known by their looks, said in words of their own: what stands at the place of an error tells
//! what its author had in mind.

use std::ops::Range;

use toe_source::Span;

use super::open_constructs::{Kind, Open, scan};
use crate::error::{HTML_ENTITIES, SyntaxError};

/// Words that end or continue what another word begins.
const CONTINUING: [&str; 8] = ["then", "elif", "else", "fi", "do", "done", "esac", "}"];
/// How many words are looked at when one of them may be a reserved word in other letters.
const MOST_WORDS: usize = 16;
/// `errors` of `text`, each as what it is known to be. Of several in one word the first is left, and of
/// the line of a web page too.
pub(super) fn recognized(text: &str, errors: Vec<SyntaxError>) -> Vec<SyntaxError> {
    let mut known: Vec<SyntaxError> = Vec::new();
    let mut told_until = 0;
    for error in errors {
        let at = error.span().start as usize;
        if at < told_until && is_a_sign(text, &error) {
            continue;
        }
        let error = recognized_one(text, error);
        told_until = match &error {
            SyntaxError::SignInWord { .. } => run_around(text, at).end,
            SyntaxError::HtmlEntity { .. } => {
                let rest = text.get(at..).unwrap_or_default();
                at + rest.find('\n').unwrap_or(rest.len())
            }
            _ => told_until,
        };
        known.push(error);
    }
    known
}

fn is_a_sign(text: &str, error: &SyntaxError) -> bool {
    let sign = text.get(error.span().start as usize..error.span().end as usize);
    sign.is_some_and(|sign| matches!(sign, "&" | ";" | ";&" | ";;"))
}

fn recognized_one(text: &str, error: SyntaxError) -> SyntaxError {
    let at = error.span().start as usize;
    let found = match &error {
        SyntaxError::NotInSubset { span, .. } if slice(text, *span) == "&" => {
            html_entity(text, *span).or_else(|| ampersand(text, *span))
        }
        SyntaxError::Unexpected { found, help, span } => html_entity(text, *span)
            .or_else(|| nested_expansion(text, *span))
            .or_else(|| parenthesis(text, *span))
            .or_else(|| keyword_in_other_letters(text, span.start as usize, *span))
            .or_else(|| opener_in_other_letters(text, *span))
            .or_else(|| else_if_word(found, *span))
            .or_else(|| stray_keyword(text, help, *span)),
        SyntaxError::Unfinished { closer, opened, missed, .. } => {
            keyword_in_other_letters(text, missed.start as usize, *missed)
                .filter(|found| is_keyword_of(found, closer))
                .or_else(|| closer_in_other_letters(text, closer, *opened, *missed))
                .or_else(|| else_if(text, closer, *opened, *missed))
        }
        SyntaxError::NoPattern { span, .. } => keyword_in_other_letters(text, at, *span),
        _ => None,
    };
    found.unwrap_or(error)
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The place of the bytes `range` in the source of `span`.
fn place(span: Span, range: Range<usize>) -> Span {
    Span::new(span.source, range.start, range.end)
}

// ---- Signs -------------------------------------------------------------------------------------

/// `&amp;` and its kin. The place is the `&` of it, or the `;` at its end.
fn html_entity(text: &str, span: Span) -> Option<SyntaxError> {
    let at = span.start as usize;
    let (entity, meant, start) = HTML_ENTITIES.iter().find_map(|(entity, meant)| {
        let begins = text.get(at..)?.starts_with(entity).then_some(at);
        let ends = || text.get(..at + 1)?.ends_with(entity).then(|| at + 1 - entity.len());
        Some((*entity, *meant, begins.or_else(ends)?))
    })?;
    let span = place(span, start..start + entity.len());
    Some(SyntaxError::HtmlEntity { entity, meant, span })
}

/// `&` with a word directly before and after it, or at the end of a URL.
fn ampersand(text: &str, span: Span) -> Option<SyntaxError> {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start)?.chars().next_back()?;
    let after = text.get(end..)?.chars().next();
    let ends = |c: char| c.is_whitespace() || ";&|()<>".contains(c);
    if ends(before) {
        return None;
    }
    let word = plain_word(text, start);
    let is_url = word.clone().is_some_and(|word| text.get(word).is_some_and(|word| word.contains("://")));
    let joins = after.is_some_and(|after| !ends(after));
    let word = word.map(|word| place(span, word));
    (joins || is_url).then_some(SyntaxError::SignInWord { sign: '&', word, span })
}

/// `(` in a word or at its start, where no command stands.
fn parenthesis(text: &str, span: Span) -> Option<SyntaxError> {
    let at = span.start as usize;
    let before = text.get(..at)?;
    if !text.get(at..)?.starts_with('(') || before.trim_end_matches([' ', '\t']).ends_with(['=', '$', '(']) {
        return None;
    }
    let line = before.rsplit('\n').next()?;
    // `name (x) {` is meant as a function.
    let rest = text.get(at..)?.lines().next()?;
    let is_body = |after: &str| after.trim_start().starts_with('{');
    if line.trim().is_empty() || rest.split_once(')').is_some_and(|(_, after)| is_body(after)) {
        return None;
    }
    let word = plain_word(text, at).filter(|word| {
        let signs = |sign| text.get(word.clone()).unwrap_or_default().matches(sign).count();
        signs('(') == signs(')')
    });
    Some(SyntaxError::SignInWord { sign: '(', word: word.map(|word| place(span, word)), span })
}

/// What stands around `at` and may stand in a word in double quotes.
fn run_around(text: &str, at: usize) -> Range<usize> {
    let may_stand = |c: char| c.is_alphanumeric() || "_./:?=%+-@,#!^&()$}{".contains(c);
    let before = text.get(..at).unwrap_or_default();
    let rest = text.get(at..).unwrap_or_default();
    let start = before.trim_end_matches(may_stand).len();
    start..at + rest.find(|c| !may_stand(c)).unwrap_or(rest.len())
}

/// The word around `at`, blank to blank, when it would mean the same but for its signs in double quotes.
fn plain_word(text: &str, at: usize) -> Option<Range<usize>> {
    let run = run_around(text, at);
    let is_edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == ';');
    let is_whole =
        is_edge(text.get(..run.start)?.chars().next_back()) && is_edge(text.get(run.end..)?.chars().next());
    let word = text.get(run.clone())?;
    let is_plain = !word.contains("$(") && !word.starts_with('#') && has_braces_of_parameters_only(word);
    (is_whole && is_plain).then_some(run)
}

fn has_braces_of_parameters_only(word: &str) -> bool {
    let mut rest = word;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, inside) = rest.split_at(at);
        let Some(name) = inside.strip_prefix('{').filter(|_| before.ends_with('$')) else { return false };
        let Some(end) = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_') else { return false };
        let Some(after) = name.get(end..).and_then(|after| after.strip_prefix('}')) else { return false };
        rest = after;
    }
    true
}

/// `${` with an expansion or a quote where the name belongs.
fn nested_expansion(text: &str, span: Span) -> Option<SyntaxError> {
    let at = span.start as usize;
    let before = text.get(..at)?;
    let outer = before.strip_suffix('$').unwrap_or(before);
    let is_inner = outer.len() < before.len() || text.get(at..)?.starts_with(['"', '\'', '`', '$']);
    let start = outer.strip_suffix("${")?.len();
    is_inner.then_some(SyntaxError::NestedExpansion { span: place(span, start..span.end as usize) })
}

// ---- Reserved words ----------------------------------------------------------------------------

/// The word at `at`.
fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

const RESERVED: [&str; 14] = [
    "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "in", "esac",
    "function",
];

/// A reserved word in other letters at `at`.
fn keyword_in_other_letters(text: &str, at: usize, span: Span) -> Option<SyntaxError> {
    let word = word_at(text, at);
    let keyword = RESERVED.into_iter().find(|k| k.eq_ignore_ascii_case(word) && *k != word)?;
    let span = place(span, at..at + word.len());
    Some(SyntaxError::KeywordCase { found: word.to_owned(), keyword, span })
}

fn is_keyword_of(error: &SyntaxError, closer: &str) -> bool {
    matches!(error, SyntaxError::KeywordCase { keyword, .. } if *keyword == closer)
}

/// Where `wanted` stands in other letters and in the place of a command, within `range`.
fn in_other_letters(text: &str, wanted: &[&str], range: Range<usize>, backwards: bool) -> Option<usize> {
    let part = text.get(range.clone())?;
    let starts = |c: char| c.is_whitespace() || c == ';';
    let is_wanted = |at: &usize| {
        let word = word_at(text, *at);
        let is_start = text.get(..*at).is_some_and(|before| before.chars().next_back().is_none_or(starts));
        is_start && wanted.iter().any(|keyword| keyword.eq_ignore_ascii_case(word) && *keyword != word)
    };
    let is_command = |at: &usize| scan(text, *at).command_place;
    let words = || part.match_indices(|c: char| c.is_ascii_uppercase()).map(|(at, _)| range.start + at);
    // The first letter need not be the one in upper case, yet it mostly is.
    if backwards {
        let mut found: Vec<usize> = words().filter(is_wanted).collect();
        found.reverse();
        found.into_iter().take(MOST_WORDS).find(is_command)
    } else {
        words().filter(is_wanted).take(MOST_WORDS).find(is_command)
    }
}

fn closer_in_other_letters(
    text: &str,
    closer: &'static str,
    opened: Span,
    missed: Span,
) -> Option<SyntaxError> {
    let range = opened.end as usize..missed.start as usize;
    let at = in_other_letters(text, &[closer], range, false)?;
    keyword_in_other_letters(text, at, opened)
}

/// What begins the command that the word at `span` belongs to, in other letters.
fn opener_in_other_letters(text: &str, span: Span) -> Option<SyntaxError> {
    let openers: &[&str] = match slice(text, span) {
        "then" | "elif" | "else" | "fi" => &["if", "elif"],
        "do" | "done" => &["for", "while", "until"],
        "esac" | ")" => &["case"],
        "}" => &["function"],
        _ => return None,
    };
    let at = in_other_letters(text, openers, 0..span.start as usize, true)?;
    keyword_in_other_letters(text, at, span)
}

/// `elseif` and the like, which the parser names.
fn else_if_word(found: &str, span: Span) -> Option<SyntaxError> {
    let word = found.trim_matches('`');
    matches!(word, "elseif" | "elsif" | "elsfi" | "elseIf" | "elfi").then(|| SyntaxError::ElseIf {
        found: word.to_owned(),
        help: "write `elif`",
        opened: None,
        span,
    })
}

/// `else if`, whose `fi` is missing.
fn else_if(text: &str, closer: &str, opened: Span, missed: Span) -> Option<SyntaxError> {
    if closer != "fi" {
        return None;
    }
    // Of several in each other the outermost, so that they are mended from the first on.
    let open = scan(text, missed.start as usize).open;
    let pair = open.windows(2).find_map(|pair| match pair {
        [outer, inner] if is_if(outer) && is_if(inner) => {
            let before = text.get(..inner.start)?.trim_end_matches([' ', '\t']);
            let start = before.strip_suffix("else").filter(|_| before.len() < inner.start)?.len();
            (start >= outer.end).then_some((place(opened, outer.start..outer.end), start..inner.end))
        }
        _ => None,
    });
    let (opened, span) = match pair {
        Some(pair) => pair,
        None => (opened, else_if_within(text, opened.end as usize..missed.start as usize)?),
    };
    Some(SyntaxError::ElseIf {
        found: "else if".to_owned(),
        help: "write `elif`, or one `fi` more for an `if` of its own",
        opened: Some(opened),
        span: place(opened, span),
    })
}

fn is_if(open: &Open) -> bool {
    matches!(open.kind, Kind::Compound { opener: "if", .. })
}

/// The first `else if` in `range`.
fn else_if_within(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let body = text.get(range.clone())?;
    let mut found = body.match_indices("else").filter_map(|(start, _)| {
        let rest = body.get(start + "else".len()..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let at = range.start + start;
        let is_pair = blanks > 0 && word_at(rest, blanks) == "if";
        let end = at + "else".len() + blanks + "if".len();
        (is_pair && word_at(text, at) == "else").then_some(at..end)
    });
    found.by_ref().take(MOST_WORDS).find(|range| scan(text, range.start).command_place)
}

/// `fi` and the like where nothing is open that it ends.
fn stray_keyword(text: &str, help: &str, span: Span) -> Option<SyntaxError> {
    let word = CONTINUING.into_iter().find(|word| *word == slice(text, span))?;
    Some(SyntaxError::StrayKeyword { word, help: help.to_owned(), span })
}
