//! `cut -d C -f LIST [-s] FILE..` and `cut -c|-b LIST FILE..`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::input::lines;

const FORMS: &str = "cut [-d CHARACTER] [-s] -f LIST FILE.., cut -c LIST FILE.., with --complement and --output-delimiter=TEXT";

struct Cut {
    fields: bool,
    list: Vec<(usize, usize)>,
    delimiter: u8,
    only_delimited: bool,
    complement: bool,
    /// What is put between the parts; absent: the delimiter of fields, and nothing between bytes.
    between: Option<Vec<u8>>,
}

impl Machine<'_> {
    pub(super) fn cut(&mut self, args: &[Expanded]) -> Run<i32> {
        let (cut, files) = self.cut_arguments(args)?;
        for file in if files.is_empty() { vec!["-"] } else { files.clone() } {
            let bytes = match self.read_inputs("cut", &[file])? {
                Ok(bytes) => bytes,
                Err(_) if files.len() > 1 => {
                    return Err(self.bad_call(
                        "cut",
                        "one of its files does not exist",
                        "name existing files",
                    ));
                }
                Err(status) => return Ok(status),
            };
            for line in lines(&bytes) {
                self.charge(1 + (line.len() * cut.list.len()) as u64 / 64)?;
                self.cut_line(&cut, line)?;
            }
        }
        Ok(0)
    }

    fn cut_arguments<'a>(&self, args: &'a [Expanded]) -> Run<(Cut, Vec<&'a str>)> {
        let mut cut = Cut {
            fields: false,
            list: Vec::new(),
            delimiter: b'\t',
            only_delimited: false,
            complement: false,
            between: None,
        };
        let mut delimiter_given = false;
        let mut files = Vec::new();
        let mut words = args.iter();
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            if !text.starts_with('-') || text == "-" {
                files.push(text);
                continue;
            }
            if let Some(between) = text.strip_prefix("--output-delimiter=") {
                cut.between = Some(between.as_bytes().to_vec());
                continue;
            }
            if text == "--complement" {
                cut.complement = true;
                continue;
            }
            let letters = text.char_indices().skip(1);
            for (at, letter) in letters {
                if letter == 's' || letter == 'n' {
                    cut.only_delimited |= letter == 's';
                    continue;
                }
                if !"dfcb".contains(letter) {
                    return Err(self.foreign_form("cut", word, FORMS));
                }
                let value = match &text[at + 1..] {
                    "" => match words.next() {
                        Some(value) => value.text.as_str(),
                        None => {
                            return Err(self.bad_call("cut", format!("`-{letter}` needs a value"), FORMS));
                        }
                    },
                    joined => joined,
                };
                match (letter, value.as_bytes()) {
                    ('d', [one]) => (cut.delimiter, delimiter_given) = (*one, true),
                    ('d', _) => return Err(self.foreign_form("cut", word, FORMS)),
                    _ if !cut.list.is_empty() => {
                        return Err(self.bad_call("cut", "two lists are given", FORMS));
                    }
                    _ => {
                        cut.fields = letter == 'f';
                        cut.list = ranges(value).ok_or_else(|| self.foreign_form("cut", word, FORMS))?;
                    }
                }
                break;
            }
        }
        if cut.list.is_empty() {
            return Err(self.bad_call("cut", "no list is given", FORMS));
        }
        if !cut.fields && (delimiter_given || cut.only_delimited) {
            return Err(self.bad_call("cut", "a delimiter is for fields only", FORMS));
        }
        Ok((cut, files))
    }

    fn cut_line(&mut self, cut: &Cut, line: &[u8]) -> Run {
        if !cut.fields {
            let mut kept = Vec::new();
            for range in cut.kept(line.len()) {
                if let (Some(between), false) = (&cut.between, kept.is_empty()) {
                    kept.extend_from_slice(between);
                }
                kept.extend_from_slice(&line[range]);
            }
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
        let fields: Vec<&[u8]> = line.split(|b| *b == cut.delimiter).collect();
        let kept: Vec<&[u8]> =
            cut.kept(fields.len()).into_iter().flat_map(|range| fields[range].iter().copied()).collect();
        match &cut.between {
            Some(between) => self.write(&kept.join(between.as_slice()))?,
            None => self.write(&kept.join(&cut.delimiter))?,
        }
        self.write(b"\n")
    }
}

impl Cut {
    /// Which of `count` parts are kept, as ascending ranges; those that only touch stay apart.
    fn kept(&self, count: usize) -> Vec<std::ops::Range<usize>> {
        let mut out: Vec<std::ops::Range<usize>> = Vec::new();
        let mut from = 0;
        for (first, last) in &self.list {
            let range = (first - 1).min(count)..(*last).min(count);
            if self.complement {
                out.push(from..range.start);
            } else {
                out.push(range.clone());
            }
            from = range.end;
        }
        if self.complement {
            out.push(from..count);
        }
        out.retain(|range| !range.is_empty());
        out
    }
}

/// `1,3-5,7-`, sorted, with what overlaps joined.
fn ranges(text: &str) -> Option<Vec<(usize, usize)>> {
    let number =
        |t: &str| t.parse::<usize>().ok().filter(|n| *n > 0 && t.bytes().all(|b| b.is_ascii_digit()));
    let list: Option<Vec<(usize, usize)>> = text
        .split(',')
        .map(|part| match part.split_once('-') {
            None => number(part).map(|n| (n, n)),
            Some(("", "")) => None,
            Some(("", last)) => number(last).map(|n| (1, n)),
            Some((first, "")) => number(first).map(|n| (n, usize::MAX)),
            Some((first, last)) => Some((number(first)?, number(last)?)).filter(|(a, b)| a <= b),
        })
        .collect();
    let mut list = list?;
    list.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (first, last) in list {
        match joined.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            _ => joined.push((first, last)),
        }
    }
    Some(joined)
}
