//! `toe run`: checks, assembles, packs.

use crate::args::{Format, RunArgs};
use crate::commands::{demo, pair, sew};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::noted::noted;
use crate::privilege::Privilege;
use crate::terminal::Terminal;
use crate::{assembling, packaging};

/// Runs the foot, or the built-in example when there is none.
pub fn run(args: &RunArgs, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    let privilege = Privilege::acquire();
    let Some(name) = &args.foot else { return demo::run(args, privilege, terminal) };
    let foot = Foot::evaluate(name, &args.eval, true, terminal)?;
    foot.refuse_mistakes(&args.eval)?;
    let report = assembling::sew(&foot, &args.assemble, privilege, terminal)?;
    let noted = if report.has_ledger { noted(&report.sock_dir)? } else { Vec::new() };
    let wanted = foot.plan.variable("PACKAGE").is_some() && foot.plan.variable("VERSION").is_some();
    let paired =
        if wanted && !args.no_pair { Some(packaging::pair(&foot, &args.output, terminal)?) } else { None };
    match args.format {
        Format::Json => {
            let mut document = sew::as_json(&report, &noted);
            if let Some(paired) = &paired {
                pair::add_to_json(&mut document, paired);
            }
            outln!("{document:#}");
        }
        Format::Text => {
            out!("{}", sew::as_text(&report, &noted));
            if let Some(paired) = &paired {
                out!("{}", pair::as_text(paired));
            }
        }
    }
    Ok(ExitStatus::Done)
}
