//! `wc [-lwc] FILE..`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

const FORMS: &str = "wc [-l] [-w] [-c] FILE..";

impl Machine<'_> {
    pub(super) fn wc(&mut self, args: &[Expanded]) -> Run<i32> {
        // Which of lines, words and bytes are shown, in this order.
        let mut shown = [false; 3];
        let mut files = Vec::new();
        for word in args {
            let letters = match word.text.strip_prefix('-') {
                Some(letters) if !letters.is_empty() => letters,
                _ => {
                    files.push(word.text.as_str());
                    continue;
                }
            };
            for letter in letters.chars() {
                match "lwc".find(letter).and_then(|i| shown.get_mut(i)) {
                    Some(column) => *column = true,
                    None => return Err(self.foreign_form("wc", word, FORMS)),
                }
            }
        }
        if shown == [false; 3] {
            shown = [true; 3];
        }
        let standard_input = files.contains(&"-") || files.is_empty();
        let mut rows = Vec::new();
        let mut total = [0usize; 3];
        for file in if files.is_empty() { vec!["-"] } else { files.clone() } {
            let bytes = match self.read_inputs("wc", &[file])? {
                Ok(bytes) => bytes,
                Err(_) if files.len() > 1 => {
                    return Err(self.bad_call(
                        "wc",
                        "one of its files does not exist",
                        "name existing files",
                    ));
                }
                Err(status) => return Ok(status),
            };
            if shown[1] && !bytes.is_ascii() {
                return Err(self.not_in_subset("`wc -w` over text outside of ASCII", "count lines or bytes"));
            }
            let counts = counts(&bytes);
            for (sum, n) in total.iter_mut().zip(counts) {
                *sum += n;
            }
            rows.push((counts, if files.is_empty() { "" } else { file }));
        }
        let columns = shown.iter().filter(|s| **s).count();
        // As wide as the bytes of all files together; a standard input that is no file asks for 7.
        let width = match (columns, rows.len()) {
            (1, 1) => 1,
            _ if standard_input => 7,
            _ => total[2].to_string().len(),
        };
        if rows.len() > 1 {
            rows.push((total, "total"));
        }
        for (counts, name) in rows {
            let numbers: Vec<String> =
                counts.iter().zip(shown).filter(|(_, s)| *s).map(|(n, _)| format!("{n:width$}")).collect();
            let separator = if name.is_empty() { "" } else { " " };
            self.write(format!("{}{separator}{name}\n", numbers.join(" ")).as_bytes())?;
        }
        Ok(0)
    }
}

/// Lines, words and bytes.
fn counts(bytes: &[u8]) -> [usize; 3] {
    let lines = bytes.split(|b| *b == b'\n').count() - 1;
    // A word needs a character that can be printed.
    let words = bytes
        .split(|b| matches!(b, b' ' | 9..=13))
        .filter(|w| w.iter().any(|b| b.is_ascii_graphic() || !b.is_ascii()))
        .count();
    [lines, words, bytes.len()]
}
