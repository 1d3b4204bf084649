//! ## What
//! A home directory that does not begin with `/`, or has `..` in it.
//!
//! ## Why
//! passwd holds absolute paths, as they are seen inside the SOCK. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 srv/web /sbin/nologin web
//!                 ^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, StepFault};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE510",
    name: "relative-home",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("relative_home.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        let home = refused.words.get(2).map_or("", String::as_str);
        let finding = found.refuse(refused);
        if refused.fault() == StepFault::Relative && !home.starts_with('~') {
            finding.help(format!("write /{home}"));
            if let Some(start) = steps.beginning(refused.span, home) {
                finding.fix(Fix::replace(Safety::Unsafe, "begin with `/`", start, "/"));
            }
        }
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    let is_path = matches!(refused.fault(), StepFault::Relative | StepFault::DotDot);
    refused.name == DirectiveName::UserAdd && refused.word() == Some(2) && is_path
}
