//! Words: quoting of every kind, and what may stand beside it.

use super::{Generator, NUMBERS, SCALARS};

/// Values of variables.
pub const VALUES: &[&str] = &[
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
    "Foo-Bar",
    "'?'",
    "'::x:'",
    "'~'",
    "'{a,b}'",
    "'a\\*b'",
    "$'\\n\\n'",
    "'$n'",
    "a.txt",
    "-n",
    "'\"q\"'",
];
const BARE: &[&str] = &[
    "foo", "bar-1", "p/a", "x.y", "%", "a=b", ":", ",", "a#b", "+", "@", "-n", "é", "{x}", "=", "[", "]",
    "!", "^", "{}", "}", "a,b", "..", "Z",
];
const GLOBS: &[&str] = &[
    "*.txt",
    "[ab]*",
    "?.log",
    "sub/*",
    "*",
    "nomatch*",
    "[!a]*",
    "*/",
    "[[:alpha:]].txt",
    "*/*",
    "[a-b].txt",
    "a?txt",
    "[]a]*",
    "[^b]*t",
    "./*.log",
    "*'.txt'",
    "\"e f\"*",
    "e\\ *",
    "[[:space:]]*",
    "*t",
    "???*",
    "\"sub/\"*",
    "'sub'/?.txt",
    "sub\\/*",
    "\"./\"*.log",
];
const BRACES: &[&str] = &[
    "{a,b}",
    "{1..3}",
    "{01..03}",
    "{c..a}",
    "{1..9..4}",
    "{a,b{c,d}}",
    "{a,}x",
    "{3..-1..2}",
    "{a..e..2}",
    "{'a b',c}",
    "{\"$a\",$b}",
    "{$n..3}",
    "{a,b}{1,2}",
    "{,x}",
    "{{a,b},c}",
    "{\\,,a}",
    "{x,*.txt}",
    "a{b",
    "{-01..2}",
];
const SINGLE: &[&str] =
    &["'a b'", "'$a'", "'*'", "''", "'{a,b}'", "'\"'", "'\\'", "'`'", "'a\nb'", "'~'", "'#'"];
const BACKSLASH: &[&str] =
    &["\\ ", "\\$", "\\*", "\\\\", "\\{a,b}", "\\a", "\\\"", "\\'", "\\~", "\\#", "\\;", "\\[a]", "\\é"];
const ANSI: &[&str] = &[
    "$'x\\ty'",
    "$'\\x41\\101'",
    "$'\\''",
    "$'a\\nb'",
    "$'\\u00e9\\U1f600'",
    "$'\\\\*'",
    "$'\\q\\\"'",
    "$'\\cB\\e'",
    "$''",
    "$'\\a\\b\\f\\r\\v\\?'",
    "$'\\x4\\028'",
];
const TEXT: &[&str] = &[
    "foo", " ", "it's", "\\$", "\\\"", "*", "{a,b}", "a  b", "\\\\", "\\n", "#", ";", "é", "~", "[ab]",
    "\\\n", "\\`", "$", "\t", "!", "&", "(x)", "<>|",
];

impl Generator {
    pub(super) fn words(&mut self, depth: usize) -> String {
        let count = 1 + self.random.below(3);
        let words: Vec<String> = (0..count).map(|_| self.word(depth)).collect();
        words.join(" ")
    }

    pub(super) fn word(&mut self, depth: usize) -> String {
        let mut out = String::new();
        if self.random.one_in(24) {
            self.note("~");
            out.push_str(self.random.pick(&["~", "~/", "~/x", "~/'a b'", "~/*"]));
            if out == "~" {
                return out;
            }
        }
        for _ in 0..=self.random.below(3) {
            let piece = self.piece(depth);
            out.push_str(&piece);
        }
        out
    }

