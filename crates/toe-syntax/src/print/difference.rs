//! How two texts differ, for people.

use similar::TextDiff;

/// A unified diff from `old` to `new` with three lines of context, its two sides named `name`;
/// empty when they are equal.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(3).header(&format!("{name}.orig"), name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_lines_with_context() {
        let old = "1\n2\n3\n4\nb  x\n5\n6\n7\n8\n";
        let new = "1\n2\n3\n4\nb x\n5\n6\n7\n8\n";
        let expected = "--- n.orig\n+++ n\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-b  x\n+b x\n 5\n 6\n 7\n";
        assert_eq!(unified("n", old, new), expected);
        assert_eq!(unified("n", old, old), "");
    }

    #[test]
    fn a_missing_newline_is_shown() {
        assert_eq!(
            unified("n", "a", "a\n"),
            "--- n.orig\n+++ n\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"
        );
    }
}
