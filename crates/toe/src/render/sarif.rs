//! Findings as a log of SARIF 2.1.0, the format in which code hosts take them.

use std::collections::HashMap;
use std::fmt::Write;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use toe_lint::{Rule, rules};
use toe_source::{Diagnostic, Fix, Label, Severity, SourceMap, Span};

use super::findings::{Found, Silenced};

/// Where the pages of the rules are, and what they are made of.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules");

/// The log of a lint.
pub fn log(found: &[Found], silenced: &[Silenced]) -> Value {
    let mut lines = Lines::default();
    let mut results: Vec<Value> =
        found.iter().map(|found| result(found.diagnostic, found.sources, &mut lines)).collect();
    results.extend(silenced.iter().map(|silenced| {
        let mut value = result(&silenced.suppressed.diagnostic, silenced.sources, &mut lines);
        value["suppressions"] = json!([{
            "kind": "inSource",
            "justification": silenced.suppressed.reason,
            "location": location(silenced.suppressed.comment, silenced.sources),
        }]);
        value
    }));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "toe",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules().iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn descriptor(rule: &Rule) -> Value {
    let what = rule.section("What");
    let why = rule.section("Why");
    let first = what.split_once(". ").map_or(what.trim_end_matches('.'), |(first, _)| first);
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": format!("{first}.")},
        "fullDescription": {"text": format!("{what} {why}")},
        "help": {"text": format!("{what} {why}"), "markdown": rule.page()},
        "helpUri": format!("{PAGES}/{}.md", rule.code),
        "defaultConfiguration": {"enabled": rule.by_default, "level": level(rule.severity)},
    })
}

fn result(diagnostic: &Diagnostic, sources: &SourceMap, lines: &mut Lines) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut value = json!({
        "ruleId": diagnostic.code,
        "level": level(diagnostic.severity),
        "message": {"text": text},
    });
    if let Some(index) = rules().iter().position(|rule| rule.code == diagnostic.code) {
        value["ruleIndex"] = json!(index);
    }
    let Some((main, others)) = diagnostic.labels.split_first() else { return value };
    value["locations"] = json!([location(main.span, sources)]);
    value["partialFingerprints"] =
        json!({"primaryLocationLineHash": lines.fingerprint(diagnostic, main, sources)});
    let with_message = |span: Span, message: &str| {
        let mut value = location(span, sources);
        value["message"] = json!({"text": message});
        value
    };
    let mut related: Vec<Value> =
        others.iter().map(|label| with_message(label.span, &label.message)).collect();
    related.extend(diagnostic.included_from.iter().map(|span| with_message(*span, "included from here")));
    if !related.is_empty() {
        value["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = &diagnostic.fix {
        value["fixes"] = json!([change(fix, sources)]);
    }
    value
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Style | Severity::Info => "note",
    }
}

fn location(span: Span, sources: &SourceMap) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&sources.file(span.source).name)},
        "region": region(span, sources),
    }})
}

fn region(span: Span, sources: &SourceMap) -> Value {
    let (start, end) = (sources.start(span), sources.end(span));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start,
        "byteLength": span.len(),
    })
}

fn change(fix: &Fix, sources: &SourceMap) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({"deletedRegion": region(edit.span, sources), "insertedContent": {"text": edit.text}})
        })
        .collect();
    let file = fix.edits.first().map_or("", |edit| &sources.file(edit.span.source).name);
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": {"uri": uri(file)}, "replacements": replacements}],
    })
}

/// The path as a URI, relative to the current directory unless it starts at the root.
fn uri(path: &str) -> String {
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// How often a finding of one rule was seen in equal lines of one file.
#[derive(Debug, Default)]
struct Lines(HashMap<String, usize>);

impl Lines {
    /// The same for a finding wherever its line moves in the file: made of rule, path and the line's text, and its
    /// number among those that are equal in these.
    fn fingerprint(&mut self, diagnostic: &Diagnostic, main: &Label, sources: &SourceMap) -> String {
        let file = sources.file(main.span.source);
        let before = file.text.get(..main.span.start as usize).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = file.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim();
        let parts = format!("{}\0{}\0{line}", diagnostic.code, uri(&file.name));
        let hash = hex::encode(&Sha256::digest(parts)[..16]);
        let seen = self.0.entry(hash.clone()).or_default();
        *seen += 1;
        format!("{hash}:{seen}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./a b/ü.nail"), "a%20b/%C3%BC.nail");
        assert_eq!(uri("/srv/a:b"), "file:///srv/a%3Ab");
    }
}
