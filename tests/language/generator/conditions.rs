//! `[[ ]]`, `[`, `test`, and other commands that are true or false.

use super::{Generator, SCALARS};

impl Generator {
    /// A command that is true or false.
    pub(super) fn condition(&mut self) -> String {
        match self.random.below(12) {
            0..=4 => {
                self.note("[[ ]]");
                let expression = self.expression(2);
                format!("[[ {expression} ]]")
            }
            5..=7 => self.bracket(),
            8..=9 => {
                self.note("(( ))");
                let expression = self.arithmetic(2);
                format!("(( {expression} ))")
            }
            10 => self.package_check(),
            _ => self.one_of(&["true", "false", ":"]).to_owned(),
        }
    }

    fn package_check(&mut self) -> String {
        self.note("PkgCheck");
        format!(
            "PkgCheck {}",
            self.random.pick(&[
                "pkg-a",
                "pkg-a-1.0",
                "pkg-a-1.0-2",
                "pkg-a.noarch",
                "pkg-a-1.0-2.noarch",
                "other"
            ])
        )
    }

    /// What is tested in `[[ ]]`: it does not begin like an operator.
    fn tested(&mut self) -> String {
        match self.random.below(6) {
            0 => self.quoted(1),
            1 => format!("${}", self.random.pick(SCALARS)),
            2 => self.parameter(1, false),
            3 => format!("x{}", self.word(0)),
            4 => self
                .random
                .pick(&["$@", "$*", "\"$@\"", "${r[@]}", "\"${r[*]}\"", "$1", "*.txt", "{a,b}", "~"])
                .to_owned(),
            _ => format!("\"\"{}", self.word(1)),
        }
    }

