//! `toe lint`: asks the rules about nails and shows what they find.

use std::collections::HashSet;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

use toe_eval::RealHost;
use toe_lint::{Report, RuleSet};
use toe_source::{Diagnostic, Severity, SourceMap};
use toe_syntax::error::MAX_LENGTH;

use crate::args::{FailOn, LintArgs, LintFormat};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::{current_dir, settings};
use crate::nail_files::nails_of;
use crate::render;
use crate::terminal::Terminal;

#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum LintError {
    #[error("cannot read {}", path.display())]
    #[diagnostic(code(toe::lint::read), help("give the path of a nail that you may read"))]
    Read {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} is no regular file", path.display())]
    #[diagnostic(code(toe::lint::not_a_file), help("give the path of a nail or of a directory with nails"))]
    NotAFile { path: PathBuf },
}

/// Lints the nails of the command line.
pub fn run(args: &LintArgs, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    let settings = settings(&args.eval)?;
    let here = current_dir()?;
    let mut failure = Failure { diagnostics: Vec::new(), sources: SourceMap::new() };
    let mut paths = Vec::new();
    for path in &args.paths {
        match nails_of(path) {
            Ok(nails) => paths.extend(nails),
            Err(error) => failure.diagnostics.push(Diagnostic::from_error(&error)),
        }
    }
    let rules = RuleSet::default();
    let mut reports = Vec::new();
    let mut told = HashSet::new();
    for path in &paths {
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                failure.diagnostics.push(Diagnostic::from_error(&error));
                continue;
            }
        };
        let host = RealHost::new(here.clone(), path, &args.eval.nail_path);
        let mut report = toe_lint::lint(&host, &path.display().to_string(), &bytes, &settings, &rules);
        // A nail that several feet include would say the same again for each.
        report.diagnostics.retain(|d| told.insert(identity(d, &report.sources)));
        reports.push(report);
    }
    if !failure.diagnostics.is_empty() {
        return Err(failure);
    }
    match args.format {
        LintFormat::Text => out!("{}", to_text(&reports, paths.len(), terminal)),
        LintFormat::Json => outln!("{:#}", render::findings::document(&reports)),
        LintFormat::Github => out!("{}", render::github::annotations(&reports)),
    }
    let limit = match args.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Style => Severity::Style,
    };
    let fails = reports.iter().any(|report| report.has(limit));
    Ok(if fails { ExitStatus::Findings } else { ExitStatus::Done })
}

fn identity(diagnostic: &Diagnostic, sources: &SourceMap) -> (String, String, Option<(String, u32)>) {
    let place = diagnostic.labels.first().map(|label| {
        let name = sources.file(label.span.source).name.trim_start_matches("./").to_owned();
        (name, label.span.start)
    });
    (diagnostic.code.clone(), diagnostic.message.clone(), place)
}

/// All of the nail, or one byte more than a nail may have.
fn read(path: &Path) -> Result<Vec<u8>, LintError> {
    let failed = |source| LintError::Read { path: path.to_owned(), source };
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(LintError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(MAX_LENGTH as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn to_text(reports: &[Report], nails: usize, terminal: &Terminal) -> String {
    let mut out = String::new();
    let mut findings = 0;
    for report in reports {
        for diagnostic in &report.diagnostics {
            out.push_str(&render::text::render(diagnostic, &report.sources, terminal));
            findings += 1;
        }
    }
    let plural = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    if findings > 0 {
        let _ = writeln!(out, "{} in {}", plural(findings, "finding"), plural(nails, "nail"));
    }
    out
}
