//! `${ }` with every operator, over scalars and lists.

use super::{Generator, SCALARS};

/// What a parameter expansion is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// A value, or nothing.
    One,
    /// `[@]` and `@`.
    At,
    /// `[*]` and `*`.
    Star,
}

const PATTERNS: &[&str] = &[
    "*",
    "?",
    "[a-c]",
    "[!a-c]",
    "a",
    "b",
    ".",
    "*.",
    "o*",
    "X",
    "'*'",
    "\"$a\"",
    "$c",
    "${b}",
    "\\*",
    "[[:digit:]]",
    "x*",
    "\\/",
    "??",
    "\"b\"",
    "o",
    "[]a]",
    "[^x]",
    "[[:upper:]]",
    "[![:space:]]",
    "*[a-]",
    "\\[",
    "\"[\"ab]",
    "[\\]x]",
    "$'\\t'",
    "' '",
    "\"?\"",
    "$(echo o)",
    "\\\\",
    "\"\\\\\"",
    "[[:alpha:][:digit:]-]",
    "é",
    "${e}",
    "*o",
    "[a",
    "''",
    "{",
    "~",
];
const QUOTED_PATTERNS: &[&str] = &[
    "*", "?", "[a-c]", "a", ".", "o*", "'*'", "\"*\"", "$c", "\\*", "\"$a\"", "x*", "X", "' '", "\\\\",
    "${b}", "[!x]",
];

impl Generator {
    /// A pattern of `case`, `==` and operators.
    pub(super) fn pattern(&mut self) -> String {
        let mut out = String::new();
        for _ in 0..=self.random.below(2) {
            out.push_str(self.random.pick(PATTERNS));
        }
        self.note_pattern(&out);
        out
    }

    fn note_pattern(&mut self, pattern: &str) {
        for (construct, sign) in [
            ("pattern *", "*"),
            ("pattern ?", "?"),
            ("pattern [..]", "[a"),
            ("pattern [!..]", "[!"),
            ("pattern [[:class:]]", "[:"),
        ] {
            if pattern.contains(sign) {
                self.note(construct);
            }
        }
    }

    fn quoted_pattern(&mut self) -> String {
        let pattern =
            self.random.pick(QUOTED_PATTERNS).to_owned() + self.random.pick(&["", "", "*", "?", "b"]);
        self.note_pattern(&pattern);
        pattern
    }

    /// `${..}`, in double quotes or not.
    pub(super) fn parameter(&mut self, depth: usize, quoted: bool) -> String {
        if self.random.one_in(10) {
            return self.indirect(quoted);
        }
        if self.random.one_in(12) {
            return self.length();
        }
        let (name, of) = match self.random.below(18) {
            0..=1 => ("r[@]", Of::At),
            2 => ("r[*]", Of::Star),
            3 => ("@", Of::At),
            4 => ("*", Of::Star),
            5 => (self.random.pick(&["s[@]", "s[*]"]), Of::At),
            6 => (self.random.pick(&["r[1]", "r[n%3]", "r[-1]", "r[${#r[@]}-1]", "r[0]", "r[ 1 ]"]), Of::One),
            7 => ("1", Of::One),
            8 => (self.random.pick(&["e", "n", "2", "q", "r", "s"]), Of::One),
            9 => return self.of_unset(depth, quoted),
            _ => (self.random.pick(SCALARS), Of::One),
        };
        match self.random.below(if of == Of::One { 16 } else { 13 }) {
            0..=2 => self.value_operator(name, depth, quoted, &[":-", "-", ":+", "+"]),
            3..=4 => {
                let sign = self.random.pick(&["#", "##", "%", "%%"]);
                self.note_over(
                    of,
                    match sign {
                        "#" => ("${x#p}", "${a[@]#p}"),
                        "##" => ("${x##p}", "${a[@]##p}"),
                        "%" => ("${x%p}", "${a[@]%p}"),
                        _ => ("${x%%p}", "${a[@]%%p}"),
                    },
                );
                let pattern = if quoted { self.quoted_pattern() } else { self.pattern() };
                format!("${{{name}{sign}{pattern}}}")
            }
            5..=7 => self.replacement(name, of, quoted),
            8..=9 => self.substring(name, of),
            10 | 14 | 15 => {
                let sign = self.random.pick(&["^", "^^", ",", ",,"]);
                self.note_over(
                    of,
                    match sign {
                        "^" => ("${x^}", "${a[@]^}"),
                        "^^" => ("${x^^}", "${a[@]^^}"),
                        "," => ("${x,}", "${a[@],}"),
                        _ => ("${x,,}", "${a[@],,}"),
                    },
                );
                format!("${{{name}{sign}{}}}", self.random.pick(&["", "", "[a-c]", "X", "?", "[fF]"]))
            }
            11 => format!("${{{name}}}"),
            12 if of == Of::One && !name.starts_with(|c: char| c.is_ascii_digit()) => {
                self.value_operator(name, depth, quoted, &[":=", "="])
            }
            12 => self.value_operator(name, depth, quoted, &["-", ":+"]),
            _ => {
                let sign = self.random.pick(&["?", "?", "?", ":?"]);
                self.note(if sign == "?" { "${x?w}" } else { "${x:?w}" });
                let name = if sign == ":?" { "n" } else { name };
                format!("${{{name}{sign}{}}}", self.random.pick(&["", "missing", "is 'not' set", "$b"]))
            }
        }
    }

