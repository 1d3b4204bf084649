//! ## What
//! `&amp;`, `&lt;`, `&gt;`, `&quot;` and their like, where they do not stand in quotes.
//!
//! ## Why
//! The text was taken from the source of a web page. bash reads an `&`, a name and a `;`. The fix mends all of the
//! line.
//!
//! ## Bad
//! ```nail
//! PkgCheck web &amp;&amp; Dir /srv/web
//!              ^^^^^
//! ```
//! ```nail
//! GpgImport https://mirror.test/key?id=7&amp;format=text
//!                                       ^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! PkgCheck web && Dir /srv/web
//! GpgImport "https://mirror.test/key?id=7&format=text"
//! ```

use toe_source::{Fix, Safety, Severity, Span};
use toe_syntax::SyntaxError;
use toe_syntax::error::HTML_ENTITIES;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE023",
    name: "html-entity",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("html_entity.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::HtmlEntity { .. })
}

/// All entities of the line, and quotes around a URL that has an `&` then.
fn mend(error: &SyntaxError, text: &str) -> Option<Fix> {
    let span = error.span();
    let start = text.get(..span.start as usize)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.split('\n').next()?;
    let written: String = line.split_inclusive([' ', '\t']).map(mended_word).collect();
    let line = Span::new(span.source, start, start + line.len());
    (text.get(line.start as usize..line.end as usize)? != written)
        .then(|| Fix::replace(Safety::Safe, "write the characters", line, written))
}

/// One word with the blank after it.
fn mended_word(word: &str) -> String {
    // Last of all, as `&amp;lt;` is `&lt;` on the page.
    let mended =
        HTML_ENTITIES.iter().rev().fold(word.to_owned(), |word, (entity, meant)| word.replace(entity, meant));
    let plain = mended.trim_end_matches([' ', '\t']);
    let is_url = plain.contains("://") && plain.contains('&') && !plain.contains(['"', '\'', '\\', '`', ';']);
    if is_url { format!("\"{plain}\"{}", &mended[plain.len()..]) } else { mended }
}
