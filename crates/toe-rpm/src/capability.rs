//! File capabilities (capabilities(7)): FILECAPS (5010) as text, `security.capability` as bytes.

/// Names by number, linux/capability.h.
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

/// VFS_CAP_REVISION_2.
const REVISION_2: u32 = 0x0200_0000;
/// VFS_CAP_FLAGS_EFFECTIVE.
const EFFECTIVE: u32 = 1;

/// The 20 bytes of the attribute for a text such as `cap_net_raw,cap_sys_nice+ep` or
/// `cap_chown=ep cap_kill+i` (cap_from_text(3)); `None` for what is not understood. Empty text, `=`
/// alone, gives an attribute without capabilities.
pub fn xattr_from_text(text: &str) -> Option<[u8; 20]> {
    let (mut effective, mut permitted, mut inheritable) = (0_u64, 0_u64, 0_u64);
    for clause in text.split_whitespace() {
        let operator = clause.find(['=', '+', '-'])?;
        let (names, mut actions) = clause.split_at(operator);
        let set = capability_set(names)?;
        while let Some(operator) = actions.chars().next() {
            let end = actions.get(1..)?.find(['=', '+', '-']).map_or(actions.len(), |at| at + 1);
            let flags = actions.get(1..end)?;
            if operator == '=' {
                effective &= !set;
                permitted &= !set;
                inheritable &= !set;
            }
            for flag in flags.chars() {
                let target = match flag {
                    'e' => &mut effective,
                    'p' => &mut permitted,
                    'i' => &mut inheritable,
                    _ => return None,
                };
                if operator == '-' {
                    *target &= !set;
                } else {
                    *target |= set;
                }
            }
            actions = actions.get(end..)?;
        }
    }
    // A file has one effective bit for all: any other mixture cannot be stored.
    let magic = match effective {
        0 => REVISION_2,
        e if e == permitted | inheritable => REVISION_2 | EFFECTIVE,
        _ => return None,
    };
    let words =
        [magic, permitted as u32, inheritable as u32, (permitted >> 32) as u32, (inheritable >> 32) as u32];
    let mut bytes = [0; 20];
    for (slot, word) in bytes.chunks_exact_mut(4).zip(words) {
        slot.copy_from_slice(&word.to_le_bytes());
    }
    Some(bytes)
}

fn capability_set(names: &str) -> Option<u64> {
    if names.is_empty() || names == "all" {
        return Some((1 << NAMES.len()) - 1);
    }
    names.split(',').try_fold(0, |set, name| {
        let bare = name.strip_prefix("cap_").or_else(|| name.strip_prefix("CAP_"))?.to_ascii_lowercase();
        let number = NAMES.iter().position(|known| *known == bare)?;
        Some(set | 1 << number)
    })
}

/// Reads the value of `security.capability` (revision 2, or 3 with the root id ignored) into the form of
/// cap_to_text(3), such as `cap_net_raw=ep`. `None` when the value is not one.
pub fn text_from_xattr(value: &[u8]) -> Option<String> {
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

    #[test]
    fn texts_become_the_attribute_that_setcap_writes() {
        // As setcap(8) and getfattr(1) show them.
        for (text, hex) in [
            ("cap_net_raw=ep", "0100000200200000000000000000000000000000"),
            ("cap_net_bind_service,cap_sys_nice+ep", "0100000200048000000000000000000000000000"),
            ("cap_net_raw+p", "0000000200200000000000000000000000000000"),
            ("cap_bpf=ep", "0100000200000000000000008000000000000000"),
            ("cap_chown=eip cap_kill=eip", "0100000221000000210000000000000000000000"),
        ] {
            assert_eq!(xattr_from_text(text).map(hex::encode).as_deref(), Some(hex), "{text}");
        }
        for text in ["cap_none=ep", "cap_chown", "cap_chown=x", "cap_chown=ep cap_kill=p"] {
            assert_eq!(xattr_from_text(text), None, "{text}");
        }
    }

    fn value(magic: u32, words: [u32; 4]) -> Vec<u8> {
        std::iter::once(magic).chain(words).flat_map(u32::to_le_bytes).collect()
    }

    #[test]
    fn texts() {
        assert_eq!(text_from_xattr(&value(0x0200_0001, [1 << 13, 0, 0, 0])).unwrap(), "cap_net_raw=ep");
        assert_eq!(
            text_from_xattr(&value(0x0200_0000, [0x401, 0, 0, 0])).unwrap(),
            "cap_chown,cap_net_bind_service=p"
        );
        assert_eq!(
            text_from_xattr(&value(0x0200_0001, [1, 3, 1 << 7, 0])).unwrap(),
            "cap_bpf=ep cap_dac_override=ei cap_chown=eip"
        );
        assert_eq!(text_from_xattr(&value(0x0200_0000, [0; 4])).unwrap(), "=");
        assert_eq!(text_from_xattr(&value(0x0100_0000, [0; 4])), None);
        assert_eq!(text_from_xattr(b""), None);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["cap_net_raw=ep", "cap_chown,cap_net_bind_service=p", "cap_bpf=eip"] {
            let bytes = xattr_from_text(text).unwrap();
            assert_eq!(text_from_xattr(&bytes).as_deref(), Some(text));
        }
    }
}