    fn note_over(&mut self, of: Of, (one, list): (&'static str, &'static str)) {
        self.note(if of == Of::One { one } else { list });
    }

    /// A variable that is not set.
    fn of_unset(&mut self, depth: usize, quoted: bool) -> String {
        if self.random.one_in(12) {
            self.note("unset variable");
            return self
                .random
                .pick(&["$zz", "${zz}", "${zz#a}", "${9}", "${r[9]}", "${zz:?gone}", "${zz[@]}"])
                .to_owned();
        }
        let name = self.random.pick(&["zz", "9", "r[9]", "zz[@]", "zz[2]", "s[1]"]);
        match self.random.below(5) {
            0 => format!("${{#{}}}", self.random.pick(&["e", "a", "r[@]"])),
            1 if name == "zz" => {
                let text = self.value_operator(name, depth, quoted, &["=", ":="]);
                format!("{text}${{zz:+.}}")
            }
            _ => self.value_operator(name, depth, quoted, &[":-", "-", ":+", "+"]),
        }
    }

    fn value_operator(&mut self, name: &str, depth: usize, quoted: bool, signs: &[&str]) -> String {
        let sign = self.random.pick(signs);
        self.note(match sign {
            ":-" => "${x:-w}",
            "-" => "${x-w}",
            ":+" => "${x:+w}",
            "+" => "${x+w}",
            ":=" => "${x:=w}",
            _ => "${x=w}",
        });
        let word = self.unsure(|g| if quoted { g.quoted_value(depth) } else { g.value(depth) });
        format!("${{{name}{sign}{word}}}")
    }

    /// The word of an operator outside of quotes.
    fn value(&mut self, depth: usize) -> String {
        match self.random.below(10) {
            0 => String::new(),
            1..=2 => self
                .random
                .pick(&[
                    "x y",
                    " x ",
                    "\"$@\"b:",
                    ":\"${r[@]}\"",
                    "a 'b  c'",
                    "\"p q\"",
                    "$@",
                    "\"$@\"",
                    "${r[@]}",
                    "\"${r[@]}\"",
                    "*.txt",
                    "'*'",
                    "{a,b}",
                    "{x",
                    "~",
                    "a\\ b",
                    "$'p\\tq'",
                    "\"a\"'b'c",
                    "$a $b",
                    ":x:",
                    "''",
                    "\"\"",
                    "é;|&<>()",
                    "\\}",
                    "a#b",
                    "\"}\"",
                    "\"$*\"",
                    "x\\\ny",
                ])
                .to_owned(),
            3..=6 => loop {
                // A brace would end the expansion early.
                let word = self.word(depth);
                if !word.contains(['{', '}']) {
                    break word;
                }
            },
            _ => self.value_of_words(depth),
        }
    }

