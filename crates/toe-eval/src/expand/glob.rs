//! Pathname expansion (bash manual, 3.5.8), sorted bytewise, hidden names only when asked for.

use std::path::Path;

use crate::EvalErrorKind;
use crate::machine::Machine;
use crate::stop::Run;

use super::pattern::{Pattern, PatternError, has_glob};

impl Machine<'_> {
    /// The paths that match; empty when none does.
    pub(crate) fn glob(&mut self, pattern: &str) -> Run<Vec<String>> {
        let pattern = with_plain_slashes(pattern);
        let pattern = pattern.as_str();
        if pattern.contains("//") {
            return Err(self.not_in_subset("`//` in a pathname pattern", "write one `/`"));
        }
        if pattern.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1 {
            let what = "a backslash that quotes nothing, at the end of a pathname pattern";
            return Err(self.not_in_subset(what, "take the backslash away, or quote it"));
        }
        let (mut found, rest) = match pattern.strip_prefix('/') {
            Some(rest) => (vec!["/".to_owned()], rest),
            None => (vec![String::new()], pattern),
        };
        let components: Vec<&str> = rest.split('/').collect();
        for (i, component) in components.iter().enumerate() {
            let last = i + 1 == components.len();
            let mut next = Vec::new();
            for base in &found {
                self.charge(1)?;
                self.glob_component(base, component, last, &mut next)?;
            }
            self.check_values(next.iter().map(|p| p.len() + 48).sum())?;
            found = next;
        }
        found.sort_unstable();
        Ok(found)
    }

    fn glob_component(&mut self, base: &str, component: &str, last: bool, out: &mut Vec<String>) -> Run {
        let mut push = |path: String| out.push(if last { path } else { format!("{path}/") });
        if component.is_empty() {
            // A trailing slash: what came before is a directory.
            push(base.to_owned());
            return Ok(());
        }
        if !has_glob(component) {
            let path = format!("{base}{}", unescape(component));
            let kind = self.ask(|host| host.kind(Path::new(&path), !last))?;
            let fits = if last { kind.is_some() } else { kind == Some(crate::FileKind::Directory) };
            if fits {
                push(path);
            }
            return Ok(());
        }
        if matches!(Pattern::parse(component), Err(PatternError::OpenRange)) {
            // Bash matches nothing with it, and leaves the word.
            return Ok(());
        }
        let pattern = self.compile(component)?;
        let directory = if base.is_empty() { "." } else { base };
        let entries = self.ask(|host| host.list(Path::new(directory)))?;
        // A name costs a question to the file system.
        self.charge(64 + 24 * entries.len() as u64)?;
        let hidden_wanted = component.starts_with('.') || component.starts_with("\\.");
        for entry in entries {
            if entry.name.starts_with('.') && !hidden_wanted || !last && !entry.is_directory {
                continue;
            }
            if self.matches(&pattern, &entry.name)? {
                push(format!("{base}{}", entry.name));
            }
        }
        Ok(())
    }

    /// Asks the host; its refusal is an error at the place that runs.
    pub(crate) fn ask<T>(
        &mut self,
        question: impl FnOnce(&dyn crate::Host) -> Result<T, crate::HostError>,
    ) -> Run<T> {
        self.charge(1)?;
        question(self.host).map_err(|reason| self.error(EvalErrorKind::Outside(reason)))
    }
}

/// A quoted `/` separates like any other.
fn with_plain_slashes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match (c, chars.as_str().starts_with('/')) {
            ('\\', true) => {}
            ('\\', false) => {
                out.push(c);
                out.extend(chars.next());
            }
            (c, _) => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or('\\') } else { c });
    }
    out
}
