//! The namespaces and mounts that a program of the SOCK sees.

use std::ffi::CStr;
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{AtFlags, CWD, FileType, Mode, makedev};
use rustix::io::Errno;
use rustix::mount::{
    MountFlags, MountPropagationFlags, MoveMountFlags, OpenTreeFlags, UnmountFlags, mount, mount_bind,
    mount_change, mount_remount, move_mount, open_tree, unmount,
};
use rustix::thread::UnshareFlags;

use super::report::Stage;
use super::supervisor::Failure;

/// The devices that are there; nobody needs others to install a package.
const DEVICES: [(&CStr, &CStr, u32, u32); 6] = [
    (c"/dev/null", c"null", 1, 3),
    (c"/dev/zero", c"zero", 1, 5),
    (c"/dev/full", c"full", 1, 7),
    (c"/dev/random", c"random", 1, 8),
    (c"/dev/urandom", c"urandom", 1, 9),
    (c"/dev/tty", c"tty", 5, 0),
];

/// Links that shells and scripts rely on.
const LINKS: [(&CStr, &CStr); 4] = [
    (c"/proc/self/fd", c"/dev/fd"),
    (c"/proc/self/fd/0", c"/dev/stdin"),
    (c"/proc/self/fd/1", c"/dev/stdout"),
    (c"/proc/self/fd/2", c"/dev/stderr"),
];

/// Parts of /proc through which root changes the host: made read-only.
const READ_ONLY: [&CStr; 5] = [c"/proc/sys", c"/proc/irq", c"/proc/bus", c"/proc/fs", c"/proc/sysrq-trigger"];

/// Files of /proc that tell of the host's memory, keys and timers: `/dev/null` lies over them.
const MASKED: [&CStr; 6] = [
    c"/proc/kcore",
    c"/proc/kmsg",
    c"/proc/keys",
    c"/proc/timer_list",
    c"/proc/sched_debug",
    c"/proc/kallsyms",
];

/// The namespaces of one run, and what was made in the tree for it.
pub(super) struct Mounts {
    /// Copies of the host's device mounts, for user namespaces in which no device can be made.
    host_devices: Vec<Option<OwnedFd>>,
    made_dev: bool,
    made_proc: bool,
    /// True inside a user namespace that is not the machine's first.
    rootless: bool,
}

impl Mounts {
    /// Leaves the host's namespaces and makes `root` the root directory.
    pub(super) fn enter(root: OwnedFd) -> Result<Mounts, Failure> {
        let rootless = in_user_namespace();
        // unshare gives this process's working directory, and nothing else, its place in the copy
        // of the mount table; so the root goes through it.
        rustix::process::fchdir(&root).map_err(|e| (Stage::Root, e))?;
        drop(root);
        nix::sched::unshare(nix::sched::CloneFlags::from_bits_truncate(
            (UnshareFlags::NEWNS
                | UnshareFlags::NEWPID
                | UnshareFlags::NEWIPC
                | UnshareFlags::NEWUTS
                | UnshareFlags::NEWNET
                | UnshareFlags::NEWCGROUP)
                .bits() as i32,
        ))
        .map_err(|e| (Stage::Namespaces, Errno::from_raw_os_error(e as i32)))?;
        // Without a name of its own the SOCK would see, and scriptlets would write down, the host's.
        nix::unistd::sethostname("localhost")
            .map_err(|e| (Stage::Namespaces, Errno::from_raw_os_error(e as i32)))?;
        let host_devices = Self::pivot(rootless).map_err(|e| (Stage::Root, e))?;
        Ok(Mounts { host_devices, made_dev: false, made_proc: false, rootless })
    }

