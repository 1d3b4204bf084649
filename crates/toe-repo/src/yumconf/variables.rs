//! `$releasever`, `$basearch` and the like.

use std::collections::BTreeMap;

/// The values of yum's variables. They are given by the caller and never guessed from the host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YumVariables(BTreeMap<String, String>);

impl YumVariables {
    /// None at all: every `$name` stays as it is.
    pub fn new() -> Self {
        YumVariables::default()
    }

    /// Adds or replaces one; `name` without `$`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// `text` with `$name` and `${name}` replaced. An unknown name stays, as dnf has it.
    pub fn replace(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            let (name, following) = match after.strip_prefix('{').and_then(|a| a.split_once('}')) {
                Some(braced) => braced,
                None => after.split_at(after.find(|c| !is_name(c)).unwrap_or(after.len())),
            };
            if let Some(value) = self.0.get(name) {
                out.push_str(value);
                rest = following;
            } else {
                out.push('$');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_end_where_a_letter_does_not_follow() {
        let variables = YumVariables::new().with("releasever", "9").with("basearch", "x86_64");
        for (text, expected) in [
            ("http://h/$releasever/$basearch/os", "http://h/9/x86_64/os"),
            ("${releasever}s", "9s"),
            ("$releasevers", "$releasevers"),
            ("$", "$"),
            ("$$releasever", "$9"),
            ("${releasever", "${releasever"),
            ("${}$unknown-$basearch", "${}$unknown-x86_64"),
        ] {
            assert_eq!(variables.replace(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_changes_without_variables(text in ".*") {
            prop_assert_eq!(YumVariables::new().replace(&text), text);
        }
    }
}
