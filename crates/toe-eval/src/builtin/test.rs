//! `test` and `[` (bash manual, 4.1, by the number of words), and the operators shared with `[[ ]]`.

use std::path::Path;

use crate::expand::Expanded;
use crate::expand::tilde::is_name;
use crate::machine::Machine;
use crate::scope::Value;
use crate::stop::Run;
use crate::{FileKind, Host};

const BINARY: &[&str] = &["=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"];
const FOREIGN_BINARY: &[&str] = &["-nt", "-ot", "-ef"];

fn is_unary(word: &str) -> bool {
    matches!(word.as_bytes(), [b'-', letter] if b"abcdefghknoprstuvwxzGLNORS".contains(letter))
}

fn is_binary(word: &str) -> bool {
    BINARY.contains(&word) || FOREIGN_BINARY.contains(&word)
}

impl Machine<'_> {
    pub(super) fn test(&mut self, args: &[Expanded]) -> Run<i32> {
        let words: Vec<&str> = args.iter().map(|a| a.text.as_str()).collect();
        self.charge(words.len() as u64)?;
        self.test_words(&words).map(|yes| i32::from(!yes))
    }

    fn test_words(&mut self, words: &[&str]) -> Run<bool> {
        match *words {
            [] => Ok(false),
            [one] => Ok(!one.is_empty()),
            ["!", one] => Ok(one.is_empty()),
            [op, operand] if is_unary(op) => self.test_unary(op, operand),
            [op, _] => Err(self.test_error(&format!("`{}` is no operator", op.escape_debug()))),
            [_, _, _] => self.test_three(words),
            ["!", a, b, c] => self.test_three(&[a, b, c]).map(|yes| !yes),
            ["(", a, b, ")"] => self.test_words(&[a, b]),
            _ => {
                let mut at = 0;
                let value = self.test_or(words, &mut at)?;
                if at < words.len() {
                    return Err(self.test_error("there are too many words"));
                }
                Ok(value)
            }
        }
    }

    fn test_three(&mut self, words: &[&str]) -> Run<bool> {
        match *words {
            [left, op, right] if is_binary(op) => self.test_binary(op, left, right),
            [left, "-a", right] => Ok(!left.is_empty() && !right.is_empty()),
            [left, "-o", right] => Ok(!left.is_empty() || !right.is_empty()),
            ["!", a, b] => self.test_words(&[a, b]).map(|yes| !yes),
            ["(", one, ")"] => Ok(!one.is_empty()),
            _ => Err(self.test_error(&format!(
                "`{}` is no operator between two words",
                words.get(1).copied().unwrap_or("").escape_debug()
            ))),
        }
    }

    fn test_error(&self, message: &str) -> crate::stop::Stop {
        self.bad_call("test", message, "quote variables, and use the operators of the language page")
    }

    fn test_or(&mut self, words: &[&str], at: &mut usize) -> Run<bool> {
        let mut value = self.test_and(words, at)?;
        while words.get(*at) == Some(&"-o") {
            *at += 1;
            let right = self.test_and(words, at)?;
            value |= right;
        }
        Ok(value)
    }

    fn test_and(&mut self, words: &[&str], at: &mut usize) -> Run<bool> {
        let mut value = self.test_term(words, at)?;
        while words.get(*at) == Some(&"-a") {
            *at += 1;
            let right = self.test_term(words, at)?;
            value &= right;
        }
        Ok(value)
    }

    fn test_term(&mut self, words: &[&str], at: &mut usize) -> Run<bool> {
        let Some(&word) = words.get(*at) else { return Err(self.test_error("an argument is missing")) };
        if word == "!" {
            *at += 1;
            return self.deeper(|m| m.test_term(words, at)).map(|yes| !yes);
        }
        if word == "(" {
            *at += 1;
            let value = self.deeper(|m| m.test_or(words, at))?;
            if words.get(*at) != Some(&")") {
                return Err(self.test_error("a `(` has no `)`"));
            }
            *at += 1;
            return Ok(value);
        }
        if let (Some(op), Some(right)) = (words.get(*at + 1), words.get(*at + 2))
            && is_binary(op)
        {
            *at += 3;
            return self.test_binary(op, word, right);
        }
        if is_unary(word) {
            let Some(operand) = words.get(*at + 1) else {
                return Err(self.test_error(&format!("`{word}` has no operand")));
            };
            *at += 2;
            return self.test_unary(word, operand);
        }
        *at += 1;
        Ok(!word.is_empty())
    }

    fn test_binary(&mut self, op: &str, left: &str, right: &str) -> Run<bool> {
        match op {
            "=" | "==" => Ok(left == right),
            "!=" => Ok(left != right),
            "<" => Ok(left < right),
            ">" => Ok(left > right),
            op if FOREIGN_BINARY.contains(&op) => Err(self
                .not_in_subset(format!("`{op}`, which depends on times and inodes"), "compare the contents")),
            op => {
                let left = self.test_number(left)?;
                let right = self.test_number(right)?;
                self.compare(op, left, right)
            }
        }
    }

    fn test_number(&self, text: &str) -> Run<i64> {
        let trimmed = text.trim_matches([' ', '\t', '\n']);
        let digits = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed);
        let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| trimmed.parse().ok()).flatten();
        number.ok_or_else(|| {
            self.bad_call(
                "test",
                format!("`{}` is no whole number", text.escape_debug()),
                "-eq, -ne, -lt, -le, -gt and -ge take whole numbers; compare text with = and !=",
            )
        })
    }

    /// `-eq` and its kin.
    pub(crate) fn compare(&self, op: &str, left: i64, right: i64) -> Run<bool> {
        Ok(match op {
            "-eq" => left == right,
            "-ne" => left != right,
            "-lt" => left < right,
            "-le" => left <= right,
            "-gt" => left > right,
            "-ge" => left >= right,
            other => {
                return Err(self.not_in_subset(format!("the operator `{other}`"), "compare with = or -eq"));
            }
        })
    }

    /// The operators with one operand.
    pub(crate) fn test_unary(&mut self, op: &str, operand: &str) -> Run<bool> {
        if op == "-z" || op == "-n" {
            return Ok(operand.is_empty() == (op == "-z"));
        }
        if op == "-v" {
            return self.is_variable_set(operand);
        }
        if !matches!(op, "-e" | "-f" | "-d" | "-s" | "-r" | "-L" | "-h") {
            return Err(
                self.not_in_subset(format!("the test `{op}`"), "the subset has -f -d -e -r -s -L -n -z -v")
            );
        }
        if operand.is_empty() {
            return Ok(false);
        }
        let path = Path::new(operand);
        match op {
            "-r" => self.ask(|host| host.readable(path)),
            "-L" | "-h" => Ok(self.ask(|host| host.kind(path, false))? == Some(FileKind::Symlink)),
            op => {
                let kind = self.ask(|host: &dyn Host| host.kind(path, true))?;
                Ok(match op {
                    "-e" => kind.is_some(),
                    "-d" => kind == Some(FileKind::Directory),
                    "-f" => matches!(kind, Some(FileKind::File(_))),
                    // A directory has a size above 0 as well.
                    _ => matches!(kind, Some(FileKind::File(1..) | FileKind::Directory)),
                })
            }
        }
    }

    /// `-v NAME`, `-v NAME[i]`, `-v N`.
    fn is_variable_set(&mut self, operand: &str) -> Run<bool> {
        if is_name(operand) {
            return Ok(self.variable(operand)?.is_some());
        }
        if let Ok(n) = operand.parse::<usize>() {
            return Ok(n == 0 || n <= self.scope.positional.len());
        }
        if let Some((name, index)) = operand.strip_suffix(']').and_then(|o| o.split_once('['))
            && is_name(name)
        {
            if index == "@" || index == "*" {
                return Ok(match self.scope.get(name).map(|v| &v.value) {
                    Some(Value::Array(elements)) => !elements.is_empty(),
                    Some(Value::Scalar(_)) => true,
                    _ => false,
                });
            }
            let index = self.arithmetic(index)?;
            return Ok(self.element(name, index)?.is_some());
        }
        Err(self.test_error(&format!("`{}` is no name of a variable", operand.escape_debug())))
    }
}
