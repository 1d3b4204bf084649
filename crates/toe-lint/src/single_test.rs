//! `[ ]` and `test`, which are commands with words and not syntax.

use toe_syntax::tree::{Simple, Word};

use crate::word_text::{bare, words};

/// What stands between the brackets, or after `test`; `None` for other commands. Of a `[` without its `]` all
/// words.
pub fn operands(command: &Simple) -> Option<Vec<&Word>> {
    let mut words: Vec<&Word> = words(command).collect();
    let name = bare(words.first()?)?;
    if name == "[" && words.len() > 1 && words.last().and_then(|word| bare(word)) == Some("]") {
        words.pop();
    } else if name != "[" && name != "test" {
        return None;
    }
    words.remove(0);
    Some(words)
}
