//! `toe sew`: assembles the SOCK of a foot.

use std::fmt::Write as _;

use serde_json::{Value, json};
use toe_install::SewReport;

use crate::args::{Format, SewArgs};
use crate::assembling;
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::noted::noted;
use crate::privilege::Privilege;
use crate::render::escaped;
use crate::terminal::Terminal;

/// How many of the things that could only be noted are listed for people.
const SHOWN: usize = 20;

/// Assembles and says what was done.
pub fn run(args: &SewArgs, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    let privilege = Privilege::acquire();
    let foot = Foot::evaluate(&args.foot, &args.eval, true, terminal)?;
    let report = assembling::sew(&foot, &args.assemble, privilege, terminal)?;
    let noted = if report.has_ledger { noted(&report.sock_dir)? } else { Vec::new() };
    match args.format {
        Format::Json => outln!("{:#}", as_json(&report, &noted)),
        Format::Text => out!("{}", as_text(&report, &noted)),
    }
    Ok(ExitStatus::Done)
}

/// What was done, a line or a few.
pub fn as_text(report: &SewReport, noted: &[String]) -> String {
    let dir = report.sock_dir.display().to_string();
    let mut text = if report.changed {
        format!("{}: {} packages installed\n", escaped(&dir), report.installed.len())
    } else {
        format!("{}: nothing to do, it is what the foot says\n", escaped(&dir))
    };
    for link in &report.host_links {
        let _ = writeln!(text, "{}: linked into the SOCK", escaped(&link.display().to_string()));
    }
    if !noted.is_empty() {
        text.push_str("not made without root, but noted for the package:\n");
    }
    for line in noted.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", escaped(line));
    }
    if noted.len() > SHOWN {
        let _ = writeln!(text, "  and {} more, in the SOCK's /var/lib/toe/sock.json", noted.len() - SHOWN);
    }
    text
}

/// The same for programs.
pub fn as_json(report: &SewReport, noted: &[String]) -> Value {
    json!({
        "sock_dir": report.sock_dir,
        "changed": report.changed,
        "installed": report.installed,
        "host_links": report.host_links,
        "noted": noted,
    })
}
