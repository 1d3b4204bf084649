//! `toe sew`: assembles the SOCK of a foot.

use std::fmt::Write as _;

use serde_json::{Value, json};
use toe_install::SewReport;

use crate::args::{Format, SewArgs};
use crate::assembling;
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::privilege::Privilege;
use crate::render::escaped;
use crate::terminal::Terminal;

/// Assembles and says what was done.
pub fn run(args: &SewArgs, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    let privilege = Privilege::acquire();
    let foot = Foot::evaluate(&args.foot, &args.eval, true)?;
    let report = assembling::sew(&foot, &args.assemble, privilege, terminal)?;
    match args.format {
        Format::Json => outln!("{:#}", as_json(&report)),
        Format::Text => out!("{}", as_text(&report)),
    }
    Ok(ExitStatus::Done)
}

/// What was done, a line or a few.
pub fn as_text(report: &SewReport) -> String {
    let dir = report.sock_dir.display().to_string();
    let mut text = if report.changed {
        format!("{}: {} packages installed\n", escaped(&dir), report.installed.len())
    } else {
        format!("{}: nothing to do, it is what the foot says\n", escaped(&dir))
    };
    for link in &report.host_links {
        let _ = writeln!(text, "{}: linked into the SOCK", escaped(&link.display().to_string()));
    }
    text
}

/// The same for programs.
pub fn as_json(report: &SewReport) -> Value {
    json!({
        "sock_dir": report.sock_dir,
        "changed": report.changed,
        "installed": report.installed,
        "host_links": report.host_links,
    })
}
