//! `toe lint`: asks the rules about nails, makes their fixes, and shows what they find.

mod found;
mod mending;
mod nail;

use std::sync::Arc;

use rayon::prelude::*;
use toe_eval::{RealHost, SharedFiles};
use toe_lint::{Packages, Report};

use crate::args::{LintArgs, LintFormat};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::{current_dir, settings};
use crate::package_facts;
use crate::project_files::{Choices, Projects};
use crate::render;
use crate::terminal::Terminal;
use found::Findings;
use nail::{Nail, nails};

/// Lints the nails of the command line.
pub fn run(args: &LintArgs, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    let settings = settings(&args.eval)?;
    let here = current_dir()?;
    let choices = Choices {
        config: args.config.as_deref(),
        isolated: args.isolated,
        select: &args.select,
        ignore: &args.ignore,
        fail_on: args.fail_on.map(Into::into),
    };
    let mut nails = nails(args, &mut Projects::new(choices))?;
    if args.show_settings {
        out!("{}", settings_of(&nails));
        return Ok(ExitStatus::Done);
    }
    let host = |nail: &Nail| RealHost::new(here.clone(), nail.path(), &args.eval.nail_path);
    let changed = match args.least_safety() {
        Some(least) => {
            let mended: Vec<_> = nails
                .par_iter()
                .map(|nail| {
                    toe_lint::mend(&host(nail), &nail.name, &nail.bytes, &settings, &nail.rules, least)
                })
                .collect();
            mending::finish(&mut nails, mended, args.diff, terminal)?
        }
        None => false,
    };
    // After all fixes are written: a nail may include another one.
    let packages: Vec<Option<Packages>> = nails
        .iter()
        .map(|nail| match nail.file {
            Some(_) if args.online => package_facts::of_foot(&nail.name, args, terminal),
            _ => Ok(None),
        })
        .collect::<Result<_, Failure>>()?;
    let shared = Arc::new(SharedFiles::default());
    let sharing =
        |nail: &Nail| RealHost::sharing(shared.clone(), here.clone(), nail.path(), &args.eval.nail_path);
    let reports: Vec<Report> = nails
        .par_iter()
        .zip(&packages)
        .map(|(nail, packages)| {
            let (host, packages) = (sharing(nail), packages.as_ref());
            toe_lint::lint_with_packages(&host, &nail.name, &nail.bytes, &settings, &nail.rules, packages)
        })
        .collect();
    let found = Findings::of(&reports);
    let text = match args.format {
        LintFormat::Text => render::findings::text(&found.shown, nails.len(), terminal),
        LintFormat::Json => format!("{:#}\n", render::findings::document(&found.shown)),
        LintFormat::Sarif => format!("{:#}\n", render::sarif::log(&found.shown, &found.silenced)),
        LintFormat::Github => render::github::annotations(&found.shown),
    };
    let is_output_taken = args.diff || (args.fix && nails.iter().any(|nail| nail.file.is_none()));
    if is_output_taken {
        err!("{text}");
    } else {
        out!("{text}");
    }
    let fails = nails.iter().zip(&reports).any(|(nail, report)| nail.fail_on.is_met_by(report));
    Ok(if fails || (args.diff && changed) { ExitStatus::Findings } else { ExitStatus::Done })
}

/// The settings of each project, once.
fn settings_of(nails: &[Nail]) -> String {
    let mut shown: Vec<String> = nails.iter().map(|nail| nail.project.settings()).collect();
    shown.sort();
    shown.dedup();
    shown.join("\n")
}