    fn value_of_words(&mut self, depth: usize) -> String {
        let inner = if depth > 0 { self.parameter(depth - 1, false) } else { "${c}".to_owned() };
        match self.random.below(4) {
            0 => inner,
            1 => format!("x{inner} y"),
            2 => format!("\"{}\"", if depth > 0 { self.parameter(depth - 1, true) } else { "$a".to_owned() }),
            _ => format!("{} {inner}", self.quoted(0)),
        }
    }

    /// The word of an operator within double quotes.
    fn quoted_value(&mut self, depth: usize) -> String {
        match self.random.below(8) {
            0..=4 => self
                .random
                .pick(&[
                    "",
                    "x  y",
                    "'p q'",
                    "\"p  q\"",
                    "$@",
                    "$a",
                    "${r[@]}",
                    "$@:x",
                    "a:\"${r[@]}\"",
                    "*",
                    "\\}",
                    "\\\"",
                    "\\$a",
                    "\\\\",
                    "\"$@\"",
                    "{a,b}",
                    "~",
                    "a\\b",
                    "\"'\"",
                    "'$b'",
                    "$(echo s  t)",
                    "x\\\ny",
                    "${b}\"${b}\"",
                ])
                .to_owned(),
            5..=6 if depth > 0 => self.parameter(depth - 1, true),
            _ => format!("x{}", self.random.pick(SCALARS)),
        }
    }

    fn replacement(&mut self, name: &str, of: Of, quoted: bool) -> String {
        let sign = self.random.pick(&["/", "//", "/#", "/%"]);
        self.note_over(
            of,
            match sign {
                "/" => ("${x/p/r}", "${a[@]/p/r}"),
                "//" => ("${x//p/r}", "${a[@]//p/r}"),
                "/#" => ("${x/#p/r}", "${a[@]/#p/r}"),
                _ => ("${x/%p/r}", "${a[@]/%p/r}"),
            },
        );
        let pattern = if quoted { self.quoted_pattern() } else { self.pattern() };
        let replacement = self.random.pick(&[
            "/_",
            "/",
            "",
            "/'q r'",
            "/$b",
            "/\"$a\"",
            "/a\\&b",
            "/x",
            "/&",
            "/\"&\"",
            "/[&]",
            "/\\\\",
            "/ ",
            "/${b}${c}",
            "/$(echo x)",
            "/\\/",
            "/~",
            "/'&'",
        ]);
        format!("${{{name}{sign}{pattern}{replacement}}}")
    }

    fn substring(&mut self, name: &str, of: Of) -> String {
        const PLACES: &[&str] =
            &["1", "0", " -1", "n%3", "(n-n)", "2", "$((1))", "${#e}", " -2", "n>3?1:0", "9", "e", "m-m"];
        let offset = self.random.pick(PLACES);
        if self.random.one_in(2) {
            self.note_over(of, ("${x:o}", "${a[@]:o}"));
            return format!("${{{name}:{offset}}}");
        }
        self.note_over(of, ("${x:o:n}", "${a[@]:o:n}"));
        let length = self.random.pick(if of == Of::One {
            &["1", "2", "n%2", " -1", "0", "m", "99", "${#a}", ""]
        } else {
            &["1", "2", "n%2", "0", "99"]
        });
        format!("${{{name}:{offset}:{length}}}")
    }

    fn length(&mut self) -> String {
        self.note("${#x}");
        let name = self
            .random
            .pick(&["a", "b", "c", "d", "n", "1", "r[1]", "r", "e", "r[@]", "@", "*", "s[@]", "r[0]"]);
        if name == "r[@]" || name == "s[@]" {
            self.note("${#a[@]}");
        }
        format!("${{#{name}}}")
    }

    /// `${!x}`.
    fn indirect(&mut self, quoted: bool) -> String {
        self.note("${!x}");
        let word = if quoted { "x y" } else { "'x y'" };
        match self.random.below(8) {
            0 => format!("${{!p:-{word}}}"),
            1 => "${!p#f}".to_owned(),
            2 => "${!p//o/0}".to_owned(),
            3 => "${!p:0:2}".to_owned(),
            4 => "${!p^^}".to_owned(),
            5 => "${!#}".to_owned(),
            6 => format!("${{!p+{word}}}"),
            _ => "${!p}".to_owned(),
        }
    }
}