    fn pivot(rootless: bool) -> Result<Vec<Option<OwnedFd>>, Errno> {
        mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)?;
        let clone = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC;
        let host_devices = DEVICES
            .iter()
            .map(|(path, ..)| if rootless { open_tree(CWD, *path, clone).ok() } else { None })
            .collect();
        // Not recursive: what is mounted inside the tree, if anything, stays out of sight.
        let tree = open_tree(CWD, c".", clone)?;
        move_mount(&tree, c"", CWD, c".", MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH)?;
        rustix::process::fchdir(&tree)?;
        rustix::process::pivot_root(c".", c".")?;
        // The old root now lies on top of the new one at the same place.
        unmount(c".", UnmountFlags::DETACH)?;
        rustix::process::chdir(c"/")?;
        // Device nodes of packages are files like others here, not doors to the host's disks.
        let kept = rustix::fs::statvfs(c"/")?.f_flag;
        let mut flags = MountFlags::NODEV | MountFlags::BIND;
        for (seen, keep) in [
            (rustix::fs::StatVfsMountFlags::NOSUID, MountFlags::NOSUID),
            (rustix::fs::StatVfsMountFlags::NOATIME, MountFlags::NOATIME),
            (rustix::fs::StatVfsMountFlags::NODIRATIME, MountFlags::NODIRATIME),
            (rustix::fs::StatVfsMountFlags::RELATIME, MountFlags::RELATIME),
            (rustix::fs::StatVfsMountFlags::NOEXEC, MountFlags::NOEXEC),
        ] {
            if kept.contains(seen) {
                flags |= keep;
            }
        }
        mount_remount(c"/", flags, c"")?;
        Ok(host_devices)
    }

    /// Mounts a `/dev` of six devices over whatever the tree has there, and makes sure that
    /// `/proc` can be mounted.
    pub(super) fn make_devices(&mut self) -> Result<(), Failure> {
        let stage = |e| (Stage::Devices, e);
        self.made_dev = make_mount_point(c"/dev", 0o755).map_err(stage)?;
        self.made_proc = make_mount_point(c"/proc", 0o555).map_err(|e| (Stage::Proc, e))?;
        let flags = MountFlags::NOSUID | MountFlags::NOEXEC;
        mount(c"tmpfs", c"/dev", c"tmpfs", flags, c"mode=0755,size=64m,nr_inodes=4096").map_err(stage)?;
        for ((path, _, major, minor), host) in DEVICES.iter().zip(&self.host_devices) {
            let made = rustix::fs::mknodat(
                CWD,
                *path,
                FileType::CharacterDevice,
                Mode::from_raw_mode(0o666),
                makedev(*major, *minor),
            )
            .and_then(|()| rustix::fs::chmod(*path, Mode::from_raw_mode(0o666)));
            match (made, host) {
                (Err(Errno::PERM), Some(host)) => bind_device(host, path).map_err(stage)?,
                (other, _) => other.map_err(stage)?,
            }
        }
        for (target, link) in LINKS {
            rustix::fs::symlink(target, link).map_err(stage)?;
        }
        rustix::fs::mkdir(c"/dev/shm", Mode::from_raw_mode(0o1777)).map_err(stage)?;
        rustix::fs::chmod(c"/dev/shm", Mode::from_raw_mode(0o1777)).map_err(stage)
    }

    /// Mounts `/proc`; called in the first process of the pid namespace.
    pub(super) fn mount_proc(&self, processes: u32) -> Result<(), Errno> {
        let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
        match mount(c"proc", c"/proc", c"proc", flags, c"") {
            // A container that hides parts of its own /proc allows no whole one within; an empty one
            // then keeps what is written there out of the tree.
            Err(Errno::PERM) if self.rootless => {
                return mount(c"tmpfs", c"/proc", c"tmpfs", flags | MountFlags::RDONLY, c"mode=0555,size=4k");
            }
            other => other?,
        }
        limit_processes(processes)?;
        for path in READ_ONLY {
            match mount_bind(path, path) {
                Err(Errno::NOENT) => {}
                other => {
                    other?;
                    mount_remount(path, flags | MountFlags::BIND | MountFlags::RDONLY, c"")?;
                }
            }
        }
        for path in MASKED {
            match mount_bind(c"/dev/null", path) {
                Err(Errno::NOENT) => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// Takes the mounts away and removes the mount points that were made.
    pub(super) fn leave(&self) -> Result<(), Errno> {
        let mut first_error = Ok(());
        for (path, made) in [(c"/proc", self.made_proc), (c"/dev", self.made_dev)] {
            // Not mounted (EINVAL) when the run failed before.
            let _ = unmount(path, UnmountFlags::DETACH);
            if made {
                first_error = first_error.and(rustix::fs::rmdir(path));
            }
        }
        first_error
    }
}

/// Makes a directory to mount on; true when it was missing. A link in its place is refused: the
/// mount would lie over what it points to.
fn make_mount_point(path: &CStr, mode: u32) -> Result<bool, Errno> {
    match rustix::fs::mkdir(path, Mode::from_raw_mode(mode)) {
        Ok(()) => Ok(true),
        Err(Errno::EXIST) => {
            let found = rustix::fs::statat(CWD, path, AtFlags::SYMLINK_NOFOLLOW)?;
            match FileType::from_raw_mode(found.st_mode) {
                FileType::Directory => Ok(false),
                _ => Err(Errno::NOTDIR),
            }
        }
        Err(e) => Err(e),
    }
}

/// Lays a mount of the host's device over an empty file.
fn bind_device(host: &OwnedFd, path: &CStr) -> Result<(), Errno> {
    use rustix::fs::OFlags;
    drop(rustix::fs::open(
        path,
        OFlags::CREATE | OFlags::WRONLY | OFlags::CLOEXEC,
        Mode::from_raw_mode(0o666),
    )?);
    move_mount(host.as_fd(), c"", CWD, path, MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH)
}

/// Bounds the number of processes: from Linux 6.14 on `pid_max` belongs to the pid namespace.
/// Before that it is the machine's, and is left alone.
fn limit_processes(processes: u32) -> Result<(), Errno> {
    let release = rustix::system::uname();
    let mut numbers = release.release().to_bytes().split(|b| !b.is_ascii_digit()).map(|digits| {
        std::str::from_utf8(digits).ok().and_then(|d| d.parse::<u32>().ok()).unwrap_or_default()
    });
    if (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default()) < (6, 14) {
        return Ok(());
    }
    use rustix::fs::OFlags;
    let file =
        rustix::fs::open(c"/proc/sys/kernel/pid_max", OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?;
    // 301 is the least that the kernel takes.
    rustix::io::write(&file, processes.max(301).to_string().as_bytes())?;
    Ok(())
}

/// True when this process's user namespace does not map all ids onto themselves.
fn in_user_namespace() -> bool {
    match std::fs::read_to_string("/proc/self/uid_map") {
        Ok(map) => map.split_whitespace().collect::<Vec<_>>() != ["0", "0", "4294967295"],
        Err(_) => false,
    }
}
