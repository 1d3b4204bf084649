//! ## What
//! An option of `Rpm` that toe does not have, such as one of rpm's or dnf's.
//!
//! ## Why
//! The run would be refused at this line. Dependencies are not looked at here, and a package is always installed
//! anew, so most options of rpm have nothing to switch off.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm --nodeps
//!                                        ^^^^^^^^
//! Rpm /srv/rpms/log-1.2-1.el9.x86_64.rpm --nogpgcheck
//!                                        ^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! Rpm /srv/rpms/log-1.2-1.el9.x86_64.rpm --nosignature
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use crate::word_text::nearest;
use toe_plan::StepFault;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE425",
    name: "unknown-rpm-option",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("unknown_rpm_option.rs"),
    check: Check::Steps(check),
};

/// Options that `Rpm` has.
const OPTIONS: [&str; 5] =
    ["--noscripts", "--notriggers", "--excludedocs", "--replacefiles", "--nosignature"];

/// What other tools call them (rpm(8), dnf(8)).
const OTHERS: [(&str, &str); 6] = [
    ("--nogpgcheck", "--nosignature"),
    ("--nosignatures", "--nosignature"),
    ("--noscript", "--noscripts"),
    ("--nodocs", "--excludedocs"),
    ("--replacepkgs", "--replacefiles"),
    ("--nopost", "--noscripts"),
];

/// Options of rpm(8) without which `Rpm` does what they ask for.
const NEEDLESS: [&str; 11] =
    ["--nodeps", "-i", "-U", "-F", "-v", "-h", "-ivh", "-Uvh", "-Fvh", "--install", "--upgrade"];

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| refused.fault() == StepFault::Option) {
        let option = refused.word().and_then(|i| refused.words.get(i)).map_or("", String::as_str);
        let meant = OTHERS.iter().find(|(other, _)| *other == option).map(|(_, ours)| *ours);
        let finding = found.refuse(refused);
        let span = refused.span;
        // A computed option stands in no place of its own.
        let is_written = steps.sources.text(span) == option;
        if NEEDLESS.contains(&option) {
            finding.help("take it away: `Rpm` does without being asked what it stands for");
            let before = refused.word().and_then(|i| refused.args.get(i.checked_sub(1)?).copied());
            if let Some(before) = before.filter(|before| is_written && before.end < span.start) {
                let cut = toe_source::Span { start: before.end, ..span };
                let between = toe_source::Span { end: span.start, ..cut };
                if steps.sources.text(between).trim().is_empty() {
                    finding.fix(Fix::replace(Safety::Unsafe, "take the option away", cut, ""));
                }
            }
        } else if let Some(ours) = meant.or_else(|| nearest(option, OPTIONS)) {
            finding.help(format!("did you mean `{ours}`?"));
            if is_written {
                finding.fix(Fix::replace(Safety::Unsafe, format!("write {ours}"), span, ours));
            }
        }
    }
}
