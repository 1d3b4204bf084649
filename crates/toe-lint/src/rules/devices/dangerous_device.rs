//! ## What
//! A device that reads or writes the memory or the ports of the machine.
//!
//! ## Why
//! Whoever may open `mem`, `kmem` or `port` in the SOCK is outside of it, and toe makes devices with mode 0666.
//!
//! ## Bad
//! ```nail
//! Mknod c 1 1 mem
//! ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Mknod c 1 3 null
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DeviceKind, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE606",
    name: "dangerous-device",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("dangerous_device.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        // Major 1: minor 1 is /dev/mem, 2 is /dev/kmem, 4 is /dev/port.
        if let Step::Mknod { kind: DeviceKind::Character, major: 1, minor: 1 | 2 | 4, .. } = at.step {
            found
                .add(
                    at.span,
                    "this device gives the memory or the ports of the machine to everyone in the SOCK",
                    "leave it out",
                )
                .through(&at.included_from);
        }
    }
}
