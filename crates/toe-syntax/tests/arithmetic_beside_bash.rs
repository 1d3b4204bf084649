//! Arithmetic that was formatted is to bash what it was: the same value, the same assignments, or an error as before.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use toe_source::SourceId;
use toe_syntax::{FormatOptions, format};

const OPERATORS: [&str; 40] = [
    "+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "&", "|", "^", "&&", "||", "<<", ">>", "**",
    "=", "+=", "-=", "*=", "&=", "|=", "^=", "<<=", ">>=", "++", "--", "!", "~", "?", ":", ",", "(", ")",
    "[", "]", "-",
];
/// `$n` is negative, and `$op` is what nobody would write.
const OPERANDS: [&str; 17] = [
    "a", "b", "x[1]", "x", "1", "2", "10#7", "0x1f", "010", "$n", "${a}", "$op", "${#a}", "$((a-9))",
    "\"3\"", "$#", "1$a",
];
const VARIABLES: &str = "a=3 b=7 n=-5 op=a- x=(4 5 6)";

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % limit
    }

    fn expression(&mut self) -> String {
        let mut text = String::new();
        let wild = self.below(3) == 0;
        for number in 0..2 + self.below(7) {
            let operand = if wild { self.below(2) == 0 } else { number % 2 == 0 };
            // The first ones take two operands.
            let among = if wild { OPERATORS.len() } else { 28 };
            text.push_str(if operand { OPERANDS[self.below(17)] } else { OPERATORS[self.below(among)] });
            text.push_str(["", "", " ", "  "][self.below(4)]);
            if !operand && self.below(4) == 0 {
                text.push_str(["-", "+", "!", "~", "++", "--"][self.below(6)]);
            }
        }
        text
    }
}

/// What bash makes of each command: its output and the variables afterwards, or that it fails.
fn bash(commands: &[String]) -> Option<Vec<String>> {
    let mut script = format!("{VARIABLES}\n");
    for command in commands {
        let quoted = command.replace('\'', "'\\''");
        let _ = writeln!(
            script,
            "( eval '{quoted}'; echo \"a=$a b=$b x=${{x[*]}}\" ) 2>/dev/null | tr '\\n' ' '\necho"
        );
    }
    let mut child = Command::new("bash")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let writing = std::thread::spawn(move || input.write_all(script.as_bytes()));
    let output = child.wait_with_output().ok()?;
    writing.join().unwrap().unwrap();
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn formatted_arithmetic_is_what_it_was() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    while before.len() < 500 {
        let expression = random.expression();
        let written = format!("echo $(({expression}))\n");
        // What is no arithmetic at all may be no nail.
        let Ok(formatted) = format(SourceId(0), &written, FormatOptions::default()) else { continue };
        if formatted != written {
            before.push(written);
            after.push(formatted);
        }
    }
    let (Some(was), Some(is)) = (bash(&before), bash(&after)) else {
        assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "bash is missing");
        eprintln!("NOT TESTED: bash is missing");
        return;
    };
    assert_eq!((was.len(), is.len()), (before.len(), after.len()));
    for (number, (was, is)) in was.iter().zip(&is).enumerate() {
        assert_eq!(was, is, "{}became {}", before[number], after[number]);
    }
    let with_value = was.iter().filter(|output| !output.trim().is_empty()).count();
    assert!(with_value > 150, "only {with_value} of {} have a value", was.len());
}
