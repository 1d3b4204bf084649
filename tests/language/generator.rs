//! Random nails: each construct of the language, put together at random from a seed.

use std::fmt::Write as _;

/// A small generator of numbers (splitmix64): the same seed gives the same nail for ever.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // Seeds that follow each other must not walk the same sequence.
        let mut random = Random(seed ^ 0x5bf0_3635);
        Random(random.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

const VALUES: &[&str] = &[
    "foo",
    "'x y'",
    "\"a  b\"",
    "''",
    "bar.tar.gz",
    "usr/lib/x.so",
    "'*.txt'",
    "'a:b:c'",
    "12",
    "'  lead trail  '",
    "$'t\\tn\\nq'",
    "aXbXc",
    "'[ab]'",
    "'it'\\''s'",
    "é",
    "'a*b'",
    "'\\'",
];
const SCALARS: &[&str] = &["a", "b", "c", "d"];
const NUMBERS: &[&str] = &["n", "m"];
const LITERALS: &[&str] = &[
    "foo",
    "bar-1",
    "p/a",
    "x.y",
    "*.txt",
    "[ab]*",
    "?.log",
    "{a,b}",
    "{1..3}",
    "{01..03}",
    "{c..a}",
    "{1..9..4}",
    "%",
    "a=b",
    ":",
    ",",
    "sub/*",
    "*",
    "nomatch*",
    "{x}",
    "a#b",
    "[!a]*",
    "{a,b{c,d}}",
    "{a,}x",
    "+",
    "@",
    "-n",
    "é",
    "*/",
    "[[:alpha:]].txt",
];
const QUOTED: &[&str] = &[
    "'a b'",
    "'$a'",
    "'*'",
    "''",
    "\\ ",
    "\\$",
    "\\*",
    "\\\\",
    "$'x\\ty'",
    "$'\\x41\\101'",
    "'{a,b}'",
    "\\{a,b}",
    "'\"'",
    "$'\\''",
    "a\\\nb",
];
const TEXT: &[&str] = &[
    "foo", " ", "it's", "\\$", "\\\"", "*", "{a,b}", "a  b", "\\\\", "\\n", "#", ";", "é", "~", "[ab]",
    "\\\n",
];
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
    " ",
    "'*'",
    "\"$a\"",
    "$c",
    "\\*",
    "[[:digit:]]",
    "x*",
    "/",
    "??",
    "\"b\"",
    "o",
];

