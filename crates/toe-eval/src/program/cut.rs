//! `cut -d C -f LIST [-s] FILE..` and `cut -c|-b LIST FILE..`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::input::lines;

const FORMS: &str = "cut [-d CHARACTER] [-s] -f LIST FILE, cut -c LIST FILE";

struct Cut {
    fields: bool,
    list: Vec<(usize, usize)>,
    delimiter: u8,
    only_delimited: bool,
}

impl Machine<'_> {
    pub(super) fn cut(&mut self, args: &[Expanded]) -> Run<i32> {
        let mut cut = Cut { fields: false, list: Vec::new(), delimiter: b'\t', only_delimited: false };
        let mut files = Vec::new();
        let mut at = 0;
        while let Some(word) = args.get(at) {
            at += 1;
            let text = word.text.as_str();
            if !text.starts_with('-') || text == "-" {
                files.push(text);
                continue;
            }
            if text == "-s" {
                cut.only_delimited = true;
                continue;
            }
            let (option, value) = match text.get(..2) {
                Some(option @ ("-d" | "-f" | "-c" | "-b")) => (option, &text[2..]),
                _ => return Err(self.foreign_form("cut", word, FORMS)),
            };
            let value = if value.is_empty() {
                at += 1;
                match args.get(at - 1) {
                    Some(value) => value.text.as_str(),
                    None => return Err(self.bad_call("cut", format!("`{option}` needs a value"), FORMS)),
                }
            } else {
                value
            };
            match (option, value.as_bytes()) {
                ("-d", [one]) => cut.delimiter = *one,
                ("-d", _) => return Err(self.foreign_form("cut", word, FORMS)),
                _ if !cut.list.is_empty() => return Err(self.bad_call("cut", "two lists are given", FORMS)),
                _ => {
                    cut.fields = option == "-f";
                    cut.list = ranges(value).ok_or_else(|| self.foreign_form("cut", word, FORMS))?;
                }
            }
        }
        if cut.list.is_empty() {
            return Err(self.bad_call("cut", "no list is given", FORMS));
        }
        let bytes = match self.read_inputs("cut", &files)? {
            Ok(bytes) => bytes,
            Err(status) => return Ok(status),
        };
        for line in lines(&bytes) {
            self.charge(1 + (line.len() * cut.list.len()) as u64 / 64)?;
            self.cut_line(&cut, line)?;
        }
        Ok(0)
    }

    fn cut_line(&mut self, cut: &Cut, line: &[u8]) -> Run {
        let wanted = |n: usize| cut.list.iter().any(|(a, b)| (*a..=*b).contains(&n));
        if !cut.fields {
            let kept: Vec<u8> =
                line.iter().enumerate().filter(|(i, _)| wanted(i + 1)).map(|(_, b)| *b).collect();
            self.write(&kept)?;
            return self.write(b"\n");
        }
        if !line.contains(&cut.delimiter) {
            if cut.only_delimited {
                return Ok(());
            }
            self.write(line)?;
            return self.write(b"\n");
        }
        let kept: Vec<&[u8]> = line
            .split(|b| *b == cut.delimiter)
            .enumerate()
            .filter(|(i, _)| wanted(i + 1))
            .map(|(_, field)| field)
            .collect();
        self.write(&kept.join(&cut.delimiter))?;
        self.write(b"\n")
    }
}

/// `1,3-5,7-`.
fn ranges(text: &str) -> Option<Vec<(usize, usize)>> {
    let number =
        |t: &str| t.parse::<usize>().ok().filter(|n| *n > 0 && t.bytes().all(|b| b.is_ascii_digit()));
    text.split(',')
        .map(|part| match part.split_once('-') {
            None => number(part).map(|n| (n, n)),
            Some(("", "")) => None,
            Some(("", last)) => number(last).map(|n| (1, n)),
            Some((first, "")) => number(first).map(|n| (n, usize::MAX)),
            Some((first, last)) => Some((number(first)?, number(last)?)).filter(|(a, b)| a <= b),
        })
        .collect()
}