    fn piece(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 16 } else { 24 }) {
            0..=2 => self.random.pick(BARE).to_owned(),
            3 => {
                self.note("glob");
                self.random.pick(GLOBS).to_owned()
            }
            4 => {
                self.note("brace");
                self.random.pick(BRACES).to_owned()
            }
            5 => {
                self.note("''");
                self.random.pick(SINGLE).to_owned()
            }
            6 => {
                self.note("backslash");
                self.random.pick(BACKSLASH).to_owned()
            }
            7 => {
                self.note("$''");
                self.random.pick(ANSI).to_owned()
            }
            8..=9 => self.simple_parameter(),
            10 => self.list_parameter(),
            11 => {
                self.note("backslash-newline");
                "\\\n".to_owned() + self.random.pick(BARE)
            }
            12..=15 => self.quoted(depth),
            16..=20 => self.parameter(depth - 1, false),
            21 => self.arithmetic_expansion(depth),
            22 => self.brace_of_words(depth),
            _ if self.random.one_in(3) => self.substitution(depth),
            _ => self.quoted(depth),
        }
    }

    /// `{a,b}` of any words.
    fn brace_of_words(&mut self, depth: usize) -> String {
        self.note("brace");
        let count = 2 + self.random.below(2);
        let words: Vec<String> = (0..count).map(|_| self.word(depth - 1)).collect();
        format!("{{{}}}", words.join(","))
    }

    /// `$x` or `${x}`.
    pub(super) fn simple_parameter(&mut self) -> String {
        let name = if self.random.one_in(5) { self.random.pick(NUMBERS) } else { self.random.pick(SCALARS) };
        if self.random.one_in(2) {
            self.note("$x");
            // What follows must not become a part of the name.
            format!("${name}{}", self.random.pick(&["/", ".", ":", "-", "''", "\"\"", ","]))
        } else {
            self.note("${x}");
            format!("${{{name}}}")
        }
    }

    /// `$@`, `$*`, arrays, and other parameters without operators.
    fn list_parameter(&mut self) -> String {
        match self.random.below(16) {
            0 => self.noted("$1", &["$1"]),
            1 => self.noted("$#", &["$#"]),
            2 => self.noted("$@", &["$@"]),
            3 => self.noted("$*", &["$*"]),
            4 => self.noted("\"$@\"", &["\"$@\""]),
            5 => self.noted("\"$*\"", &["\"$*\""]),
            6 => self.noted("${a[@]}", &["${r[@]}", "${s[@]}"]),
            7 => self.noted("\"${a[@]}\"", &["\"${r[@]}\"", "\"${s[@]}\"", "\"x${r[@]}y\""]),
            8 => self.noted("${#a[@]}", &["${#r[@]}", "${#s[*]}", "${#r[*]}"]),
            9 => self.noted("${a[i]}", &["${r[1]-}", "${r}", "$r", "${r[-1]-u}", "${s[n % 8]-u}"]),
            10 => self.noted("${a[*]}", &["${r[*]}", "${s[*]}"]),
            11 => self.noted("\"${a[*]}\"", &["\"${r[*]}\"", "\"${s[*]}\""]),
            12 => self.noted("${10}", &["${10-none}"]),
            13 => self.noted("$?", &["$?"]),
            14 => self.noted("$0", &["$0", "${0}", "\"$0\""]),
            _ => self.noted("$@", &["x$@y", "\"a$@b\"", "\"$@$@\"", "\"$1$*\"", "'x'$*\"y\""]),
        }
    }

    fn noted(&mut self, construct: &'static str, texts: &[&str]) -> String {
        self.note(construct);
        self.random.pick(texts).to_owned()
    }

    pub(super) fn quoted(&mut self, depth: usize) -> String {
        self.note("\"\"");
        let mut out = String::from("\"");
        for _ in 0..=self.random.below(3) {
            let piece = self.quoted_piece(depth);
            out.push_str(&piece);
            if piece == "$" {
                // It must not meet a name or a parenthesis.
                out.push('.');
            }
        }
        out.push('"');
        out
    }

    pub(super) fn quoted_piece(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 6 } else { 14 }) {
            0..=2 => self.random.pick(TEXT).to_owned(),
            3..=4 => format!("${{{}}}", self.random.pick(SCALARS)),
            5 => self
                .random
                .pick(&["$@", "$*", "${r[@]}", "${r[*]}", "${#r[@]}", "$#", "${s[@]}", "$1"])
                .to_owned(),
            6..=11 => self.parameter(depth - 1, true),
            12 => self.arithmetic_expansion(depth),
            _ if self.random.one_in(3) => self.substitution(depth),
            _ => self.random.pick(TEXT).to_owned(),
        }
    }

    /// Text of a here-document.
    pub(super) fn here_text(&mut self) -> String {
        let mut out = String::from("x");
        for _ in 0..=self.random.below(4) {
            let piece = match self.random.below(6) {
                0 => self
                    .random
                    .pick(&[
                        "'q'", "\"q\"", "a b", "\\$", "*", "\\\\", "\\n", "\\\n", "\nline\n", "\\`", "~",
                        "\t",
                    ])
                    .to_owned(),
                1 => format!("${{{}}}", self.random.pick(SCALARS)),
                2 => self.here_parameter(),
                3 => self.arithmetic_expansion(1),
                4 => self.random.pick(&["$@", "$*", "${r[@]}", "${r[*]}", "$#", "${#r[@]}"]).to_owned(),
                _ if self.random.one_in(3) => self.substitution(1),
                _ => "text".to_owned(),
            };
            out.push_str(&piece);
        }
        out
    }

    /// A parameter with an operator in a here-document, where `\"` is a backslash and a quote.
    fn here_parameter(&mut self) -> String {
        loop {
            let parameter = self.parameter(0, true);
            if !parameter.contains(['"', '\'']) {
                return parameter;
            }
        }
    }

    /// `$( )` and backquotes.
    pub(super) fn substitution(&mut self, depth: usize) -> String {
        match self.random.below(8) {
            0..=2 => {
                self.note("$()");
                let words = self.words(depth.saturating_sub(1));
                format!("$(echo {words})")
            }
            3 => {
                self.note("$()");
                let words = self.words(depth.saturating_sub(1));
                format!("$(printf '%s|' {words})")
            }
            4 => {
                self.note("``");
                let name = self.random.pick(SCALARS);
                self.random
                    .pick(&[
                        "`echo $X`",
                        "`echo \"$X\"`",
                        "`echo \\$X \\`echo in\\``",
                        "`echo '\\\\' \\\\\\\\`",
                        "`echo a  b`",
                    ])
                    .replace('X', name)
            }
            5 => {
                self.note("$(<file)");
                self.random.pick(&["$(<a.txt)", "$(< c.log)", "$(<empty)", "$( <'e f.txt' )"]).to_owned()
            }
            6 => {
                self.note("$()");
                let name = self.random.pick(SCALARS);
                self.random
                    .pick(&[
                        "$(X=in; echo \"$X\")",
                        "$(echo \"$(echo \"$X\")\")",
                        "$(for i in 1 2; do echo $i; done)",
                        "$(if [ \"$X\" ]; then echo t; else printf f; fi)",
                        "$(echo ')')",
                        "$(case x in x) echo y;; esac)",
                        "$(echo a # )\n)",
                        "$( { echo g; } )",
                        "$(exit 3)",
                        "$(:)",
                        "$(printf 'a\\n\\n\\n')",
                        "$(echo \"$*\"; set -- z; echo $1)",
                    ])
                    .replace('X', name)
            }
            _ if self.random.one_in(3) => self.program_substitution(),
            _ => {
                self.note("$()");
                "$(echo sub)".to_owned()
            }
        }
    }
}
