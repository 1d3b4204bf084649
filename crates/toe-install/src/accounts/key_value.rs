//! Settings of shadow-utils inside the SOCK: /etc/login.defs and /etc/default/useradd.

use toe_root::{Root, RootError};

const LIMIT: u64 = 1 << 20;

/// The last value of `key` in a file of lines `KEY VALUE` (or `KEY=VALUE` with `separator` `=`);
/// `None` when the file or the key is missing.
pub(super) fn value(
    root: &Root,
    path: &str,
    key: &str,
    separator: char,
) -> Result<Option<String>, RootError> {
    match root.find(path)? {
        Some(metadata) if metadata.is_file() => {}
        _ => return Ok(None),
    }
    let content = root.read_file(path, LIMIT)?;
    let content = String::from_utf8_lossy(&content);
    let mut found = None;
    for line in content.lines() {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        let split = if separator == '=' { line.split_once('=') } else { line.split_once([' ', '\t']) };
        if let Some((k, v)) = split
            && k.trim() == key
        {
            let v = v.trim();
            let v = v.strip_prefix('"').and_then(|v| v.split('"').next()).unwrap_or(v);
            found = Some(v.to_owned());
        }
    }
    Ok(found)
}

/// A number as strtol(3) with base 0 reads it: octal with a leading 0, hexadecimal with 0x.
pub(super) fn mode(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x").or(text.strip_prefix("0X")) {
        Some(hex) => (hex, 16),
        None if text.len() > 1 && text.starts_with('0') => (text.get(1..)?, 8),
        None => (text, 10),
    };
    u32::from_str_radix(digits, radix).ok().filter(|n| *n <= 0o7777)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_found() {
        let scratch = tempfile::tempdir().unwrap();
        let root = Root::open(scratch.path()).unwrap();
        assert_eq!(value(&root, "etc/login.defs", "UMASK", ' ').unwrap(), None);
        let text = "#UMASK 027\nUMASK\t\t077\nHOME_MODE  0750 \nSKEL=/etc/skel2\n";
        std::fs::create_dir(scratch.path().join("etc")).unwrap();
        std::fs::write(scratch.path().join("etc/login.defs"), text).unwrap();
        let get = |key, sep| value(&root, "etc/login.defs", key, sep).unwrap();
        assert_eq!(get("UMASK", ' ').as_deref(), Some("077"));
        assert_eq!(get("HOME_MODE", ' ').as_deref(), Some("0750"));
        assert_eq!(get("SKEL", '=').as_deref(), Some("/etc/skel2"));
        assert_eq!(
            (mode("0750"), mode("022"), mode("18"), mode("0x1f"), mode("x")),
            (Some(0o750), Some(18), Some(18), Some(31), None)
        );
    }
}
