//! Cutting a program's output into lines, within a bound.

/// Longest line that is handed on whole; a longer one comes in pieces.
const LONGEST: usize = 8192;

/// Collects bytes and hands on lines.
pub(super) struct Lines {
    pending: Vec<u8>,
    left: u64,
    pub(super) unseen: u64,
    pub(super) last: Option<String>,
}

impl Lines {
    /// Hands on at most `limit` bytes.
    pub(super) fn new(limit: u64) -> Self {
        Lines { pending: Vec::new(), left: limit, unseen: 0, last: None }
    }

    pub(super) fn push(&mut self, bytes: &[u8], emit: &mut dyn FnMut(&str)) {
        let seen = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        let (shown, hidden) = bytes.split_at(seen);
        self.left -= seen as u64;
        self.unseen = self.unseen.saturating_add(hidden.len() as u64);
        for piece in shown.split_inclusive(|b| *b == b'\n') {
            self.pending.extend_from_slice(piece);
            if self.pending.ends_with(b"\n") || self.pending.len() >= LONGEST {
                self.flush(emit);
            }
        }
    }

    /// Hands on what is left of the last line.
    pub(super) fn finish(&mut self, emit: &mut dyn FnMut(&str)) {
        if !self.pending.is_empty() {
            self.flush(emit);
        }
    }

    fn flush(&mut self, emit: &mut dyn FnMut(&str)) {
        let line = std::mem::take(&mut self.pending);
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        emit(&line);
        if !line.trim().is_empty() {
            self.last = Some(escape_free_line(&line));
        }
    }
}

/// A line of foreign text that is safe inside a message: control characters become `?`, and it is cut
/// after 200 characters.
pub fn escape_free_line(line: &str) -> String {
    line.chars().take(200).map(|c| if c.is_control() { '?' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_and_bounded() {
        let mut lines = Lines::new(12);
        let mut seen = Vec::new();
        let mut emit = |line: &str| seen.push(line.to_owned());
        lines.push(b"one\r\ntw", &mut emit);
        lines.push(b"o\n\x1b[3rest", &mut emit);
        lines.finish(&mut emit);
        assert_eq!(seen, ["one", "two", "\x1b[3"]);
        assert_eq!((lines.unseen, lines.last.as_deref()), (4, Some("?[3")));
    }
}