    fn expression(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 14 } else { 19 }) {
            0..=2 => {
                let operator = self.one_of(&["[[ ==", "[[ !=", "[[ ="]).trim_start_matches("[[ ");
                let (left, right) = (self.tested(), self.pattern());
                format!("{left} {operator} {right}{}", self.random.pick(&["", "", "*"]))
            }
            3 => {
                let operator = self.one_of(&["[[ <", "[[ >"]).trim_start_matches("[[ ");
                format!("{} {operator} {}", self.tested(), self.tested())
            }
            4..=5 => {
                let operator = self.one_of(&["[[ -n", "[[ -z"]).trim_start_matches("[[ ");
                format!("{operator} {}", self.tested())
            }
            6..=7 => {
                let operator = self
                    .one_of(&["[[ -f", "[[ -d", "[[ -e", "[[ -s", "[[ -r", "[[ -L"])
                    .trim_start_matches("[[ ");
                format!("{operator} {}", self.path())
            }
            8 => {
                self.note("[[ -v");
                format!(
                    "-v {}",
                    self.random.pick(&["a", "zz", "r", "r[1]", "r[9]", "r[@]", "e", "1", "s[n]", "zz[@]"])
                )
            }
            9..=10 => {
                let operator = self
                    .one_of(&["[[ -eq", "[[ -ne", "[[ -lt", "[[ -le", "[[ -gt", "[[ -ge"])
                    .trim_start_matches("[[ ");
                let (left, right) = (self.number(), self.number());
                format!("{left} {operator} {right}")
            }
            11..=12 => {
                self.note("[[ =~");
                let operand = self.tested();
                format!("{operand} =~ {}", self.regex())
            }
            13 => self.tested(),
            14 => {
                self.note("[[ &&");
                let left = self.expression(depth - 1);
                let right = self.unsure(|g| g.expression(depth - 1));
                format!("{left} && {right}")
            }
            15 => {
                self.note("[[ ||");
                let left = self.expression(depth - 1);
                let right = self.unsure(|g| g.expression(depth - 1));
                format!("{left} || {right}")
            }
            16..=17 => {
                self.note("[[ !");
                format!("! {}", self.expression(depth - 1))
            }
            _ => {
                self.note("[[ ( )");
                format!("( {} )", self.expression(depth - 1))
            }
        }
    }

    /// A number of `[[ ]]`, where it is an arithmetic expression.
    fn number(&mut self) -> String {
        self.random
            .pick(&[
                "$n",
                "n",
                "m*2",
                "3",
                "$((n + 1))",
                "\"$m\"",
                "'n + 1'",
                "w[1]",
                "q",
                "0x10",
                "n%3",
                "\"\"",
                "-1",
            ])
            .to_owned()
    }

    fn path(&mut self) -> String {
        self.random
            .pick(&[
                "a.txt",
                "sub",
                "$a",
                "\"$c\"",
                "none",
                "\"$b\"",
                "sub/d.txt",
                "empty",
                "'e f.txt'",
                ".",
                "./a.txt",
                "sub/",
                "a.txt/",
                "''",
                "*.log",
            ])
            .to_owned()
    }

    fn regex(&mut self) -> String {
        self.random
            .pick(&[
                "^[a-f]+",
                "(o|b)+",
                "\\.",
                "a.b",
                "[0-9]{2}$",
                "'.'",
                "^$",
                "x?y*",
                "b|z",
                "^(f)(o+)$",
                "^([^.]*)\\.(.*)$",
                "$b",
                "\"$b\"",
                "[[:space:]]",
                "^.{3}$",
                "\"*\"",
                "a\\*b",
                "^x' 'y",
                "(^| )[a-z]",
                "[^a-z]",
                "^${a}$",
                "[.]t",
                "o{1,2}",
                "$'\\t'",
                "^[[:alnum:]_.-]+$",
                "(a)(X)?b",
            ])
            .to_owned()
    }

    /// `[[ x =~ y ]]` and what it matched.
    pub(super) fn rematch(&mut self) -> String {
        self.note("[[ =~");
        if self.random.one_in(3) {
            self.note("BASH_REMATCH");
            return "[[ foobar =~ ^(f)(o+)(bar)$ ]]; log \"${BASH_REMATCH[@]}\" ${#BASH_REMATCH[@]} \"$BASH_REMATCH\"".to_owned();
        }
        let name = self.random.pick(&["foobar", "\"$a\"", "bar.tar.gz", "$b", "k=v", "\"x y\""]);
        let regex = self.random.pick(&[
            "^(f)(o+)",
            "^([^.]*)\\.(.*)$",
            "([a-z])(.)",
            "^(.*)=(.*)$",
            "o",
            "(b)|(x)",
            "(.)' '?(.)",
        ]);
        let shown = self.unsure(|g| {
            g.random
                .pick(&[
                    "\"${BASH_REMATCH[1]-}\"",
                    "\"${BASH_REMATCH[@]}\"",
                    "${#BASH_REMATCH[@]} \"${BASH_REMATCH[0]}\"",
                    "\"$BASH_REMATCH\" \"${BASH_REMATCH[2]-none}\"",
                    "\"${BASH_REMATCH[1]:0:1}\"",
                ])
                .to_owned()
        });
        format!("if [[ {name} =~ {regex} ]]; then log {shown}; else log no; fi")
    }

    /// `[` and `test`.
    fn bracket(&mut self) -> String {
        let expression = match self.random.below(13) {
            0..=1 => {
                let operator = self.one_of(&["[ =", "[ ==", "[ !="]).trim_start_matches("[ ");
                format!("{} {operator} {}", self.quoted(1), self.quoted(1))
            }
            2 => {
                let operator = self.one_of(&["[ <", "[ >"]).trim_start_matches("[ ");
                format!("\"${}\" \\{operator} {}", self.random.pick(SCALARS), self.quoted(0))
            }
            3..=4 => {
                let operator = self
                    .one_of(&["[ -eq", "[ -ne", "[ -lt", "[ -le", "[ -gt", "[ -ge"])
                    .trim_start_matches("[ ");
                format!(
                    "$n {operator} {}",
                    self.random.pick(&["3", "$m", "\"$m\"", "' 5 '", "-1", "+7", "010", "$#"])
                )
            }
            5 => {
                let operator = self.one_of(&["[ -n", "[ -z"]).trim_start_matches("[ ");
                format!("{operator} {}", self.quoted(1))
            }
            6..=7 => {
                let operator =
                    self.one_of(&["[ -f", "[ -d", "[ -e", "[ -s", "[ -r", "[ -L"]).trim_start_matches("[ ");
                format!(
                    "{operator} {}",
                    self.random.pick(&[
                        "a.txt",
                        "sub",
                        "\"$a\"",
                        "\"$c\"",
                        "none",
                        "empty",
                        "''",
                        "sub/d.txt",
                        ".",
                        "a.*"
                    ])
                )
            }
            8 => {
                self.note("[ -v");
                format!("-v {}", self.random.pick(&["a", "zz", "'r[1]'", "e", "1", "'r[@]'"]))
            }
            9 => {
                self.note("[ !");
                format!("! {}", self.random.pick(&["-f a.txt", "\"$c\"", "\"$a\" = foo", "-n \"$e\"", "''"]))
            }
            10 => {
                self.random.pick(&["\"$a\"", "''", "", "x", "-n", "!", "'('", "=", "\"$@\"", "$e"]).to_owned()
            }
            11 => {
                self.note("[ -a");
                self.random
                    .pick(&[
                        "-n \"$a\" -a -f a.txt",
                        "\"$a\" -a \"$b\"",
                        "\"$c\" -o \"$d\"",
                        "x = x -o y = z",
                        "! -f none -a -d sub",
                        "\\( -f none -o -d sub \\) -a -n \"$e\"",
                        "\\( \"$a\" \\)",
                        "\\( x = y \\) -o z",
                    ])
                    .to_owned()
            }
            _ => format!(
                "{} = {}",
                self.random.pick(&["foo", "$n", "x$e"]),
                self.random.pick(&["foo", "$m", "xfoo", "*.log"])
            ),
        };
        if self.random.one_in(3) {
            self.note("test");
            format!("test {expression}")
        } else {
            self.note("[");
            format!("[ {expression} ]")
        }
    }
}
