//! The system call filter: what no scriptlet has business with is refused with EPERM.
//!
//! It stands behind the capabilities, for the calls that need none: user namespaces (and with them
//! mounts), keyrings, ptrace, io of other processes. The program is written by hand because the
//! usual compilers of filters kill every process of a second architecture, and 32-bit programs in a
//! SOCK must run on a 64-bit machine: those have the numbers of their own here.

use libc::{
    BPF_ABS, BPF_JEQ, BPF_JGE, BPF_JMP, BPF_JSET, BPF_K, BPF_LD, BPF_RET, BPF_W, EPERM, SECCOMP_RET_ALLOW,
    SECCOMP_RET_ERRNO, sock_filter,
};

/// Every CLONE_NEW* flag of clone(2).
const NEW_NAMESPACES: u32 = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET) as u32;

/// Offsets in `struct seccomp_data`.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const FIRST_ARGUMENT: u32 = 16;

/// One architecture's numbers.
struct Table {
    /// `AUDIT_ARCH_*`.
    architecture: u32,
    clone: u32,
    clone3: u32,
    refused: Vec<u32>,
}

/// Numbers that are the same on every architecture.
const REFUSED_EVERYWHERE: [u32; 8] = [
    428, // open_tree
    429, // move_mount
    430, // fsopen
    431, // fsconfig
    432, // fsmount
    433, // fspick
    442, // mount_setattr
    467, // open_tree_attr
];

fn native() -> Table {
    let mut refused: Vec<u32> = [
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_kexec_load,
        libc::SYS_kexec_file_load,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_open_by_handle_at,
        libc::SYS_swapon,
        libc::SYS_swapoff,
        libc::SYS_settimeofday,
        libc::SYS_clock_settime,
        libc::SYS_clock_adjtime,
        libc::SYS_adjtimex,
        libc::SYS_reboot,
        libc::SYS_acct,
        libc::SYS_quotactl,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_syslog,
        libc::SYS_io_uring_setup,
    ]
    .map(|number| number as u32)
    .to_vec();
    refused.extend(REFUSED_EVERYWHERE);
    Table {
        architecture: ARCHITECTURE_HERE,
        clone: libc::SYS_clone as u32,
        clone3: libc::SYS_clone3 as u32,
        refused,
    }
}

#[cfg(target_arch = "x86_64")]
const ARCHITECTURE_HERE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const ARCHITECTURE_HERE: u32 = 0xc000_00b7;

/// 32-bit programs on x86_64; the numbers are those of the kernel's syscall_32.tbl.
fn i386() -> Table {
    let mut refused = vec![
        21, 22, 25, 26, 51, 52, 79, 87, 88, 103, 115, 124, 128, 129, 131, 217, 264, 283, 286, 287, 288, 310,
        336, 342, 343, 346, 347, 348, 350, 357, 374, 404, 405, 425,
    ];
    refused.extend(REFUSED_EVERYWHERE);
    Table { architecture: 0x4000_0003, clone: 120, clone3: 435, refused }
}

/// The whole filter.
pub(super) fn filter() -> Vec<sock_filter> {
    let mut program = vec![load(ARCHITECTURE)];
    let tables = if cfg!(target_arch = "x86_64") { vec![native(), i386()] } else { vec![native()] };
    for table in tables {
        let section = section(&table);
        // Sections are far below 255 instructions, the reach of a jump.
        let length = u8::try_from(section.len()).unwrap_or(u8::MAX);
        program.push(jump(BPF_JEQ, table.architecture, 0, length));
        program.extend(section);
    }
    // An architecture without a table: nothing is known of its numbers, so nothing is allowed.
    program.push(refuse(EPERM));
    program
}

fn section(table: &Table) -> Vec<sock_filter> {
    let mut section = vec![load(NUMBER)];
    if cfg!(target_arch = "x86_64") {
        // The x32 variant has numbers of its own, above this bit.
        section.extend([jump(BPF_JGE, 0x4000_0000, 0, 1), refuse(libc::ENOSYS)]);
    }
    // The flags of clone3 lie in memory, where no filter sees them: libraries then fall back to clone.
    section.extend([jump(BPF_JEQ, table.clone3, 0, 1), refuse(libc::ENOSYS)]);
    for number in &table.refused {
        section.extend([jump(BPF_JEQ, *number, 0, 1), refuse(EPERM)]);
    }
    section.extend([
        jump(BPF_JEQ, table.clone, 0, 3),
        load(FIRST_ARGUMENT),
        jump(BPF_JSET, NEW_NAMESPACES, 0, 1),
        refuse(EPERM),
        statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    ]);
    section
}

fn load(offset: u32) -> sock_filter {
    statement(BPF_LD | BPF_W | BPF_ABS, offset)
}

fn refuse(errno: i32) -> sock_filter {
    statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | errno as u32)
}

fn statement(code: u32, k: u32) -> sock_filter {
    sock_filter { code: code as u16, jt: 0, jf: 0, k }
}

fn jump(test: u32, k: u32, when_true: u8, when_false: u8) -> sock_filter {
    sock_filter { code: (BPF_JMP | test | BPF_K) as u16, jt: when_true, jf: when_false, k }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_within_the_reach_of_a_jump() {
        assert!(section(&native()).len() < 255 && section(&i386()).len() < 255);
    }

    #[test]
    fn every_path_ends_in_a_verdict() {
        let program = filter();
        for (at, statement) in program.iter().enumerate() {
            let furthest = at + 1 + usize::from(statement.jt.max(statement.jf));
            let returns = u32::from(statement.code) & 7 == BPF_RET;
            assert!(returns || furthest < program.len(), "instruction {at}");
        }
    }
}
