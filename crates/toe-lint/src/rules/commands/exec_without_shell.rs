//! ## What
//! `Exec` or `Service` with a word that only a shell would understand: several words in one pair of quotes as the
//! program, quoted `|`, `&&`, `>` or `;`, or `cd`, `export`, `source` as the program.
//!
//! ## Why
//! No shell is between: each word is an argument of the program as it stands.
//!
//! ## Bad
//! ```nail
//! Exec "ldconfig -v"
//!      ^^^^^^^^^^^^^
//! Exec cd /srv
//!      ^^
//! ```
//!
//! ## Good
//! ```nail
//! Exec ldconfig -v
//! Exec sh -c 'cd /srv && ls > list'
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive, fixed};
use toe_plan::DirectiveName;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE713",
    name: "exec-without-shell",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("exec_without_shell.rs"),
    check: Check::Tree(check),
};

const OF_A_SHELL: [&str; 9] = ["cd", "export", "source", ".", "set", "ulimit", "umask", "exec", "eval"];
const OPERATORS: [&str; 8] = ["|", "||", "&&", ";", ">", ">>", "<", "2>&1"];

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let skipped = match directive(at.command) {
            Some(name) if nail.defines(name.as_str()) => continue,
            Some(DirectiveName::Exec) => 0,
            Some(DirectiveName::Service) => 2,
            _ => continue,
        };
        for (i, word) in arguments(at.command).skip(skipped).enumerate() {
            let Some(text) = fixed(word) else { continue };
            let message = if i == 0 && text.trim().contains(' ') {
                "this is taken for the name of one program"
            } else if i == 0 && OF_A_SHELL.contains(&text.as_str()) {
                "this is a command of a shell, and no program"
            } else if i > 0 && OPERATORS.contains(&text.as_str()) {
                "no shell reads this: it is an argument of the program"
            } else {
                continue;
            };
            found.add(word.span, message, "write the words one by one, or sh -c 'COMMANDS'");
        }
    }
}
