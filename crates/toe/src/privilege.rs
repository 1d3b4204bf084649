//! What this process may do: root, root of a user namespace, or neither.

use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};

/// The rights of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privilege {
    /// Owners, devices and scriptlets all work.
    Root,
    /// Root of a user namespace with one user: scriptlets work, owners go into the ledger, devices
    /// cannot be made.
    Namespace,
    /// User namespaces are forbidden here: files only.
    None,
}

impl Privilege {
    /// Finds out, and enters a user namespace when not root. Must be called before any thread is
    /// started: unshare(2) refuses a user namespace to a process with threads.
    pub fn acquire() -> Self {
        if geteuid().is_root() {
            return if all_ids_are_mapped() { Privilege::Root } else { Privilege::Namespace };
        }
        let (uid, gid) = (geteuid(), getegid());
        if unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNS).is_err() {
            return Privilege::None;
        }
        // user_namespaces(7): one's own ids may be mapped after setgroups(2) was given up.
        let maps = [
            ("setgroups", "deny".to_owned()),
            ("uid_map", format!("0 {uid} 1")),
            ("gid_map", format!("0 {gid} 1")),
        ];
        for (file, text) in maps {
            if std::fs::write(format!("/proc/self/{file}"), text).is_err() {
                return Privilege::None;
            }
        }
        Privilege::Namespace
    }
}

/// True outside of user namespaces and in those that map more than one user.
fn all_ids_are_mapped() -> bool {
    let map = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let ids: u64 = map.lines().filter_map(|l| l.split_whitespace().nth(2)?.parse::<u64>().ok()).sum();
    ids != 1
}
