//! Assembling the SOCK of an evaluated foot, for `sew` and `run`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use toe_install::{SewOptions, SewReport, Waiting};
use toe_repo::{FetchOptions, Fetcher, YumConf, YumVariables};
use toe_root::Privilege as RootPrivilege;

use crate::args::AssembleArgs;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::privilege::Privilege;
use crate::progress::Progress;
use crate::terminal::Terminal;

/// Values of the environment that cannot be used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum EnvironmentError {
    /// Not a number of seconds.
    #[error("SOURCE_DATE_EPOCH is `{0}`, which is no number of seconds since 1970")]
    #[diagnostic(code(toe::source_date), help("unset it, or set it to what `date +%s` prints"))]
    SourceDate(String),
    /// Neither XDG_CACHE_HOME nor HOME.
    #[error("there is no place for downloads: neither XDG_CACHE_HOME nor HOME is set")]
    #[diagnostic(code(toe::no_cache), help("give --cache DIR"))]
    NoCache,
}

/// Builds the SOCK.
pub fn sew(
    foot: &Foot,
    args: &AssembleArgs,
    privilege: Privilege,
    terminal: &Terminal,
) -> Result<SewReport, Failure> {
    check_repo_file(foot)?;
    allow_many_files();
    let jobs = args.jobs.unwrap_or_else(processors).max(1);
    let mut fetch = FetchOptions::new(cache_dir(args.cache.as_deref())?);
    fetch.offline = args.offline;
    fetch.jobs = jobs;
    let options = SewOptions {
        no_scripts: args.no_scripts,
        fresh: args.fresh,
        adopt: args.adopt,
        no_host_links: args.no_host_links,
        source_date: source_date()?,
        jobs,
        waiting: if args.no_wait { Waiting::Never } else { Waiting::Limited(Duration::from_hours(1)) },
        privilege: root_privilege(privilege),
        ..SewOptions::default()
    };
    let progress = Progress::new(terminal, &foot.sources);
    toe_install::sew(&foot.plan, &Fetcher::new(fetch), &options, &progress)
        .map_err(|error| Failure { diagnostics: error.diagnostics(), sources: foot.sources.clone() })
}

/// REPO_FILE must be there and readable before anything is processed, whether or not this run asks it
/// anything: a foot whose repositories are unknown cannot be darned, resolved or updated later.
fn check_repo_file(foot: &Foot) -> Result<(), Failure> {
    let Some(path) = foot.plan.variable("REPO_FILE") else { return Ok(()) };
    match YumConf::load(Path::new(path), &YumVariables::new()) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::of(&error)),
    }
}

/// How trees are made with these rights.
pub fn root_privilege(privilege: Privilege) -> RootPrivilege {
    match privilege {
        Privilege::Root => RootPrivilege::Real,
        Privilege::Namespace | Privilege::None => RootPrivilege::Ledger,
    }
}

/// SOURCE_DATE_EPOCH, in seconds since 1970.
pub fn source_date() -> Result<Option<i64>, Failure> {
    let Some(text) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let text = text.to_string_lossy();
    match text.parse::<u32>() {
        Ok(seconds) => Ok(Some(seconds.into())),
        Err(_) => Err(Failure::of(&EnvironmentError::SourceDate(text.into_owned()))),
    }
}

/// Every package of a foot is kept open from its digest to its last byte; the usual soft limit of 1024 is
/// too small for a large foot.
pub fn allow_many_files() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    if let Ok((_, hard)) = getrlimit(Resource::RLIMIT_NOFILE) {
        // Refused, the limit stays, and what does not fit is an error with its path.
        let _ = setrlimit(Resource::RLIMIT_NOFILE, hard, hard);
    }
}

pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// `--cache`, else the XDG base directory, else below the home directory.
pub fn cache_dir(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(dir) = given {
        return Ok(dir.to_owned());
    }
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    if let Some(dir) = absolute("XDG_CACHE_HOME") {
        return Ok(dir.join("toe"));
    }
    if let Some(home) = absolute("HOME") {
        return Ok(home.join(".cache/toe"));
    }
    Err(Failure::of(&EnvironmentError::NoCache))
}
