//! Names and numbers of users and groups.

/// A numeric user or group id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub u32);

/// A user or group name that shadow-utils would accept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountName(String);

/// Why a name is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountNameError {
    /// Nothing there.
    #[error("the name is empty")]
    Empty,
    /// Longer than 32 bytes (shadow-utils' limit, utmp's field).
    #[error("the name has {0} bytes; the limit is 32")]
    TooLong(usize),
    /// Only digits would be taken for a number.
    #[error("the name is all digits, which every tool takes for an id")]
    AllDigits,
    /// A character outside `[a-z_][a-z0-9_.-]*[$]?`.
    #[error("the name has {0:?}; allowed are letters, digits, `_`, `.`, `-` (not first), and `$` last")]
    Character(char),
}

impl AccountName {
    /// Checks a name: `[A-Za-z_][A-Za-z0-9_.-]*[$]?`, at most 32 bytes.
    pub fn parse(name: &str) -> Result<Self, AccountNameError> {
        if name.is_empty() {
            return Err(AccountNameError::Empty);
        }
        if name.len() > 32 {
            return Err(AccountNameError::TooLong(name.len()));
        }
        if name.bytes().all(|b| b.is_ascii_digit()) {
            return Err(AccountNameError::AllDigits);
        }
        let last = name.chars().count() - 1;
        for (i, c) in name.chars().enumerate() {
            let ok = c.is_ascii_alphabetic()
                || c == '_'
                || (i > 0 && (c.is_ascii_digit() || c == '.' || c == '-'))
                || (i > 0 && i == last && c == '$');
            if !ok {
                return Err(AccountNameError::Character(c));
            }
        }
        Ok(AccountName(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for AccountName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
