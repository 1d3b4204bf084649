//! Findings for programs: `{"error": {"code", "message", "labels": [..], "help"}}`.

use serde_json::{Value, json};
use toe_source::{Diagnostic, SourceMap, Span};

/// The document of a failure. The first finding is `error`; further ones are in its `related`.
pub fn failure(diagnostics: &[Diagnostic], sources: &SourceMap) -> Value {
    let mut all = diagnostics.iter().map(|d| finding(d, sources));
    let mut error = all.next().unwrap_or_else(|| json!({"code": "toe::failed", "message": "it failed"}));
    let rest: Vec<Value> = all.collect();
    if !rest.is_empty() {
        error["related"] = Value::Array(rest);
    }
    json!({ "error": error })
}

/// One finding as JSON.
pub fn finding(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let mut place = place(label.span, sources);
            place["length"] = json!(label.span.len());
            place["message"] = json!(label.message);
            place
        })
        .collect();
    let chain: Vec<Value> = diagnostic.included_from.iter().map(|span| place(*span, sources)).collect();
    json!({
        "code": diagnostic.code,
        "message": diagnostic.message,
        "causes": diagnostic.causes,
        "labels": labels,
        "included_from": chain,
        "help": diagnostic.help,
    })
}

fn place(span: Span, sources: &SourceMap) -> Value {
    let at = sources.start(span);
    json!({
        "file": sources.file(span.source).name,
        "line": at.line,
        "column": at.column,
        "offset": span.start,
    })
}
