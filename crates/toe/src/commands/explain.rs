//! `toe explain`: the page of a rule, or a list of rules.

use toe_lint::{Rule, Selector, fix_name, severity_name};

use crate::args::ExplainArgs;
use crate::exit_status::ExitStatus;
use crate::failure::Failure;

#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum ExplainError {
    #[error("there is no rule `{}`", word.escape_debug())]
    #[diagnostic(code(toe::explain::unknown_code), help("{help}"))]
    UnknownCode { word: String, help: String },
    #[error("`{}` is no rule of `toe lint`", word.escape_debug())]
    #[diagnostic(
        code(toe::explain::no_page),
        help("what it means is in its own message and help; pages have the codes that begin with TOE")
    )]
    NoPage { word: String },
}

/// Shows the page of a rule, or the rules that a beginning of codes stands for, or the list of all.
pub fn run(args: &ExplainArgs) -> Result<ExitStatus, Failure> {
    let word = args.code.as_deref().unwrap_or("ALL");
    if word.starts_with("toe::") {
        return Err(Failure::of(&ExplainError::NoPage { word: word.to_owned() }));
    }
    match Selector::parse(word) {
        Ok(Selector::Rule(code)) => {
            if let Some(rule) = toe_lint::rule_of_word(code) {
                out!("{}", rule.page());
            }
        }
        Ok(selector) => selector.rules().for_each(|rule| outln!("{}", line(rule))),
        Err(unknown) => {
            let error = ExplainError::UnknownCode { word: word.to_owned(), help: unknown.help() };
            return Err(Failure::of(&error));
        }
    }
    Ok(ExitStatus::Done)
}

fn line(rule: &Rule) -> String {
    let off = if rule.by_default { "" } else { "  (off by default)" };
    let (severity, fix) = (severity_name(rule.severity), fix_name(rule.fix));
    format!("{}  {severity:<8} {fix:<7} {}{off}", rule.code, rule.name)
}