pub struct Generator {
    random: Random,
    heredocs: usize,
    functions: usize,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Generator { random: Random::new(seed), heredocs: 0, functions: 0 }
    }

    /// The top-level statements of a nail.
    pub fn nail(&mut self) -> Vec<String> {
        let mut statements = Vec::new();
        for name in SCALARS {
            statements.push(format!("{name}={}", self.random.pick(VALUES)));
        }
        statements.push(format!("n={} m={}", self.random.below(20), self.random.below(9)));
        statements.push(format!(
            "r=({} {} {})",
            self.random.pick(VALUES),
            self.random.pick(VALUES),
            self.random.pick(LITERALS)
        ));
        statements.push(format!("set -- {} {} three", self.random.pick(VALUES), self.random.pick(VALUES)));
        for _ in 0..2 + self.random.below(5) {
            statements.push(self.statement(2));
        }
        statements
    }

    fn statement(&mut self, depth: usize) -> String {
        let simple = depth == 0;
        match self.random.below(if simple { 14 } else { 34 }) {
            0..=4 => format!("log {}", self.words(2)),
            5 => format!("{}={}", self.random.pick(SCALARS), self.word(2)),
            6 => format!("{}+={}", self.random.pick(SCALARS), self.word(1)),
            7 => format!("r=({})", self.words(1)),
            8 => match self.random.below(4) {
                0 => format!("r+=({})", self.words(1)),
                1 => format!("r[{}]={}", self.random.below(5), self.word(1)),
                2 => format!("r=([{}]={} {})", self.random.below(4), self.word(1), self.word(1)),
                _ => format!("r[n % 3]+={}", self.word(1)),
            },
            9 => format!("(( {} ))", self.arithmetic(2)),
            10 => format!(
                "Mknod c $(( ({}) & 255 )) {} dev{}",
                self.arithmetic(1),
                self.random.below(9),
                self.random.below(9)
            ),
            11 => format!("Gecos app \"${{{}//[!a-z ]/}}\" text", self.random.pick(SCALARS)),
            12 => match self.random.below(6) {
                0 => format!("set -- {}", self.words(1)),
                1 => format!("unset {}; {0}=again", self.random.pick(SCALARS)),
                2 => format!(
                    "IFS={}; log $a $d \"$*\" ${{r[*]}} \"${{r[*]}}\" $@; IFS=$' \\t\\n'",
                    self.random.pick(&[":", "' '", "X", "''", "' :'"])
                ),
                3 => format!("export {}={}", self.random.pick(SCALARS), self.word(1)),
                4 => format!("declare {}={}", self.random.pick(SCALARS), self.word(1)),
                _ => format!("set -f; log {}; set +f", self.words(1)),
            },
            13 => {
                self.heredocs += 1;
                let quote = self.random.pick(&["", "'", ""]);
                let dash = self.random.pick(&["", "-"]);
                let tab = if dash.is_empty() { "" } else { "\t" };
                let body = self.heredoc_text();
                format!("Write /etc/f{} <<{dash}{quote}END{quote}\n{tab}{body}\n{tab}END", self.heredocs)
            }
            14..=16 => {
                format!("if {}; then {}; else {}; fi", self.condition(), self.block(depth), self.block(depth))
            }
            17 => format!(
                "if {}; then {}; elif {}; then {}; fi",
                self.condition(),
                self.block(depth),
                self.condition(),
                self.block(depth)
            ),
            18..=19 => format!("for i in {}; do log \"$i\"; {}; done", self.words(1), self.block(depth)),
            20 => format!("for i; do log \"$i\"; {}; done", self.block(depth)),
            21 => format!(
                "for ((k{depth} = 0; k{depth} < {}; k{depth}++)); do {}; done",
                self.random.below(4),
                self.block(depth)
            ),
            22 => format!(
                "w{depth}=0; while (( w{depth} < {} )); do (( ++w{depth} )); {}; done",
                self.random.below(4),
                self.block(depth)
            ),
            23 => format!(
                "u{depth}=3; until [ $u{depth} -le {} ]; do u{depth}=$((u{depth} - 1)); {}; done",
                self.random.below(3),
                self.block(depth)
            ),
            24..=25 => self.case(depth),
            26 => {
                self.functions += 1;
                let f = format!("f{}", self.functions);
                let result = self.random.below(3);
                format!(
                    "{f}() {{ local a={} x; x=$1; log \"$#\" \"$@\" $x; {}; return {result}; }}; {f} {}; log $?",
                    self.word(1),
                    self.block(depth),
                    self.words(1)
                )
            }
            27 => format!("{} && log yes || log no", self.condition()),
            28 => format!("! {} && {{ {}; }}", self.condition(), self.block(depth)),
            29 => format!("{{ {}; }} </dev/null; log x 2>/dev/null >/dev/null", self.block(depth)),
            30 => format!(
                "for i in 1 2 3; do {}; log $i; done",
                self.random.pick(&[
                    "[ $i = 2 ] && continue",
                    "[ $i = 2 ] && break",
                    "(( i == 3 )) && continue"
                ])
            ),
            31 => format!(
                "log $(echo {}) \"$(printf '%s|' {})\" `echo {} \"${{{}}}\" \\`echo in\\``",
                self.words(1),
                self.words(1),
                self.random.pick(LITERALS),
                self.random.pick(SCALARS)
            ),
            32 => format!("echo {}", self.words(1)),
            _ => format!("{}; log $?", self.condition()),
        }
    }

    fn block(&mut self, depth: usize) -> String {
        let mut out = self.block_statement(depth);
        if self.random.one_in(3) {
            out.push_str("; ");
            out.push_str(&self.block_statement(depth));
        }
        out
    }

    /// A statement that may be followed by `;`.
    fn block_statement(&mut self, depth: usize) -> String {
        loop {
            let statement = self.statement(depth - 1);
            if !statement.contains("<<") {
                return statement;
            }
        }
    }

    fn case(&mut self, depth: usize) -> String {
        let mut out = format!("case {} in", self.word(1));
        for _ in 0..2 {
            let end = self.random.pick(&[";;", ";;", ";&", ";;&"]);
            let (first, second, body) = (self.pattern(), self.pattern(), self.block(depth));
            let _ = write!(out, " {first}|{second}) {body} {end}");
        }
        out.push_str(" *) log default ;; esac");
        out
    }

    fn heredoc_text(&mut self) -> String {
        let mut out = String::from("x");
        for _ in 0..3 {
            let piece = match self.random.below(4) {
                0 => self.random.pick(&["'q'", "\"q\"", "a b", "\\$", "*", "\\\\", "\\n"]).to_owned(),
                1 => self.quoted_piece(1),
                2 => format!("$(( {} ))", self.arithmetic(1)),
                _ => "$(echo a  b)".to_owned(),
            };
            out.push_str(&piece);
        }
        out
    }

    fn condition(&mut self) -> String {
        match self.random.below(9) {
            0 => format!("[ {} = {} ]", self.quoted(1), self.quoted(1)),
            1 => format!(
                "[ $n {} {} ]",
                self.random.pick(&["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]),
                self.random.below(20)
            ),
            2 => {
                format!("[[ {} {} {}* ]]", self.word(1), self.random.pick(&["==", "!=", "="]), self.pattern())
            }
            3 => format!("[[ {} {} {} ]]", self.word(0), self.random.pick(&["<", ">", "=="]), self.word(0)),
            4 => format!(
                "[[ {} {} ]]",
                self.random.pick(&["-n", "-z", "-f", "-d", "-e", "-s"]),
                self.random.pick(&["a.txt", "sub", "$a", "$c", "none", "\"$b\""])
            ),
            5 => format!("[[ $n -gt {} && ( -n $a || ! -z \"$b\" ) ]]", self.random.below(20)),
            6 => format!("(( {} ))", self.arithmetic(2)),
            7 => format!(
                "[[ ${} =~ {} ]]",
                self.random.pick(SCALARS),
                self.random.pick(&[
                    "^[a-f]+",
                    "(o|b)+",
                    "\\.",
                    "a.b",
                    "[0-9]{2}$",
                    "'.'",
                    "^$",
                    "x?y*",
                    "b|z"
                ])
            ),
            _ => format!(
                "{} {}",
                self.random.pick(&["test", "test !"]),
                self.random.pick(&["-f a.txt", "-d sub", "-n \"$c\"", "-z \"$c\"", "\"$a\"", "-e none"])
            ),
        }
    }

    fn words(&mut self, depth: usize) -> String {
        let count = 1 + self.random.below(3);
        let words: Vec<String> = (0..count).map(|_| self.word(depth)).collect();
        words.join(" ")
    }

    fn word(&mut self, depth: usize) -> String {
        let mut out = String::new();
        for _ in 0..=self.random.below(3) {
            out.push_str(&self.piece(depth));
        }
        out
    }

    fn piece(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 9 } else { 14 }) {
            0..=2 => self.random.pick(LITERALS).to_owned(),
            3 => self.random.pick(QUOTED).to_owned(),
            4 => format!("${{{}}}", self.random.pick(SCALARS)),
            5 => self
                .random
                .pick(&[
                    "$1",
                    "$#",
                    "$@",
                    "$*",
                    "\"$@\"",
                    "\"$*\"",
                    "${r[@]}",
                    "\"${r[@]}\"",
                    "${#r[@]}",
                    "${r[1]-}",
                    "\"${r[*]}\"",
                    "$n",
                    "${!SCALARNAME-x}",
                ])
                .replace("!SCALARNAME", "a"),
            6..=8 => self.quoted(depth),
            9..=11 => self.parameter(depth - 1, false),
            12 => format!("$(( {} ))", self.arithmetic(depth)),
            _ => format!("$(echo {})", self.words(depth - 1)),
        }
    }

    fn quoted(&mut self, depth: usize) -> String {
        let mut out = String::from("\"");
        for _ in 0..=self.random.below(3) {
            out.push_str(&self.quoted_piece(depth));
        }
        out.push('"');
        out
    }

    fn quoted_piece(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 4 } else { 8 }) {
            0..=1 => self.random.pick(TEXT).to_owned(),
            2..=3 => format!("${{{}}}", self.random.pick(SCALARS)),
            4..=6 => self.parameter(depth - 1, true),
            _ => format!("$(echo {})", self.words(depth - 1)),
        }
    }

    fn pattern(&mut self) -> String {
        let mut out = self.random.pick(PATTERNS).trim_matches(' ').to_owned();
        if self.random.one_in(2) {
            out.push_str(self.random.pick(PATTERNS).trim_matches(' '));
        }
        if out.is_empty() { "a".into() } else { out }
    }

    fn parameter(&mut self, depth: usize, quoted: bool) -> String {
        let name = match self.random.below(8) {
            0 => "r[@]",
            1 => "r[1]",
            2 => "@",
            3 => "1",
            4 if self.random.one_in(4) => "zz",
            _ => self.random.pick(SCALARS),
        };
        let list = matches!(name, "r[@]" | "@");
        let word = if quoted {
            self.random.pick(TEXT).replace("\\\"", "q").replace('\'', "")
        } else {
            self.word(depth)
        };
        let operator = match self.random.below(13) {
            0..=1 => format!("{}{word}", self.random.pick(&[":-", "-", ":+", "+"])),
            2 if !list && name != "1" => format!("{}{word}", self.random.pick(&[":=", "="])),
            3 if !list => return format!("${{#{name}}}"),
            4..=5 => format!("{}{}", self.random.pick(&["#", "##", "%", "%%"]), self.pattern()),
            6..=7 => {
                let pattern = self.pattern().replace('/', "\\/");
                format!(
                    "{}{pattern}/{}",
                    self.random.pick(&["/", "//", "/#", "/%"]),
                    self.random.pick(&["_", "", "'q r'", "$b", "\"$a\"", "a\\&b", "x"])
                )
            }
            8 if name != "@" => format!(":{}", self.random.pick(&["1", "0:2", " -1", "n%3", "1:n%2", "0:1"])),
            9 if !list => self.random.pick(&["^", "^^", ",", ",,", "^^[a-c]", ",,X"]).to_owned(),
            10 => format!(":-$(echo {})", self.random.pick(LITERALS)),
            11 => "-default".to_owned(),
            _ => String::new(),
        };
        format!("${{{name}{operator}}}")
    }

    fn arithmetic(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.one_in(3) {
            return match self.random.below(8) {
                0..=2 => self.random.below(30).to_string(),
                3..=4 => self.random.pick(NUMBERS).to_owned(),
                5 => format!("${}", self.random.pick(NUMBERS)),
                6 => self
                    .random
                    .pick(&["0x1F", "010", "2#101", "16#ff", "${#r[@]}", "9223372036854775807"])
                    .to_owned(),
                _ => self.random.pick(&["n++", "--m", "-n", "!m", "~n", "+3", "m--"]).to_owned(),
            };
        }
        let (left, right) = (self.arithmetic(depth - 1), self.arithmetic(depth - 1));
        match self.random.below(7) {
            0..=2 => {
                let op = self
                    .random
                    .pick(&["+", "-", "*", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=", "&&", "||", ","]);
                format!("{left} {op} {right}")
            }
            3 => format!(
                "({left}) {} {}",
                self.random.pick(&["/", "%", "**", "<<", ">>"]),
                1 + self.random.below(5)
            ),
            4 => format!("({left}) ? ({right}) : 7"),
            5 => format!(
                "{} {} ({left})",
                self.random.pick(NUMBERS),
                self.random.pick(&["=", "+=", "-=", "*=", "|=", "^="])
            ),
            _ => format!("({left}) + ({right})"),
        }
    }
}
