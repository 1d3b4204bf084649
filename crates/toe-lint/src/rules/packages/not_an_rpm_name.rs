//! ## What
//! An `Rpm` of a file that is not named `.rpm`, or whose name has no architecture.
//!
//! ## Why
//! Mostly the line names a directory, a key, or a file that was renamed. What toe knows before it fetches anything
//! (other versions of the package, PkgCheck) it knows from the name.
//!
//! ## Bad
//! ```nail
//! Rpm https://repo.example.com/el9/RPM-GPG-KEY-example
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! Rpm https://repo.example.com/el9/web-1.2-1.el9.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GpgImport https://repo.example.com/el9/RPM-GPG-KEY-example
//! Rpm https://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm
//! ```

use super::is_rpm_name;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{PackageFile, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE407",
    name: "not-an-rpm-name",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("not_an_rpm_name.rs"),
    check: Check::Steps(check),
};

/// Architectures of packages (rpm's rpmrc), the source ones too.
const ARCHITECTURES: [&str; 36] = [
    "aarch64",
    "alpha",
    "amd64",
    "armhfp",
    "armv5tel",
    "armv6hl",
    "armv7hl",
    "armv7hnl",
    "athlon",
    "geode",
    "i386",
    "i486",
    "i586",
    "i686",
    "ia32e",
    "ia64",
    "loongarch64",
    "m68k",
    "mips",
    "mips64el",
    "mipsel",
    "noarch",
    "nosrc",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "src",
    "x86_64",
    "x86_64_v2",
    "x86_64_v3",
    "x86_64_v4",
];

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Rpm { location, .. } = &at.step else { continue };
        let name = location.file_name();
        let package = PackageFile::parse(name);
        let message = if !is_rpm_name(name) {
            "the name of this file does not end in .rpm"
        } else if package.is_some_and(|package| !ARCHITECTURES.contains(&package.arch)) {
            "the name of this file has no architecture"
        } else {
            continue;
        };
        found
            .add(at.word(0), message, "name the exact file: NAME-VERSION-RELEASE.ARCH.rpm")
            .through(&at.included_from);
    }
}
