//! ## What
//! A device with the name of a well-known one and the numbers of another.
//!
//! ## Why
//! Programs trust the name: a `null` that is `zero` fills disks.
//!
//! ## Bad
//! ```nail
//! Mknod c 1 5 null
//!         ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Mknod c 1 3 null
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::{StepAt, Steps};
use toe_plan::{DeviceKind, Step};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE603",
    name: "known-device-mismatch",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("known_device_mismatch.rs"),
    check: Check::Steps(check),
};

/// Character devices of Linux that programs expect under these names (Documentation/admin-guide/devices.txt).
const KNOWN: [(&str, u32, u32); 9] = [
    ("/dev/null", 1, 3),
    ("/dev/zero", 1, 5),
    ("/dev/full", 1, 7),
    ("/dev/random", 1, 8),
    ("/dev/urandom", 1, 9),
    ("/dev/kmsg", 1, 11),
    ("/dev/tty", 5, 0),
    ("/dev/console", 5, 1),
    ("/dev/ptmx", 5, 2),
];

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Mknod { kind, major, minor, path } = &at.step else { continue };
        let Some(known) = KNOWN.iter().find(|known| known.0 == path.as_str()) else { continue };
        let is_right = |other: &StepAt| {
            matches!(&other.step, Step::Mknod { kind: DeviceKind::Character, major, minor, path: p }
                if (*major, *minor) == (known.1, known.2) && p == path)
        };
        if (*kind, *major, *minor) != (DeviceKind::Character, known.1, known.2) {
            let span = if at.args.len() == 4 { at.word(1).to(at.word(2)) } else { at.span };
            let numbers = format!("{} {}", known.1, known.2);
            let finding = found.add(
                span,
                format!("`{}` has other numbers on Linux", known.0),
                format!("write: Mknod c {numbers} {}", known.0.trim_start_matches("/dev/")),
            );
            finding.through(&at.included_from);
            // Where the device is made too, this one may be another under a wrong name.
            let is_written_out = steps.sources.text(span) == format!("{major} {minor}");
            if *kind == DeviceKind::Character && is_written_out && !steps.all.iter().any(is_right) {
                finding.fix(Fix::replace(Safety::Safe, "write its numbers", span, numbers));
            }
        }
    }
}
