//! `toe explain`: the page of a rule.

use crate::args::ExplainArgs;
use crate::exit_status::ExitStatus;
use crate::failure::Failure;

#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("there is no rule `{}`", code.escape_debug())]
#[diagnostic(code(toe::explain::unknown_code), help("`toe explain` lists the rules"))]
struct UnknownCode {
    code: String,
}

/// Shows the page of a rule, or the list of all.
pub fn run(args: &ExplainArgs) -> Result<ExitStatus, Failure> {
    let Some(code) = &args.code else {
        for rule in toe_lint::rules() {
            outln!("{}  {:<8} {}", rule.code, toe_lint::severity_name(rule.severity), rule.name);
        }
        return Ok(ExitStatus::Done);
    };
    let rule =
        toe_lint::rule_of_word(code).ok_or_else(|| Failure::of(&UnknownCode { code: code.clone() }))?;
    out!("{}", rule.page());
    Ok(ExitStatus::Done)
}
