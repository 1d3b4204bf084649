//! What is taken from a program before it starts: capabilities, system calls, resources.

use rustix::io::Errno;
use rustix::process::{Resource, Rlimit};
use rustix::thread::{CapabilitySet, CapabilitySets};

use super::{Limits, seccomp, syscall};

/// What scriptlets of packages need; the list of rpm-ostree, without the making of devices and
/// everything about networks.
const KEPT: CapabilitySet = CapabilitySet::CHOWN
    .union(CapabilitySet::DAC_OVERRIDE)
    .union(CapabilitySet::FOWNER)
    .union(CapabilitySet::FSETID)
    .union(CapabilitySet::KILL)
    .union(CapabilitySet::SETGID)
    .union(CapabilitySet::SETUID)
    .union(CapabilitySet::SETPCAP)
    .union(CapabilitySet::SYS_CHROOT)
    .union(CapabilitySet::SETFCAP);

/// Open files of one process: the usual limits of a login.
const OPEN_FILES: (u64, u64) = (1024, 4096);

pub(super) fn confine(limits: &Limits) -> Result<(), Errno> {
    syscall::reset_signals();
    // In a user namespace with one mapped group this is refused, and there is nothing to drop.
    let _ = nix::unistd::setgroups(&[]);
    for (resource, soft, hard) in [
        (Resource::Core, 0, 0),
        (Resource::Nofile, OPEN_FILES.0, OPEN_FILES.1),
        (Resource::Data, limits.memory, limits.memory),
        (Resource::Fsize, limits.file_size, limits.file_size),
    ] {
        lower(resource, soft, hard)?;
    }
    for capability in CapabilitySet::all().iter().filter(|c| !KEPT.contains(*c)) {
        match rustix::thread::remove_capability_from_bounding_set(capability) {
            // Not known to this kernel.
            Ok(()) | Err(Errno::INVAL) => {}
            Err(e) => return Err(e),
        }
    }
    match rustix::thread::clear_ambient_capability_set() {
        Ok(()) | Err(Errno::INVAL) => {}
        Err(e) => return Err(e),
    }
    let had = rustix::thread::capabilities(None)?;
    let sets = CapabilitySets {
        effective: had.permitted.intersection(KEPT),
        permitted: had.permitted.intersection(KEPT),
        inheritable: CapabilitySet::empty(),
    };
    rustix::thread::set_capabilities(None, sets)?;
    rustix::thread::set_no_new_privs(true)?;
    syscall::install_filter(&seccomp::filter())?;
    rustix::process::chdir(c"/")
}

/// Sets a limit, but never above what this process may.
fn lower(resource: Resource, soft: u64, hard: u64) -> Result<(), Errno> {
    let now = rustix::process::getrlimit(resource);
    let hard = now.maximum.map_or(hard, |maximum| maximum.min(hard));
    rustix::process::setrlimit(resource, Rlimit { current: Some(soft.min(hard)), maximum: Some(hard) })
}
