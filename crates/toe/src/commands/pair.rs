//! `toe pair`: packs the assembled SOCK of a foot.

use std::fmt::Write as _;

use serde_json::{Value, json};
use toe_pack::Paired;

use crate::args::{Format, PairArgs};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::packaging;
use crate::privilege::Privilege;
use crate::render::escaped;
use crate::terminal::Terminal;

/// Packs and says what came out.
pub fn run(args: &PairArgs, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    Privilege::acquire();
    let foot = Foot::evaluate(&args.foot, &args.eval, true, terminal)?;
    let paired = packaging::pair(&foot, &args.output, terminal)?;
    match args.format {
        Format::Json => {
            let mut document = json!({ "sock_dir": foot.plan.sock_dir });
            add_to_json(&mut document, &paired);
            outln!("{document:#}");
        }
        Format::Text => out!("{}", as_text(&paired)),
    }
    Ok(ExitStatus::Done)
}

/// The package and what it does not hold.
pub fn as_text(paired: &Paired) -> String {
    let mut text = String::new();
    for left_out in &paired.left_out {
        let path = left_out.path.display().to_string();
        let _ = writeln!(text, "left out: {}: {}", escaped(&path), escaped(&left_out.reason));
    }
    let path = paired.path.display().to_string();
    let _ = writeln!(text, "{}: {}", escaped(&path), indicatif::HumanBytes(paired.size));
    text
}

/// The same for programs.
pub fn add_to_json(document: &mut Value, paired: &Paired) {
    document["package"] = json!(paired.path);
    document["left_out"] = paired
        .left_out
        .iter()
        .map(|l| json!({ "path": l.path.display().to_string(), "reason": l.reason }))
        .collect();
}
