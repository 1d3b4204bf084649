//! ## What
//! A variable that a foot sets and none of the nails that it may include reads, unless it means something to toe
//! (such as PACKAGE). Feet with includes that are not known, or that read variables by computed names, are not
//! looked at.
//!
//! ## Why
//! It is a leftover, or its name is wrong in one of the two places.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! HTTPD_VERSION=2.4
//! ^^^^^^^^^^^^^
//! Rpm "$MREPO_URL/httpd-${APACHE:-2.2}-1.el9.x86_64.rpm"
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! HTTPD_VERSION=2.4
//! Rpm "$MREPO_URL/httpd-${HTTPD_VERSION}-1.el9.x86_64.rpm"
//! ```

use std::collections::BTreeSet;

use crate::graph::Graph;
use crate::reads::Reads;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::fixed;
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::AssignValue;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE203",
    name: "unused-variable",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("unused_variable.rs"),
    check: Check::Flow(check),
};

/// Variables that bash itself reads.
const OF_BASH: [&str; 7] = ["IFS", "PATH", "HOME", "LANG", "LC_ALL", "OPTIND", "PS4"];

fn check(graph: &Graph, found: &mut Findings) {
    if !graph.is_foot || !graph.flow.is_complete() {
        return;
    }
    let (Some(own), Some(reads)) = (graph.nails.first(), Reads::of(graph.nails)) else { return };
    let mut told = BTreeSet::new();
    for at in &own.outline.assignments {
        let name = at.assignment.name.as_str();
        let means_something = toe_eval::PLAN_VARIABLES.contains(&name) || OF_BASH.contains(&name);
        let is_given_on = at.before_command || matches!(at.declared_by, Some("export" | "readonly"));
        let is_of_tools = found.project().tool_variables.iter().any(|tool| tool == name);
        if means_something
            || is_of_tools
            || is_given_on
            || name.starts_with('_')
            || reads.has(name)
            || !told.insert(name)
        {
            continue;
        }
        let finding = found.add(
            at.assignment.name_span,
            format!("`{name}` is set and never read"),
            "remove it, or read it where it was meant",
        );
        // What a value other than a fixed word does may be wanted.
        let is_fixed = matches!(&at.assignment.value, AssignValue::Scalar(word) if fixed(word).is_some());
        if let Some(lines) = own.lines_of(at.assignment.span).filter(|_| is_fixed) {
            finding.fix(Fix::replace(Safety::Unsafe, "remove it", lines, ""));
        }
    }
}
