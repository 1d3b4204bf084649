//! `toe plan`: evaluates and shows; touches nothing, fetches nothing.

use std::fmt::Write;

use toe_plan::Plan;

use crate::args::{Format, PlanArgs};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::render::escaped;
use crate::terminal::Terminal;

/// Shows what a foot means.
pub fn run(args: &PlanArgs, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    let foot = Foot::evaluate(&args.foot, &args.eval, false, terminal)?;
    match args.format {
        Format::Json => outln!("{}", to_json(&foot.plan)),
        Format::Text => out!("{}", to_text(&foot.plan)),
    }
    Ok(ExitStatus::Done)
}

fn to_json(plan: &Plan) -> String {
    serde_json::to_string_pretty(plan).unwrap_or_else(|e| unreachable!("a plan is plain data: {e}"))
}

/// The directives as a nail would write them, each with its place.
fn to_text(plan: &Plan) -> String {
    let mut out = format!("{} builds {}\n", escaped(&plan.foot), escaped(&plan.sock_dir));
    for (name, value) in &plan.variables {
        let _ = writeln!(out, "  {name}={}", escaped(&quoted(value)));
    }
    for directive in &plan.directives {
        let words: Vec<String> = directive.args.iter().map(|a| quoted(a)).collect();
        let line = format!("{} {}", directive.name.as_str(), words.join(" "));
        let _ = writeln!(out, "{:<60} # {}:{}", escaped(&line), directive.place.file, directive.place.line);
    }
    for command in &plan.external_commands {
        let words: Vec<String> = command.args.iter().map(|a| quoted(a)).collect();
        let line = format!("# ran on this machine: {}", words.join(" "));
        let _ = writeln!(out, "{:<60} # {}:{}", escaped(&line), command.place.file, command.place.line);
    }
    out
}

/// A word as a shell would read it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
