//! Findings of `toe lint` for programs: `{"version", "findings": [..]}`, each as in [`super::json::finding`] with
//! its severity.

use serde_json::{Value, json};
use toe_lint::{Report, severity_name};

use super::json::finding;

/// The document of a lint.
pub fn document(reports: &[Report]) -> Value {
    let findings: Vec<Value> = reports
        .iter()
        .flat_map(|report| report.diagnostics.iter().map(move |d| (d, &report.sources)))
        .map(|(diagnostic, sources)| {
            let mut value = finding(diagnostic, sources);
            value["severity"] = json!(severity_name(diagnostic.severity));
            value
        })
        .collect();
    json!({"version": 1, "findings": findings})
}
