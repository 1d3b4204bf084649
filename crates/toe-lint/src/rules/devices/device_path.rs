//! ## What
//! The name of a device with `/dev/` before it, or with `..` in it.
//!
//! ## Why
//! The name is below `/dev` already: `dev/null` would be made as `/dev/dev/null`, and `/dev/null` is refused.
//!
//! ## Bad
//! ```nail
//! Mknod c 1 3 /dev/null
//!             ^^^^^^^^^
//! Mknod c 1 5 dev/zero
//!             ^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Mknod c 1 3 null
//! Mknod c 10 200 net/tun
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, Step, StepFault};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE604",
    name: "device-path",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("device_path.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| refused.name == DirectiveName::Mknod) {
        if !matches!(refused.fault(), StepFault::DevicePath | StepFault::DotDot) {
            continue;
        }
        let finding = found.refuse(refused);
        let name = refused.word().and_then(|i| refused.words.get(i)).map_or("", String::as_str);
        let below = name.strip_prefix("/dev/").unwrap_or(name).trim_start_matches('/');
        let before = &name[..name.len() - below.len()];
        if let Some(written) = steps.beginning_with(refused.span, before).filter(|_| !below.is_empty()) {
            finding.fix(Fix::replace(Safety::Safe, "name it below /dev", written, ""));
        }
    }
    for at in &steps.all {
        let Step::Mknod { path, .. } = &at.step else { continue };
        let Some(below) = path.as_str().strip_prefix("/dev/dev/") else { continue };
        let word = at.args.last().copied().unwrap_or(at.span);
        let finding = found.add(
            word,
            format!("this device would be `{path}`: its name is below /dev already"),
            format!("write {below}"),
        );
        finding.through(&at.included_from);
        if let Some(written) = steps.beginning_with(word, "dev/") {
            finding.fix(Fix::replace(Safety::Safe, "name it below /dev", written, ""));
        }
    }
}
