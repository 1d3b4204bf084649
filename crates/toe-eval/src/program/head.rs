//! `head [-n N | -N | -c N] [FILE]`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

const FORMS: &str = "-n N, -N, -c N and one FILE";

/// What `head` and `tail` count.
pub(super) struct Count {
    pub bytes: bool,
    pub number: usize,
    /// `+N`: from the Nth on.
    pub from_start: bool,
}

impl Machine<'_> {
    pub(super) fn head(&mut self, args: &[Expanded]) -> Run<i32> {
        let (count, file) = self.head_arguments("head", args)?;
        let bytes = match self.read_inputs("head", &file)? {
            Ok(bytes) => bytes,
            Err(status) => return Ok(status),
        };
        let end = if count.bytes {
            count.number.min(bytes.len())
        } else {
            bytes
                .iter()
                .enumerate()
                .filter(|(_, b)| **b == b'\n')
                .nth(count.number.wrapping_sub(1))
                .map_or(if count.number == 0 { 0 } else { bytes.len() }, |(i, _)| i + 1)
        };
        self.write(&bytes[..end])?;
        Ok(0)
    }

    /// Reads the options that `head` and `tail` share.
    pub(super) fn head_arguments<'a>(
        &self,
        command: &str,
        args: &'a [Expanded],
    ) -> Run<(Count, Vec<&'a str>)> {
        let mut count = Count { bytes: false, number: 10, from_start: false };
        let mut files = Vec::new();
        let mut at = 0;
        while let Some(word) = args.get(at) {
            at += 1;
            let text = word.text.as_str();
            let value = match text {
                "-n" | "-c" => {
                    count.bytes = text == "-c";
                    at += 1;
                    match args.get(at - 1) {
                        Some(value) => value.text.as_str(),
                        None => {
                            return Err(self.bad_call(command, format!("`{text}` needs a number"), FORMS));
                        }
                    }
                }
                "-" => {
                    files.push(text);
                    continue;
                }
                _ if text.starts_with("-n") || text.starts_with("-c") => {
                    count.bytes = text.starts_with("-c");
                    &text[2..]
                }
                _ if text.starts_with('-') => {
                    count.bytes = false;
                    &text[1..]
                }
                _ => {
                    files.push(text);
                    continue;
                }
            };
            let digits = if command == "tail" { value.strip_prefix('+').unwrap_or(value) } else { value };
            count.from_start = digits.len() != value.len();
            match digits.parse() {
                Ok(number) if digits.bytes().all(|b| b.is_ascii_digit()) => count.number = number,
                _ => return Err(self.foreign_form(command, word, FORMS)),
            }
        }
        if files.len() > 1 {
            return Err(
                self.not_in_subset(format!("`{command}` of several files"), "call it once for each file")
            );
        }
        Ok((count, files))
    }
}
