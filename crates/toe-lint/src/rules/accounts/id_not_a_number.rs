//! ## What
//! A user or group number that is no number, or none that an account can have. Often the number and the name
//! changed places.
//!
//! ## Why
//! The number comes first, as in `groupadd -g 353 web`. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! GroupAdd web 353
//!          ^^^
//! UserAdd 300 web /srv/web /sbin/nologin web
//!             ^^^
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
use toe_plan::{AccountName, DirectiveName, StepFault};
use toe_source::{Fix, Safety, Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE507",
    name: "id-not-a-number",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("id_not_a_number.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let is_account = |r: &&RefusedStep| matches!(r.name, DirectiveName::GroupAdd | DirectiveName::UserAdd);
    for refused in steps.refused.iter().filter(is_account).filter(|r| r.fault() == StepFault::Number) {
        let finding = found.refuse(refused);
        if let Some((number, name)) = swapped(refused) {
            let text = |span: Span| steps.sources.text(span).to_owned();
            finding.help("the number comes first, the name last");
            finding.fix(
                Fix::replace(Safety::Unsafe, "swap the number and the name", number, text(name))
                    .and(name, text(number)),
            );
        }
    }
}

/// The places of the number and of the name, when each stands in the other's.
fn swapped(refused: &RefusedStep) -> Option<(Span, Span)> {
    let (first, last) = (refused.words.first()?, refused.words.last()?);
    let fits = refused.word() == Some(0)
        && AccountName::parse(first).is_ok()
        && !last.is_empty()
        && last.bytes().all(|b| b.is_ascii_digit());
    if fits { Some((*refused.args.first()?, *refused.args.last()?)) } else { None }
}
