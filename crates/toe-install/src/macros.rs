//! The few macros that scriptlets expand at install time (`%post -e`, `rpm.expand`).
//!
//! rpm would take them from the installing machine; a SOCK must not depend on that, so there is one
//! small table, and whatever it lacks is an error that names the macro.

use std::collections::BTreeMap;

/// Names and values.
#[derive(Debug, Clone)]
pub struct Macros(BTreeMap<String, String>);

/// A macro that cannot be expanded, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot expand the macro `{text}`: {why}")]
pub struct MacroError {
    /// The macro as written.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl Macros {
    /// The table for a SOCK of this architecture.
    pub fn new(arch: &str) -> Self {
        let lib = match arch {
            "x86_64" | "aarch64" | "ppc64" | "ppc64le" | "s390x" | "riscv64" => "lib64",
            _ => "lib",
        };
        let fixed = [
            ("nil", ""),
            ("_install_langs", "all"),
            ("_dbpath", "/var/lib/rpm"),
            ("_os", "linux"),
            ("_prefix", "/usr"),
            ("_exec_prefix", "/usr"),
            ("_bindir", "/usr/bin"),
            ("_sbindir", "/usr/sbin"),
            ("_libexecdir", "/usr/libexec"),
            ("_datadir", "/usr/share"),
            ("_includedir", "/usr/include"),
            ("_mandir", "/usr/share/man"),
            ("_infodir", "/usr/share/info"),
            ("_sysconfdir", "/etc"),
            ("_localstatedir", "/var"),
            ("_sharedstatedir", "/var/lib"),
            ("_var", "/var"),
            ("_usr", "/usr"),
            ("_tmppath", "/var/tmp"),
            ("_unitdir", "/usr/lib/systemd/system"),
        ];
        let mut table: BTreeMap<_, _> =
            fixed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        table.insert("_arch".to_owned(), arch.to_owned());
        table.insert("_target_cpu".to_owned(), arch.to_owned());
        table.insert("_lib".to_owned(), lib.to_owned());
        table.insert("_libdir".to_owned(), format!("/usr/{lib}"));
        Macros(table)
    }

    /// Adds or replaces a macro.
    pub fn define(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// Whether there is a macro of this name.
    pub fn is_defined(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Expands `%%`, `%name`, `%{name}`, `%{?name}`, `%{?name:text}` and `%{!?name:text}`.
    pub fn expand(&self, text: &str) -> Result<String, MacroError> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('%') {
            out.push_str(before);
            let refuse = |end: usize, why| {
                let shown: String = after.chars().take(end.min(60)).collect();
                Err(MacroError { text: format!("%{shown}"), why })
            };
            match after.chars().next() {
                Some('%') => {
                    out.push('%');
                    rest = &after[1..];
                }
                Some('{') => {
                    let Some(close) = matching_brace(after) else {
                        return refuse(60, "its closing brace is missing");
                    };
                    match self.braced(&after[1..close])? {
                        Some(value) => out.push_str(&value),
                        None => return refuse(close + 1, "toe knows a few macros of installing only"),
                    }
                    rest = &after[close + 1..];
                }
                Some('(' | '[') => return refuse(20, "commands and expressions are not run for a macro"),
                Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                    let end =
                        after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
                    match self.0.get(&after[..end]) {
                        Some(value) => out.push_str(value),
                        None => return refuse(end, "toe knows a few macros of installing only"),
                    }
                    rest = &after[end..];
                }
                // A lone percent sign means itself, as in `date +%s`-like texts of rpm.
                _ => {
                    out.push('%');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    /// What stands between braces; `None` when it is not known.
    fn braced(&self, inner: &str) -> Result<Option<String>, MacroError> {
        let (negated, conditional) = match inner.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, inner),
        };
        let Some(conditional) = conditional.strip_prefix('?') else {
            return Ok(self.0.get(inner).cloned());
        };
        let (name, text) = match conditional.split_once(':') {
            Some((name, text)) => (name, Some(text)),
            None => (conditional, None),
        };
        let value = self.0.get(name);
        if value.is_some() == negated {
            return Ok(Some(String::new()));
        }
        match text {
            Some(text) => self.expand(text).map(Some),
            None => Ok(Some(value.cloned().unwrap_or_default())),
        }
    }
}

fn matching_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_language_is_expanded_and_the_rest_refused() {
        let macros = Macros::new("x86_64");
        for (text, value) in [
            ("plain 100%", "plain 100%"),
            ("a %% b", "a % b"),
            ("%{_arch}/%_lib", "x86_64/lib64"),
            ("[%{?none}%{?none:x}%{!?none:y}%{?_lib:%{_lib}}]", "[ylib64]"),
            ("%{nil}", ""),
        ] {
            assert_eq!(macros.expand(text).as_deref(), Ok(value));
        }
        for text in ["%{none}", "%none", "%(date)", "%{lua:x}", "%{_arch", "%[1+1]"] {
            assert!(macros.expand(text).is_err(), "{text}");
        }
    }
}
