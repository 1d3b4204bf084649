//! `toe fmt`: formats nails in place, or says what is not formatted.

use std::fs::Metadata;
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use toe_source::{Diagnostic, SourceId, SourceMap};
use toe_syntax::{FormatError, FormatOptions, SyntaxError, format, is_formatted};

use crate::args::FmtArgs;
use crate::editorconfig::{EditorconfigError, Layouts};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::nail_bytes::at_most_a_nail;
use crate::nail_files::{NailFilesError, nails_of};
use crate::replace_file::replace_file;

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Why a nail was not formatted, other than for what is in it.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum FmtError {
    #[error("cannot read {}", path.display())]
    #[diagnostic(code(toe::fmt::read), help("give the path of a nail that you may read"))]
    Read {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot write {}", path.display())]
    #[diagnostic(
        code(toe::fmt::write),
        help("the nail is as it was: make its directory writable, or free space")
    )]
    Write {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} is a symbolic link", path.display())]
    #[diagnostic(code(toe::fmt::link), help("give the path of the file that it points to"))]
    Link { path: PathBuf },
    #[error("{} is no regular file", path.display())]
    #[diagnostic(code(toe::fmt::not_a_file), help("give the path of a nail, or `-` for standard input"))]
    NotAFile { path: PathBuf },
    #[error("{name}: {error}")]
    #[diagnostic(
        code(toe::fmt::not_formatted),
        help("please report it with the nail, which was left as it is")
    )]
    NotFormatted { name: String, error: FormatError },
    #[error("cannot write to standard output")]
    #[diagnostic(code(toe::fmt::output), help("give it somewhere to write to"))]
    Output(#[source] std::io::Error),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Nails(NailFilesError),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Editorconfig(EditorconfigError),
}

/// What is to be formatted.
struct Input {
    /// As the user knows it.
    name: String,
    bytes: Vec<u8>,
    /// Where it is written back; standard input is not.
    file: Option<(PathBuf, Metadata)>,
}

/// What became of a nail.
enum Outcome {
    Unchanged,
    /// What is shown of it.
    Changed(String),
    /// It is no nail: its name and content.
    Refused(String, Vec<u8>),
    Failed(FmtError),
}

/// Formats the nails of the command line.
pub fn run(args: &FmtArgs) -> Result<ExitStatus, Failure> {
    let mut failure = Failure { diagnostics: Vec::new(), sources: SourceMap::new() };
    let paths = args.paths.iter().flat_map(|path| {
        if path.as_os_str() == STANDARD_INPUT {
            Box::new(std::iter::once(Ok(path.clone())))
        } else {
            nails_of(path)
        }
    });
    let layouts = Layouts::default();
    // The first nails are formatted while the directories of the others are read.
    let in_order = paths.enumerate().par_bridge();
    let mut outcomes: Vec<(usize, Outcome)> =
        in_order.map(|(place, path)| (place, treat(path, &layouts, args))).collect();
    outcomes.sort_unstable_by_key(|(place, _)| *place);
    let mut changed = false;
    let mut out = std::io::stdout().lock();
    for (_, outcome) in outcomes {
        match outcome {
            Outcome::Unchanged => {}
            Outcome::Changed(shown) => {
                changed = true;
                if let Err(error) = out.write_all(shown.as_bytes()) {
                    failure.diagnostics.push(Diagnostic::from_error(&FmtError::Output(error)));
                }
            }
            Outcome::Refused(name, bytes) => report(&name, &bytes, &mut failure),
            Outcome::Failed(error) => failure.diagnostics.push(Diagnostic::from_error(&error)),
        }
    }
    if !failure.diagnostics.is_empty() {
        return Err(failure);
    }
    let only_looked = args.check || args.diff;
    Ok(if changed && only_looked { ExitStatus::Findings } else { ExitStatus::Done })
}

