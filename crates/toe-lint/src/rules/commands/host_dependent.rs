//! ## What
//! A test of a file below `/` or in SOCK_DIR (`[ -f /etc/x ]`, `[[ -d $SOCK_DIR/srv ]]`).
//!
//! ## Why
//! Nails are evaluated before anything is built, on the machine where `toe` runs: such a test looks at that
//! machine, or at what an earlier run left in the SOCK. `PkgCheck` asks for packages of the plan.
//!
//! ## Bad
//! ```nail
//! if [ -x /usr/bin/python3 ]; then
//!         ^^^^^^^^^^^^^^^^
//! 	Dir /srv/web
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck python3; then
//! 	Dir /srv/web
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::single_test::operands;
use crate::word_text::bare;
use toe_source::Severity;
use toe_syntax::tree::Word;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE708",
    name: "host-dependent",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("host_dependent.rs"),
    check: Check::Tree(check),
};

const OF_FILES: [&str; 12] = ["-a", "-e", "-f", "-d", "-r", "-w", "-x", "-s", "-L", "-h", "-b", "-c"];

fn check(nail: &NailView, found: &mut Findings) {
    let mut tell = |operator: &str, path: &Word| {
        if !OF_FILES.contains(&operator) {
            return;
        }
        let text = nail.text_of(path.span).trim_start_matches(['"', '\'']);
        let in_sock = text.starts_with("$SOCK_DIR") || text.starts_with("${SOCK_DIR}");
        if in_sock {
            found.add(
                path.span,
                "nothing is in the SOCK yet when this is asked",
                "ask for a package with PkgCheck, or for a variable that the foot sets",
            );
        } else if text.starts_with('/') {
            found.add(
                path.span,
                "this looks at the machine where toe runs, not at the SOCK",
                "ask for a package with PkgCheck, or for a variable that the foot sets",
            );
        }
    };
    for at in &nail.outline.commands {
        for pair in operands(at.command).unwrap_or_default().windows(2) {
            tell(bare(pair[0]).unwrap_or_default(), pair[1]);
        }
    }
    for test in &nail.outline.unary_tests {
        tell(test.op, test.word);
    }
}
