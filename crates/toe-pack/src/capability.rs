//! File capabilities: the extended attribute as the text that packages hold.

/// Names of the capabilities by number (linux/capability.h).
const NAMES: [&str; 41] = [
    "chown",
    "dac_override",
    "dac_read_search",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "linux_immutable",
    "net_bind_service",
    "net_broadcast",
    "net_admin",
    "net_raw",
    "ipc_lock",
    "ipc_owner",
    "sys_module",
    "sys_rawio",
    "sys_chroot",
    "sys_ptrace",
    "sys_pacct",
    "sys_admin",
    "sys_boot",
    "sys_nice",
    "sys_resource",
    "sys_time",
    "sys_tty_config",
    "mknod",
    "lease",
    "audit_write",
    "audit_control",
    "setfcap",
    "mac_override",
    "mac_admin",
    "syslog",
    "wake_alarm",
    "block_suspend",
    "audit_read",
    "perfmon",
    "bpf",
    "checkpoint_restore",
];

/// Reads the value of `security.capability` (revision 2, or 3 with the root id ignored) into the form of
/// cap_to_text(3), such as `cap_net_raw=ep`. `None` when the value is not one.
pub(crate) fn text(value: &[u8]) -> Option<String> {
    let word = |i: usize| Some(u32::from_le_bytes(value.get(4 * i..4 * i + 4)?.try_into().ok()?));
    let magic = word(0)?;
    match (magic >> 24, value.len()) {
        (2, 20) | (3, 24) => {}
        _ => return None,
    }
    let effective = magic & 1 == 1;
    let permitted = u64::from(word(1)?) | u64::from(word(3)?) << 32;
    let inheritable = u64::from(word(2)?) | u64::from(word(4)?) << 32;
    let mut clauses = Vec::new();
    for (p, i) in [(true, false), (false, true), (true, true)] {
        let names: Vec<String> = (0..64)
            .filter(|bit| (permitted >> bit & 1 == 1) == p && (inheritable >> bit & 1 == 1) == i)
            .map(|bit| NAMES.get(bit).map_or_else(|| bit.to_string(), |name| format!("cap_{name}")))
            .collect();
        if names.is_empty() {
            continue;
        }
        let flags: String =
            [(effective, 'e'), (i, 'i'), (p, 'p')].iter().filter(|(on, _)| *on).map(|(_, c)| c).collect();
        clauses.push(format!("{}={flags}", names.join(",")));
    }
    // No capability at all is a value too: it takes the file's privileges away.
    Some(if clauses.is_empty() { "=".to_owned() } else { clauses.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(magic: u32, words: [u32; 4]) -> Vec<u8> {
        std::iter::once(magic).chain(words).flat_map(u32::to_le_bytes).collect()
    }

    #[test]
    fn texts() {
        assert_eq!(text(&value(0x0200_0001, [1 << 13, 0, 0, 0])).unwrap(), "cap_net_raw=ep");
        assert_eq!(text(&value(0x0200_0000, [0x401, 0, 0, 0])).unwrap(), "cap_chown,cap_net_bind_service=p");
        assert_eq!(
            text(&value(0x0200_0001, [1, 3, 1 << 7, 0])).unwrap(),
            "cap_bpf=ep cap_dac_override=ei cap_chown=eip"
        );
        assert_eq!(text(&value(0x0200_0000, [0; 4])).unwrap(), "=");
        assert_eq!(text(&value(0x0100_0000, [0; 4])), None);
        assert_eq!(text(b""), None);
    }
}
