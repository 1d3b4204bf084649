//! Paths as they are seen inside the SOCK.

/// An absolute path inside the SOCK, without `.`, `..`, empty components, NUL or newline.
/// It is never joined to SOCK_DIR: `toe-root` resolves it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SockPath(String);

/// Why a word is not a path inside the SOCK.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SockPathError {
    /// Nothing there.
    #[error("the path is empty")]
    Empty,
    /// A `..` component.
    #[error("the path has a `..` component")]
    DotDot,
    /// NUL or a control character.
    #[error("the path has a control character")]
    Control,
    /// Longer than PATH_MAX or a component longer than NAME_MAX.
    #[error("the path is longer than the system allows (4095 bytes, 255 a component)")]
    TooLong,
}

impl SockPath {
    /// Reads a path; a missing leading `/` is added, doubled and trailing slashes and `.` are dropped.
    pub fn parse(word: &str) -> Result<Self, SockPathError> {
        if word.is_empty() {
            return Err(SockPathError::Empty);
        }
        if word.bytes().any(|b| b < 0x20 || b == 0x7f) {
            return Err(SockPathError::Control);
        }
        let mut path = String::with_capacity(word.len() + 1);
        for component in word.split('/').filter(|c| !c.is_empty() && *c != ".") {
            if component == ".." {
                return Err(SockPathError::DotDot);
            }
            if component.len() > 255 {
                return Err(SockPathError::TooLong);
            }
            path.push('/');
            path.push_str(component);
        }
        if path.len() > 4095 {
            return Err(SockPathError::TooLong);
        }
        if path.is_empty() {
            path.push('/');
        }
        Ok(SockPath(path))
    }

    /// The path with its leading `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without its leading `/`; `.` for the root itself.
    pub fn relative(&self) -> &str {
        match &self.0[1..] {
            "" => ".",
            rest => rest,
        }
    }
}

impl std::fmt::Display for SockPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
