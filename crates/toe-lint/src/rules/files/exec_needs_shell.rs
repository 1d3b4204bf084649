//! ## What
//! An `Exec` of a whole command line in one word, or with words such as `|` and `>` that only a shell understands.
//!
//! ## Why
//! The words are given to the program as they are; no shell is between. A program with a blank in its name is not
//! there.
//!
//! ## Bad
//! ```nail
//! Exec "update-ca-trust extract"
//!      ^^^^^^^^^^^^^^^^^^^^^^^^^
//! Exec /bin/echo web '>' /etc/hostname
//!                    ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Exec update-ca-trust extract
//! Exec /bin/sh -c 'echo web > /etc/hostname'
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE634",
    name: "exec-needs-shell",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("exec_needs_shell.rs"),
    check: Check::Steps(check),
};

/// Words that mean something to a shell only.
const OPERATORS: [&str; 9] = ["|", "||", "&&", ";", "&", ">", ">>", "<", "2>&1"];

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Exec { argv } = &at.step else { continue };
        if let [line] = argv.as_slice()
            && line.trim().contains(' ')
        {
            let word = at.word(0);
            let finding = found.add(
                word,
                "this is one word: a program with blanks in its name",
                "write the words without quotes, or: Exec /bin/sh -c '..'",
            );
            finding.through(&at.included_from);
            let text = steps.sources.text(word);
            let is_plain = line.chars().all(|c| c.is_ascii_alphanumeric() || " /._-=:,+@".contains(c));
            if is_plain && (text == format!("\"{line}\"") || text == format!("'{line}'")) {
                finding.fix(Fix::replace(Safety::Unsafe, "take the quotes away", word, line.trim()));
            }
        } else if let Some(i) = argv.iter().position(|word| OPERATORS.contains(&word.as_str())) {
            // An operand of its own, such as the `;` of find(1), is no operator.
            let is_operand = argv[i] == ";" && argv.iter().any(|word| word == "-exec" || word == "-ok");
            if !is_operand && !matches!(argv[i].as_str(), "<" | ">") | (i + 1 < argv.len()) {
                found
                    .add(
                        at.word(i),
                        format!("`{}` is given to the program as a word", argv[i]),
                        "write: Exec /bin/sh -c '..'",
                    )
                    .through(&at.included_from);
            }
        }
    }
}
