//! `head [-n [-]N | -N | -c [-]N] FILE..`, and what `tail` shares with it.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

const FORMS: &str = "-n N, -N, -c N, -q, -v and FILE..";

/// What `head` and `tail` count.
pub(super) struct Count {
    pub bytes: bool,
    pub number: usize,
    /// `+N` of tail: from the Nth on. `-N` of head: all but the last N.
    pub other_end: bool,
}

/// What is taken of a text.
pub(super) type Part = fn(&[u8], &Count) -> std::ops::Range<usize>;

impl Machine<'_> {
    pub(super) fn head(&mut self, args: &[Expanded]) -> Run<i32> {
        self.part_of_files("head", args, |bytes, count| {
            let units = Units::of(bytes, count.bytes);
            let taken =
                if count.other_end { units.count().saturating_sub(count.number) } else { count.number };
            0..units.start(taken)
        })
    }

    /// Writes a part of each file, below its name when there are several.
    pub(super) fn part_of_files(&mut self, command: &str, args: &[Expanded], part: Part) -> Run<i32> {
        let (count, names, files) = self.head_arguments(command, args)?;
        if command == "tail" && files.len() > 1 && args.first().is_some_and(|a| is_old_count(&a.text)) {
            return Err(self.bad_call("tail", "`-N` is for one file", "write tail -n N FILE.."));
        }
        if command == "tail" && !count.other_end && count.number == 0 {
            return Ok(0);
        }
        let names = names.unwrap_or(files.len() > 1);
        for (i, file) in if files.is_empty() { vec!["-"] } else { files.clone() }.into_iter().enumerate() {
            let bytes = match self.read_inputs(command, &[file])? {
                Ok(bytes) => bytes,
                Err(_) if files.len() > 1 => {
                    let help = "name existing files";
                    return Err(self.bad_call(command, "one of its files does not exist", help));
                }
                Err(status) => return Ok(status),
            };
            if names {
                let shown = if file == "-" { "standard input" } else { file };
                self.write(format!("{}==> {shown} <==\n", if i > 0 { "\n" } else { "" }).as_bytes())?;
            }
            self.write(&bytes[part(&bytes, &count)])?;
        }
        Ok(0)
    }

    /// The options that `head` and `tail` share: the count, whether names are shown, the files.
    fn head_arguments<'a>(
        &self,
        command: &str,
        args: &'a [Expanded],
    ) -> Run<(Count, Option<bool>, Vec<&'a str>)> {
        let mut count = Count { bytes: false, number: 10, other_end: false };
        let (mut names, mut files) = (None, Vec::new());
        let mut words = args.iter().enumerate();
        let other_end = if command == "tail" { '+' } else { '-' };
        while let Some((i, word)) = words.next() {
            let text = word.text.as_str();
            let value = match text.as_bytes() {
                [b'-', b'n' | b'c'] => match words.next() {
                    Some((_, value)) => value.text.as_str(),
                    None => return Err(self.bad_call(command, format!("`{text}` needs a number"), FORMS)),
                },
                [b'-', b'n' | b'c', ..] => &text[2..],
                b"-q" | b"-v" => {
                    names = Some(text == "-v");
                    continue;
                }
                _ if i == 0 && is_old_count(text) => &text[1..],
                [b'-', _, ..] => return Err(self.foreign_form(command, word, FORMS)),
                _ => {
                    files.push(text);
                    continue;
                }
            };
            count.bytes = text.starts_with("-c");
            let digits = value.strip_prefix(other_end).unwrap_or(value);
            // A sign that changes nothing.
            let plain = if command == "tail" { digits.strip_prefix('-').unwrap_or(digits) } else { digits };
            count.other_end = digits.len() != value.len();
            match plain.parse() {
                Ok(number) if plain.bytes().all(|b| b.is_ascii_digit()) => count.number = number,
                _ => return Err(self.foreign_form(command, word, FORMS)),
            }
        }
        Ok((count, names, files))
    }
}

/// `-5`, which stands before all else.
fn is_old_count(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
}

/// The lines or bytes of a text.
pub(super) struct Units {
    /// Where each line starts; `None` for bytes.
    lines: Option<Vec<usize>>,
    length: usize,
}

impl Units {
    pub(super) fn of(bytes: &[u8], single: bool) -> Self {
        let lines = (!single).then(|| {
            let newlines = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1);
            std::iter::once(0).chain(newlines).filter(|start| *start < bytes.len()).collect()
        });
        Units { lines, length: bytes.len() }
    }

    pub(super) fn count(&self) -> usize {
        self.lines.as_ref().map_or(self.length, Vec::len)
    }

    /// Where the unit of that number starts, or the end of the text.
    pub(super) fn start(&self, number: usize) -> usize {
        match &self.lines {
            Some(lines) => lines.get(number).copied().unwrap_or(self.length),
            None => number.min(self.length),
        }
    }
}
