//! `sort [-nrufbs] [-t C] [-k KEY].. FILE..` in the order of bytes (the C.UTF-8 locale).

use std::cmp::Ordering;

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::input::lines;
use super::sort_key::{Key, KeyOptions};

const FORMS: &str = "sort [-n] [-r] [-u] [-f] [-b] [-s] [-t CHARACTER] [-k FIRST[,LAST]] FILE..";

/// What the options ask for.
#[derive(Debug, Default)]
struct Sorting {
    unique: bool,
    stable: bool,
    /// For keys without options of their own, and for whole lines.
    global: KeyOptions,
    separator: Option<u8>,
    keys: Vec<Key>,
}

impl Machine<'_> {
    pub(super) fn sort(&mut self, args: &[Expanded]) -> Run<i32> {
        let (sorting, files) = self.sort_arguments(args)?;
        let mut all = Vec::new();
        // A file without a final newline still ends its last line.
        let sources = if files.is_empty() { vec!["-"] } else { files };
        for file in sources {
            match self.read_inputs("sort", &[file])? {
                Ok(mut bytes) => {
                    if bytes.last().is_some_and(|b| *b != b'\n') {
                        bytes.push(b'\n');
                    }
                    all.extend(bytes);
                }
                Err(_) => return Ok(2),
            }
            self.check_values(all.len())?;
        }
        let mut sorted: Vec<&[u8]> = lines(&all).collect();
        let rounds = u64::from(sorted.len().max(2).ilog2());
        self.charge((sorted.len() + all.len() / 16) as u64 * rounds * (1 + sorting.keys.len() as u64) / 8)?;
        sorted.sort_by(|a, b| sorting.compare(a, b));
        if sorting.unique {
            sorted.dedup_by(|a, b| sorting.compare(b, a).is_eq());
        }
        for line in sorted {
            self.write(line)?;
            self.write(b"\n")?;
        }
        Ok(0)
    }

    fn sort_arguments<'a>(&self, args: &'a [Expanded]) -> Run<(Sorting, Vec<&'a str>)> {
        let mut sorting = Sorting::default();
        let mut files = Vec::new();
        let mut words = args.iter();
        let mut options = true;
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            if !options || !text.starts_with('-') || text == "-" {
                files.push(text);
                continue;
            }
            if text == "--" {
                options = false;
                continue;
            }
            let letters = text.char_indices().skip(1);
            for (at, letter) in letters {
                match letter {
                    'u' => sorting.unique = true,
                    's' => sorting.stable = true,
                    'k' | 't' => {
                        let joined = &text[at + 1..];
                        let value = match (joined, letter) {
                            ("", _) => words.next().map(|w| w.text.as_str()),
                            (joined, _) => Some(joined),
                        };
                        let value = value.unwrap_or_default();
                        match (letter, value.as_bytes()) {
                            ('t', [one]) => sorting.separator = Some(*one),
                            ('k', _) => match Key::parse(value) {
                                Some(key) => sorting.keys.push(key),
                                None => return Err(self.foreign_form("sort", word, FORMS)),
                            },
                            _ => return Err(self.foreign_form("sort", word, FORMS)),
                        }
                        break;
                    }
                    letter if sorting.global.set(letter) => {}
                    _ => return Err(self.foreign_form("sort", word, FORMS)),
                }
            }
        }
        for key in &mut sorting.keys {
            key.inherit(sorting.global);
        }
        if sorting.keys.is_empty() && sorting.global.orders() {
            sorting.keys.push(Key::whole_line(sorting.global));
        }
        Ok((sorting, files))
    }
}

impl Sorting {
    fn compare(&self, a: &[u8], b: &[u8]) -> Ordering {
        for key in &self.keys {
            let ordering = key.compare(a, b, self.separator);
            if ordering.is_ne() {
                return ordering;
            }
        }
        // The last resort: the whole lines.
        if !self.keys.is_empty() && (self.unique || self.stable) {
            return Ordering::Equal;
        }
        let ordering = a.cmp(b);
        if self.global.reverse { ordering.reverse() } else { ordering }
    }
}
