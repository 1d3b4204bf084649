//! The nails of the command line: their bytes and the rules for them.

use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use toe_lint::{FailOn, RuleSet};
use toe_source::{Diagnostic, SourceMap};

use crate::args::LintArgs;
use crate::failure::Failure;
use crate::nail_bytes::at_most_a_nail;
use crate::nail_files::nails_of;
use crate::project_files::{Project, Projects};

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";
/// What standard input is called when nobody says otherwise.
const STANDARD_INPUT_NAME: &str = "<stdin>";

#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum NailError {
    #[error("cannot read {}", path.display())]
    #[diagnostic(code(toe::lint::read), help("give the path of a nail that you may read"))]
    Read {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} is no regular file", path.display())]
    #[diagnostic(
        code(toe::lint::not_a_file),
        help("give the path of a nail or of a directory with nails, or `-` for standard input")
    )]
    NotAFile { path: PathBuf },
}

/// A nail that is linted.
#[derive(Debug)]
pub struct Nail {
    /// As the user knows it.
    pub name: String,
    /// All of it, or one byte more than a nail may have.
    pub bytes: Vec<u8>,
    /// Where it is; standard input is nowhere.
    pub file: Option<(PathBuf, Metadata)>,
    /// What is wanted of it.
    pub project: Arc<Project>,
    /// The rules that are asked.
    pub rules: RuleSet,
    /// The findings that make the lint fail.
    pub fail_on: FailOn,
}

impl Nail {
    /// Its path, which need not exist.
    pub fn path(&self) -> &Path {
        self.file.as_ref().map_or(Path::new(&self.name), |(path, _)| path)
    }
}

/// The nails, each once, by path, whatever the order of the command line.
pub fn nails(args: &LintArgs, projects: &mut Projects) -> Result<Vec<Nail>, Failure> {
    let mut failure = Failure { diagnostics: Vec::new(), sources: SourceMap::new() };
    let mut paths = Vec::new();
    for path in &args.paths {
        if path.as_os_str() == STANDARD_INPUT {
            paths.push(path.clone());
            continue;
        }
        for nail in nails_of(path) {
            match nail {
                Ok(nail) => paths.push(nail),
                Err(error) => failure.diagnostics.push(Diagnostic::from_error(&error)),
            }
        }
    }
    // `./a` and `a` are one; which of the two is shown does not depend on which comes first.
    paths.sort_by_cached_key(|path| (clean(path), path.clone()));
    paths.dedup_by_key(|path| clean(path));
    let contents: Vec<Result<Content, NailError>> =
        paths.par_iter().map(|path| read(path, args.stdin_filename.as_deref())).collect();
    let mut nails = Vec::new();
    for content in contents {
        let (name, bytes, file) = match content {
            Ok(read) => read,
            Err(error) => {
                failure.diagnostics.push(Diagnostic::from_error(&error));
                continue;
            }
        };
        let place = file.as_ref().map_or(Path::new(&name), |(path, _)| path);
        let project = projects.of(place)?;
        let (rules, fail_on) = (project.rules_for(place), project.fail_on());
        nails.push(Nail { name, bytes, file, project, rules, fail_on });
    }
    if failure.diagnostics.is_empty() { Ok(nails) } else { Err(failure) }
}

fn clean(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != std::path::Component::CurDir).collect()
}

/// Name, bytes, and where they came from unless that is standard input.
type Content = (String, Vec<u8>, Option<(PathBuf, Metadata)>);

fn read(path: &Path, stdin_name: Option<&Path>) -> Result<Content, NailError> {
    let failed = |source| NailError::Read { path: path.to_owned(), source };
    if path.as_os_str() == STANDARD_INPUT {
        let name = stdin_name.map_or(STANDARD_INPUT_NAME.to_owned(), |name| name.display().to_string());
        return Ok((name, at_most_a_nail(std::io::stdin().lock(), 0).map_err(failed)?, None));
    }
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(NailError::NotAFile { path: path.to_owned() });
    }
    let bytes = File::open(path).and_then(|file| at_most_a_nail(file, metadata.len())).map_err(failed)?;
    Ok((path.display().to_string(), bytes, Some((path.to_owned(), metadata))))
}
