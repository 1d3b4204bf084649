//! The native programs over files.

use super::oracle::{compare, count, quoted};
use super::random::Random;

const FILES: &[(&str, &str)] = &[
    ("plain", "b\na\nc\na\nB\n\na\na\nb\n"),
    ("numbers", "10\n9\n-3\n1.5\n1.50\n 2\nabc\n0\n-0\n007\n10\n"),
    ("fields", "x:3:b\ny:1:a\nz:10:a\n\nx:3\nx:2:c:d\nno delimiter\n:1:\n"),
    ("blanks", "b  10 x\n a 9 y\nc\t-1\nb 10\n  a  9 z\n"),
    ("unended", "one\ntwo\nthree"),
    ("empty", ""),
    ("utf8", "é:1\nb:ü\n"),
];

fn file(random: &mut Random) -> &'static str {
    FILES[random.below(FILES.len())].0
}

fn options(random: &mut Random, of: &[&str], most: usize) -> String {
    (0..random.below(most + 1)).flat_map(|_| [" ", random.one(of)]).collect()
}

#[test]
fn sort() {
    let mut random = Random::new(3);
    let cases: Vec<String> = (0..count(1500))
        .map(|_| {
            let mut words =
                options(&mut random, &["-n", "-r", "-u", "-f", "-b", "-s", "-nr", "-t:", "-t :"], 3);
            for _ in 0..random.below(3) {
                let place = |random: &mut Random| {
                    let byte = random.one(&["", "", "", ".1", ".2"]);
                    format!("{}{byte}{}", 1 + random.below(3), random.some(&["n", "r", "b", "f"], 0, 2))
                };
                let mut key = place(&mut random);
                if random.below(2) == 0 {
                    key = format!("{key},{}", place(&mut random));
                }
                words.extend([" -k", random.one(&["", " "]), &key]);
            }
            let second = if random.below(4) == 0 { file(&mut random) } else { "" };
            format!("x=$(sort{words} {} {second}); echo \"$x\"", file(&mut random))
        })
        .collect();
    compare(FILES, &cases, 0);
}

#[test]
fn uniq_wc_rev() {
    let mut random = Random::new(4);
    let cases: Vec<String> = (0..count(400))
        .map(|_| {
            let name = file(&mut random);
            match random.below(4) {
                0 => format!("uniq{} {name}", options(&mut random, &["-c", "-d", "-u", "-i", "-ci"], 2)),
                1 => {
                    let second = if random.below(2) == 0 { file(&mut random) } else { "" };
                    format!("wc{} {name} {second}", options(&mut random, &["-l", "-w", "-c", "-lc"], 2))
                }
                2 => format!(
                    "wc{} {}</dev/null",
                    options(&mut random, &["-l", "-w", "-c"], 2),
                    random.one(&["", "- "])
                ),
                _ => format!("rev {name} {}", file(&mut random)),
            }
        })
        .collect();
    compare(FILES, &cases, 10);
}

#[test]
fn cut() {
    let mut random = Random::new(5);
    let cases: Vec<String> = (0..count(1000))
        .map(|_| {
            let part = |random: &mut Random| {
                let (a, b) = (1 + random.below(4), 1 + random.below(6));
                match random.below(4) {
                    0 => format!("{a}-"),
                    1 => format!("-{b}"),
                    2 => format!("{a}-{}", a + b),
                    _ => a.to_string(),
                }
            };
            let mut list = part(&mut random);
            for _ in 0..random.below(3) {
                list = format!("{list},{}", part(&mut random));
            }
            let more =
                options(&mut random, &["--complement", "--output-delimiter=/", "--output-delimiter=ab"], 2);
            let how = match random.below(4) {
                0 => format!("-c {list}{more}"),
                1 => format!("-b{list}{more}"),
                2 => format!("-d: -f{list}{more}"),
                _ => format!("-s -d ' ' -f {list}{more}"),
            };
            // A file outside of ASCII may be cut within a character.
            let name = random.one(&["plain", "fields", "blanks", "unended", "empty"]);
            format!("cut {how} {name} {}", if random.below(3) == 0 { "unended" } else { "" })
        })
        .collect();
    compare(FILES, &cases, 0);
}

#[test]
fn head_and_tail() {
    let mut random = Random::new(6);
    let cases: Vec<String> = (0..count(600))
        .map(|_| {
            let program = random.one(&["head", "tail"]);
            let sign = random.one(&["", "", "-", if program == "tail" { "+" } else { "" }]);
            let n = random.below(5);
            let how = match random.below(5) {
                0 => format!("-n {sign}{n}"),
                1 => format!("-n{sign}{n}"),
                2 => format!("-c {sign}{n}"),
                3 => format!("-{n}"),
                _ => String::new(),
            };
            let names = if how.starts_with("-n") || how.starts_with("-c") {
                random.one(&["", "-q", "-v"])
            } else {
                ""
            };
            let (first, second) =
                (file(&mut random), if random.below(3) == 0 { file(&mut random) } else { "" });
            format!("x=$({program} {how} {names} {first} {second}); echo \"$x\"")
        })
        .collect();
    compare(FILES, &cases, 2);
}

#[test]
fn words_only() {
    let mut random = Random::new(7);
    let paths = ["/", "//", "a", "a/", "/a", "a/b", "a//b/", "/a/b.c", ".", "..", "", "b.c", ".c", "a b/c d"];
    let cases: Vec<String> = (0..count(600))
        .map(|_| {
            let mut path = || quoted(random.one(&paths));
            let (one, two) = (path(), path());
            match random.below(7) {
                0 => format!("basename {one}"),
                1 => format!("basename {one} {}", random.one(&[".c", "b", "a", "''"])),
                2 => format!("basename -a {one} {two}"),
                3 => format!("basename -s .c {one} {two}"),
                4 => format!("dirname {one} {two}"),
                5 => format!(
                    "seq {}{} {} {}",
                    random.one(&["", "-w ", "-s, ", "-s ' ' "]),
                    random.below(12),
                    random.one(&["1", "2", "-1", "3"]),
                    random.below(20)
                ),
                _ => format!(
                    "tr {}{} </dev/null",
                    random.one(&["", "-d ", "-s ", "-c ", "-ds ", "-cd "]),
                    random.one(&["a b", "a-z A-Z", "x", "a-c", "z-a b"])
                ),
            }
        })
        .collect();
    compare(&[], &cases, 0);
}
