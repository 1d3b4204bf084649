//! Findings of `toe lint`: for people, and for programs as `{"version", "findings": [..]}`, each as in
//! [`super::json::finding`] with its severity and what would mend it.

use std::fmt::Write;

use rayon::prelude::*;
use serde_json::{Value, json};
use toe_lint::{Suppressed, severity_name};
use toe_source::{Diagnostic, Fix, Safety, SourceMap};

use super::json::finding;
use crate::terminal::Terminal;

/// A finding and the texts that it points into.
#[derive(Debug, Clone, Copy)]
pub struct Found<'r> {
    /// The finding.
    pub diagnostic: &'r Diagnostic,
    /// The texts.
    pub sources: &'r SourceMap,
    /// How safe the fix is that `--fix` would make.
    pub fixable: Option<Safety>,
}

/// A finding that a comment silences, and the texts that it points into.
#[derive(Debug, Clone, Copy)]
pub struct Silenced<'r> {
    /// The finding and the comment.
    pub suppressed: &'r Suppressed,
    /// The texts.
    pub sources: &'r SourceMap,
}

/// The reports, a line that counts them, and one that says what can be fixed; nothing when nothing was found.
pub fn text(found: &[Found], nails: usize, terminal: &Terminal) -> String {
    let report = |found: &Found| super::text::render(found.diagnostic, found.sources, terminal);
    let mut out = found.par_iter().map(report).collect::<Vec<_>>().concat();
    if found.is_empty() {
        return out;
    }
    let _ = writeln!(out, "{} in {}", plural(found.len(), "finding"), plural(nails, "nail"));
    let fixable = |safety: Safety| found.iter().filter(|found| found.fixable == Some(safety)).count();
    let _ = match (fixable(Safety::Safe), fixable(Safety::Unsafe)) {
        (0, 0) => Ok(()),
        (safe, 0) => writeln!(out, "{safe} fixable with --fix"),
        (0, more) => writeln!(out, "{more} fixable with --fix --unsafe"),
        (safe, more) => writeln!(out, "{safe} fixable with --fix, {more} more with --fix --unsafe"),
    };
    out
}

fn plural(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// The document of a lint.
pub fn document(found: &[Found]) -> Value {
    let findings: Vec<Value> = found
        .par_iter()
        .map(|found| {
            let mut value = finding(found.diagnostic, found.sources);
            value["severity"] = json!(severity_name(found.diagnostic.severity));
            value["fix"] = found.diagnostic.fix.as_ref().map_or(Value::Null, |f| fix(f, found.sources));
            value
        })
        .collect();
    json!({"version": 1, "findings": findings})
}

fn fix(fix: &Fix, sources: &SourceMap) -> Value {
    let edits: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            let (start, end) = (sources.start(edit.span), sources.end(edit.span));
            json!({
                "file": sources.file(edit.span.source).name,
                "offset": edit.span.start,
                "length": edit.span.len(),
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "text": edit.text,
            })
        })
        .collect();
    json!({"title": fix.title, "safety": toe_lint::fix_name(Some(fix.safety)), "edits": edits})
}
