//! Running a command of a SOCK as one of its users, in the sandbox.

use std::ffi::CString;
use std::os::fd::AsFd;

use nix::unistd::{Gid, Uid, execve, setgid, setgroups, setuid};
use toe_source::Observer;

use crate::sandbox::{Environment, Job, Limits, Outcome, Program, Sandbox, SandboxError};

/// Exit status when the user or group could not be taken on (as env(1) reports its own failures).
pub const CANNOT_SWITCH: i32 = 125;

/// Runs `argv` (the first an absolute path of the SOCK) in the sandbox with these ids and no supplementary groups.
/// Status 127 means that there is no such program, 126 that it cannot be run, [`CANNOT_SWITCH`] that the
/// ids are not available here, as in a user namespace that holds one user.
pub fn run_as(
    root: &impl AsFd,
    uid: u32,
    gid: u32,
    argv: &[CString],
    limits: Limits,
    observer: &dyn Observer,
) -> Result<Outcome, SandboxError> {
    let environment = Environment::default();
    let variables: Vec<CString> =
        environment.iter().filter_map(|(name, value)| CString::new(format!("{name}={value}")).ok()).collect();
    let name = argv.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    let inside = || {
        let Some(program) = argv.first() else { return 127 };
        if take_on(uid, gid).is_err() {
            return CANNOT_SWITCH;
        }
        match execve::<_, _>(program, argv, &variables) {
            Ok(never) => match never {},
            Err(nix::errno::Errno::ENOENT) => 127,
            Err(_) => 126,
        }
    };
    let job = Job {
        from: &name,
        program: Program::Inside(&inside),
        stdin: b"",
        environment: Environment::default(),
    };
    Sandbox::new(root, limits).run(&job, observer)
}

fn take_on(uid: u32, gid: u32) -> nix::Result<()> {
    let (now_uid, now_gid) = (Uid::current(), Gid::current());
    if now_uid.as_raw() == uid && now_gid.as_raw() == gid {
        return Ok(());
    }
    setgroups(&[])?;
    setgid(Gid::from_raw(gid))?;
    setuid(Uid::from_raw(uid))
}