/// Formats one nail and writes it, unless that is not wanted.
fn treat(path: Result<PathBuf, NailFilesError>, layouts: &Layouts, args: &FmtArgs) -> Outcome {
    let input = match path.map_err(FmtError::Nails).and_then(|path| read(&path)) {
        Ok(input) => input,
        Err(error) => return Outcome::Failed(error),
    };
    // Standard input is laid out like a nail of the current directory.
    let place = input.file.as_ref().map_or(Path::new("stdin.nail"), |(path, _)| path);
    let options = match layouts.of(place) {
        Ok(options) => options,
        Err(error) => return Outcome::Failed(FmtError::Editorconfig(error)),
    };
    let Ok(text) = std::str::from_utf8(&input.bytes) else {
        return Outcome::Refused(input.name, input.bytes);
    };
    let outcome = if args.diff {
        difference(&input, text, options)
    } else if args.check {
        name_unless_formatted(&input, text, options)
    } else {
        write_formatted(&input, text, options)
    };
    match outcome {
        Ok(outcome) => outcome,
        Err(FormatError::Syntax(_)) => Outcome::Refused(input.name, input.bytes),
        Err(error) => Outcome::Failed(FmtError::NotFormatted { name: input.name, error }),
    }
}

fn difference(input: &Input, text: &str, options: FormatOptions) -> Result<Outcome, FormatError> {
    let formatted = format(SourceId(0), text, options)?;
    if formatted == text {
        return Ok(Outcome::Unchanged);
    }
    Ok(Outcome::Changed(toe_syntax::print::unified(&input.name, text, &formatted)))
}

fn name_unless_formatted(input: &Input, text: &str, options: FormatOptions) -> Result<Outcome, FormatError> {
    let is_formatted = is_formatted(SourceId(0), text, options)?;
    Ok(if is_formatted { Outcome::Unchanged } else { Outcome::Changed(format!("{}\n", input.name)) })
}

fn write_formatted(input: &Input, text: &str, options: FormatOptions) -> Result<Outcome, FormatError> {
    let formatted = format(SourceId(0), text, options)?;
    Ok(match &input.file {
        None => Outcome::Changed(formatted),
        Some(_) if formatted == text => Outcome::Unchanged,
        Some((path, metadata)) => match replace_file(path, metadata, &formatted) {
            Ok(()) => Outcome::Changed(String::new()),
            Err(source) => Outcome::Failed(FmtError::Write { path: path.clone(), source }),
        },
    })
}

fn read(path: &Path) -> Result<Input, FmtError> {
    let failed = |source| FmtError::Read { path: path.to_owned(), source };
    if path.as_os_str() == STANDARD_INPUT {
        let bytes = at_most_a_nail(std::io::stdin().lock(), 0).map_err(failed)?;
        return Ok(Input { name: "<stdin>".into(), bytes, file: None });
    }
    let metadata = std::fs::symlink_metadata(path).map_err(failed)?;
    if metadata.is_symlink() {
        return Err(FmtError::Link { path: path.to_owned() });
    }
    if !metadata.is_file() {
        return Err(FmtError::NotAFile { path: path.to_owned() });
    }
    let bytes =
        std::fs::File::open(path).and_then(|file| at_most_a_nail(file, metadata.len())).map_err(failed)?;
    Ok(Input { name: path.display().to_string(), bytes, file: Some((path.to_owned(), metadata)) })
}

/// Adds what is wrong with the nail `name`.
fn report(name: &str, bytes: &[u8], failure: &mut Failure) {
    let text = String::from_utf8_lossy(bytes);
    let source = failure.sources.add(name, text.clone());
    let errors: Vec<SyntaxError> = match std::str::from_utf8(bytes) {
        Ok(text) => match format(source, text, FormatOptions::default()) {
            Err(FormatError::Syntax(errors)) => errors,
            _ => Vec::new(),
        },
        Err(_) => toe_syntax::decode(source, bytes).err().into_iter().collect(),
    };
    failure.diagnostics.extend(errors.iter().map(SyntaxError::diagnostic));
}
