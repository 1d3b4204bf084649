//! printf with numbers.

use std::fmt::Write;

use super::oracle::{compare, count, quoted};
use super::random::Random;

#[test]
fn floating_point() {
    let mut random = Random::new(1);
    let cases: Vec<String> = (0..count(3000))
        .map(|_| {
            let mut number = random.some(&["", "-", "+"], 0, 1);
            number += &random.some(&["0", "1", "5", "9", "25", "123", "0005", "999999"], 0, 4);
            if random.below(2) == 0 {
                number.push('.');
                number += &random.some(&["0", "5", "9", "25", "00", "123", "499999", "95", "1"], 0, 5);
            }
            if random.below(3) == 0 {
                write!(number, "e{}{}", random.one(&["", "+", "-"]), random.below(40)).unwrap();
            }
            if random.below(40) == 0 {
                number =
                    random.one(&["", "'a", "\"1", " 12", "1e4000", "-1e-4000", "1e", ".", "x"]).to_owned();
            }
            let flags = random.some(&["-", "+", " ", "#", "0"], 0, 2);
            let width = random.one(&["", "", "1", "12", "30"]);
            let precision = random.one(&["", "", ".0", ".1", ".2", ".3", ".", ".10", ".25"]);
            let letter = random.one(&["f", "e", "g", "F", "E", "G"]);
            format!("printf {} {}", quoted(&format!("%{flags}{width}{precision}{letter}")), quoted(&number))
        })
        .collect();
    // What glibc pads or not, as its version has it, is refused.
    compare(&[], &cases, 1);
}

#[test]
fn whole_numbers_and_text() {
    let mut random = Random::new(2);
    let words = ["0", "1", "-1", "42", "-007", "0x1F", "010", "'a", "", "9223372036854775807", "abc", "a b"];
    let cases: Vec<String> = (0..count(2000))
        .map(|_| {
            let mut format = String::new();
            let mut args = String::new();
            for _ in 0..=random.below(2) {
                let flags = random.some(&["-", "+", " ", "#", "0"], 0, 2);
                let width = random.one(&["", "", "1", "7", "*"]);
                let precision = random.one(&["", "", "", ".0", ".2", ".", ".5", ".*"]);
                let letter = random.one(&["d", "i", "u", "x", "X", "o", "s", "b", "q", "c", "%"]);
                let after = random.one(&["", "|", "\\n", "\\t"]);
                write!(format, "%{flags}{width}{precision}{letter}{after}").unwrap();
                for star in [width, precision] {
                    if star.ends_with('*') {
                        args.extend([" ", random.one(&["3", "-4", "0"])]);
                    }
                }
                // %c of nothing is a NUL byte, which no text holds.
                write!(args, " {}", quoted(if letter == "c" { "abc" } else { random.one(&words) })).unwrap();
            }
            // `%5%` takes no word, so that any may come to a %c.
            let args = if format.contains('c') { args.replace(" ''", " x") } else { args };
            format!("printf {}{args}", quoted(&format))
        })
        .collect();
    compare(&[], &cases, 15);
}
