//! `tr [-cdst] SET [SET]`: it only reads its standard input, which is empty or not there at all.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

const FORMS: &str = "tr [-c] [-d] [-s] [-t] SET [SET] </dev/null";

impl Machine<'_> {
    pub(super) fn tr(&mut self, args: &[Expanded]) -> Run<i32> {
        if !self.stdin_null {
            return Err(self.not_in_subset(
                "`tr` reading its standard input",
                "use ${NAME//PATTERN/TEXT}, ${NAME^^} or ${NAME,,} on a variable",
            ));
        }
        let (mut delete, mut squeeze) = (false, false);
        let mut sets = args;
        while let Some((word, rest)) = sets.split_first() {
            let Some(letters) = word.text.strip_prefix('-').filter(|l| !l.is_empty()) else { break };
            sets = rest;
            if letters == "-" {
                break;
            }
            for letter in letters.chars() {
                match letter {
                    'd' => delete = true,
                    's' => squeeze = true,
                    'c' | 'C' | 't' => {}
                    _ => return Err(self.foreign_form("tr", word, FORMS)),
                }
            }
        }
        let wanted = match (delete, squeeze) {
            (true, false) => 1..=1,
            (true, true) | (false, false) => 2..=2,
            (false, true) => 1..=2,
        };
        if !wanted.contains(&sets.len()) {
            return Err(self.bad_call("tr", "the number of sets does not fit the options", FORMS));
        }
        // What is wrong with a set is seen without any input, so it must be known to be right.
        if let Some(word) = sets.iter().find(|w| !is_plain_set(&w.text)) {
            return Err(self.foreign_form("tr", word, "sets of single characters and ascending ranges"));
        }
        Ok(0)
    }
}

/// Characters and ascending ranges without classes and escapes.
fn is_plain_set(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let descends = |w: &[char]| w[1] == '-' && w[0] > w[2];
    !chars.is_empty()
        && chars.iter().all(|c| c.is_ascii() && !matches!(c, '[' | '\\'))
        && !chars.windows(3).any(descends)
}
