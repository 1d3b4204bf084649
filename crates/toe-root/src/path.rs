//! Paths and names as bytes, checked before the system sees them.

use crate::RootError;

/// A path beneath a root: components joined by `/`, without a leading one; empty for the root itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RootPath(Vec<u8>);

/// PATH_MAX without its NUL, and NAME_MAX (limits.h).
const PATH_LIMIT: usize = 4095;
const NAME_LIMIT: usize = 255;

impl RootPath {
    /// Leading, doubled and trailing slashes and `.` go; `..`, NUL and what is too long are refused.
    pub(crate) fn parse(path: &[u8]) -> Result<Self, RootError> {
        let bad = |why| Err(RootError::BadPath { path: shown(path), why });
        if path.is_empty() {
            return bad("it is empty");
        }
        if path.len() > PATH_LIMIT {
            return bad("it is too long");
        }
        if path.contains(&0) {
            return bad("it has a NUL byte");
        }
        let mut out = Vec::with_capacity(path.len());
        for component in path.split(|b| *b == b'/').filter(|c| !c.is_empty() && *c != b".") {
            if component == b".." {
                return bad("it has a `..` component");
            }
            if component.len() > NAME_LIMIT {
                return bad("a component is too long");
            }
            if !out.is_empty() {
                out.push(b'/');
            }
            out.extend_from_slice(component);
        }
        Ok(RootPath(out))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The directory that holds the last component, and that component; `None` for the root.
    pub(crate) fn split(&self) -> Option<(&[u8], &[u8])> {
        if self.0.is_empty() {
            return None;
        }
        match self.0.iter().rposition(|b| *b == b'/') {
            Some(slash) => Some((&self.0[..slash], &self.0[slash + 1..])),
            None => Some((b"", &self.0)),
        }
    }
}

/// Checks a single component.
pub(crate) fn check_name(name: &[u8]) -> Result<(), RootError> {
    let why = match name {
        b"" => "a name is empty",
        b"." | b".." => "a name is `.` or `..`",
        _ if name.contains(&b'/') => "a name has a slash",
        _ if name.contains(&0) => "a name has a NUL byte",
        _ if name.len() > NAME_LIMIT => "a name is too long",
        _ => return Ok(()),
    };
    Err(RootError::BadPath { path: shown(name), why })
}

/// `directory/name` without a leading slash.
pub(crate) fn join(directory: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = directory.to_vec();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

/// A path for messages: with its leading slash, control and non-UTF-8 bytes escaped.
pub(crate) fn shown(path: &[u8]) -> String {
    let mut out = String::new();
    if path.first() != Some(&b'/') {
        out.push('/');
    }
    for chunk in path.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() {
                out.extend(c.escape_default());
            } else {
                out.push(c);
            }
        }
        for byte in chunk.invalid() {
            out.push_str("\\x");
            out.extend([byte >> 4, byte & 15].map(|n| char::from_digit(n.into(), 16).unwrap_or('?')));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(path: &[u8]) -> Vec<u8> {
        RootPath::parse(path).unwrap().as_bytes().to_vec()
    }

    #[test]
    fn paths_are_brought_to_one_form() {
        assert_eq!(parsed(b"/a//b/./c/"), b"a/b/c");
        assert_eq!(parsed(b"/"), b"");
        assert_eq!(parsed(b"a\xff/b"), b"a\xff/b");
        assert_eq!(RootPath::parse(b"/a/b").unwrap().split(), Some((&b"a"[..], &b"b"[..])));
        assert_eq!(RootPath::parse(b"a").unwrap().split(), Some((&b""[..], &b"a"[..])));
        assert_eq!(RootPath::parse(b"///").unwrap().split(), None);
    }

    #[test]
    fn paths_that_cannot_be() {
        let long = [b'x'; 256];
        let longer = [b'/'; 4096];
        for bad in [&b""[..], b"..", b"/a/../b", b"a\0b", &long, &longer] {
            assert!(matches!(RootPath::parse(bad), Err(RootError::BadPath { .. })), "{bad:?}");
        }
        for bad in [&b""[..], b".", b"..", b"a/", b"a/b", b"a\0", &long] {
            assert!(check_name(bad).is_err(), "{bad:?}");
        }
        check_name(b"...").unwrap();
    }

    #[test]
    fn foreign_bytes_are_escaped() {
        assert_eq!(shown(b"a\x1b[1m\xff\n"), "/a\\u{1b}[1m\\xff\\n");
    }
}
