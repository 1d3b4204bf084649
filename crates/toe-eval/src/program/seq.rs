//! `seq [-s TEXT] [-w] [FIRST [STEP]] LAST` over whole numbers.

use crate::EvalErrorKind;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

const FORMS: &str = "seq [-w] [-s TEXT] [FIRST [STEP]] LAST with whole numbers";

impl Machine<'_> {
    pub(super) fn seq(&mut self, args: &[Expanded]) -> Run<i32> {
        let (mut separator, mut wide, mut rest) = ("\n".to_owned(), false, args);
        while let Some((first, next)) = rest.split_first() {
            match (first.text.as_str(), next.split_first()) {
                ("-w", _) => (wide, rest) = (true, next),
                ("-s", Some((text, next))) => (separator, rest) = (text.text.clone(), next),
                (joined, _) if joined.starts_with("-s") && joined.len() > 2 => {
                    (separator, rest) = (joined[2..].to_owned(), next);
                }
                ("--", _) => {
                    rest = next;
                    break;
                }
                _ => break,
            }
        }
        let mut numbers = Vec::new();
        for word in rest {
            let digits = word.text.strip_prefix('-').unwrap_or(&word.text);
            let plain = !digits.is_empty() && digits.len() < 19 && digits.bytes().all(|b| b.is_ascii_digit());
            let leading_zero = digits.len() > 1 && digits.starts_with('0');
            match word.text.parse::<i64>() {
                Ok(n) if plain && !leading_zero && !(n == 0 && word.text.starts_with('-')) => numbers.push(n),
                _ => return Err(self.foreign_form("seq", word, FORMS)),
            }
        }
        let (first, step, last) = match *numbers.as_slice() {
            [last] => (1, 1, last),
            [first, last] => (first, 1, last),
            [first, step, last] => (first, step, last),
            _ => return Err(self.bad_call("seq", "one to three numbers are needed", FORMS)),
        };
        if step == 0 {
            return Err(self.bad_call("seq", "the step is 0", "use a step that leads somewhere"));
        }
        let count = ((i128::from(last) - i128::from(first)) / i128::from(step)).max(-1) + 1;
        let count = if (last < first && step > 0) || (last > first && step < 0) { 0 } else { count };
        let limit = self.settings.limits.value_bytes as i128 / 2;
        if count > limit {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the output of seq",
                limit: format!("{limit} numbers"),
                help: "use a smaller range, or a for loop",
            }));
        }
        self.charge(count as u64)?;
        let end = i128::from(first) + (count - 1) * i128::from(step);
        let width = if wide {
            first.to_string().len().max(end.to_string().len()).max(last.to_string().len())
        } else {
            0
        };
        for i in 0..count {
            let n = (i128::from(first) + i * i128::from(step)) as i64;
            if i > 0 {
                self.write(separator.as_bytes())?;
            }
            self.write(format!("{n:0width$}").as_bytes())?;
        }
        if count > 0 {
            self.write(b"\n")?;
        }
        Ok(0)
    }
}
