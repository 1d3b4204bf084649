//! What the child needs, prepared in the parent: words as C strings, the places to look for them.

use std::ffi::CString;

use sha2::{Digest, Sha256};

use super::{Environment, Job, Program, SandboxError};

/// What process C does once it is confined.
pub(super) enum Work<'a> {
    /// Executes the first of `places` that exists.
    Exec { places: Vec<CString>, argv: Vec<CString> },
    /// Like `Exec`, with the path of the body put after the first `before` words.
    Script { places: Vec<CString>, argv: Vec<CString>, before: usize, body: &'a [u8], names: Vec<CString> },
    /// Calls a function.
    Inside(&'a dyn Fn() -> i32),
}

/// A job in the form the child takes.
pub(super) struct Image<'a> {
    pub(super) work: Work<'a>,
    /// `NAME=VALUE`, for exec.
    pub(super) environment: Vec<CString>,
    /// The same as pairs, for code of ours.
    pub(super) variables: Vec<(CString, CString)>,
}

/// Names that are tried for the body, in case a scriptlet left a file of that name.
const BODY_NAMES: u32 = 64;

impl<'a> Image<'a> {
    pub(super) fn new(job: &Job<'a>) -> Result<Image<'a>, SandboxError> {
        let c_string =
            |bytes: &[u8]| CString::new(bytes).map_err(|_| SandboxError::Nul { from: job.from.to_owned() });
        let c_strings = |words: &[Vec<u8>]| words.iter().map(|w| c_string(w)).collect::<Result<Vec<_>, _>>();
        let mut environment = Vec::new();
        let mut variables = Vec::new();
        for (name, value) in job.environment.iter() {
            environment.push(c_string(format!("{name}={value}").as_bytes())?);
            variables.push((c_string(name.as_bytes())?, c_string(value.as_bytes())?));
        }
        let work = match &job.program {
            Program::Command { argv } => {
                Work::Exec { places: places(argv, &job.environment, &c_string)?, argv: c_strings(argv)? }
            }
            Program::Script { interpreter, body, args } => {
                let mut argv = c_strings(interpreter)?;
                let before = argv.len();
                argv.extend(c_strings(args)?);
                let names =
                    body_names(body).map(|name| c_string(name.as_bytes())).collect::<Result<_, _>>()?;
                // rpm looks for an interpreter without a slash nowhere: it executes it from `/`.
                let places = argv.first().cloned().into_iter().collect();
                Work::Script { places, argv, before, body, names }
            }
            Program::Inside(function) => Work::Inside(*function),
        };
        Ok(Image { work, environment, variables })
    }
}

/// Where the program of a command may be.
fn places(
    argv: &[Vec<u8>],
    environment: &Environment,
    c_string: &dyn Fn(&[u8]) -> Result<CString, SandboxError>,
) -> Result<Vec<CString>, SandboxError> {
    let Some(program) = argv.first() else { return Ok(Vec::new()) };
    if program.contains(&b'/') {
        return Ok(vec![c_string(program)?]);
    }
    let path = environment.get("PATH").unwrap_or_default();
    path.split(':')
        .map(|dir| c_string(&[dir.as_bytes(), b"/", program].concat()))
        .collect::<Result<Vec<_>, _>>()
}

/// Paths for the body. rpm takes random names; these depend on the text alone, so that what
/// interpreters say about the file is the same in each run.
fn body_names(body: &[u8]) -> impl Iterator<Item = String> {
    let digest = hex::encode(Sha256::digest(body));
    (0..BODY_NAMES).map(move |attempt| {
        let start = digest.get(..4).unwrap_or_default();
        format!("/var/tmp/rpm-tmp.{start}{attempt:02}")
    })
}
