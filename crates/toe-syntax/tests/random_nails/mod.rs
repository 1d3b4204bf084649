//! Random nails in random layout, each a function of its seed.

/// What a random nail may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything of the language.
    Any,
    /// Only what shfmt lays out in the same way.
    LikeShfmt,
}

/// The nail of `seed`.
pub fn nail(seed: u64, kind: Kind) -> String {
    let mut writer = Writer { state: seed | 1, out: String::new(), kind, documents: Vec::new(), inside: 0 };
    for _ in 0..4 {
        writer.next();
    }
    for _ in 0..=writer.below(3) {
        writer.empty_lines();
        writer.blanks();
        let depth = writer.below(3) as usize;
        writer.statement(depth);
        writer.end_of_line();
    }
    writer.out
}

struct Writer {
    state: u64,
    out: String,
    kind: Kind,
    /// Bodies for the next newline.
    documents: Vec<String>,
    /// Depth of substitutions, where no here-document is begun.
    inside: usize,
}

impl Writer {
    fn next(&mut self) -> u64 {
        // xorshift64
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 16) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len() as u64) as usize]
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn blanks(&mut self) {
        let text = self.pick(&["", "", " ", "  ", "\t", " \t "]);
        self.put(text);
    }

    fn gap(&mut self) {
        let text = self.pick(&[" ", " ", " ", "  ", "\t", " \t", " \\\n", " \\\n  "]);
        self.put(text);
    }

    fn comment(&mut self) {
        let text = self.pick(&["# one", "#two", "#  three  ", "# \"four\" 'x' $(y) `z`", "#", "# five; if"]);
        self.put(text);
    }

    fn newline(&mut self) {
        self.put("\n");
        for document in std::mem::take(&mut self.documents) {
            self.put(&document);
        }
    }

    fn empty_lines(&mut self) {
        for _ in 0..self.below(3) {
            self.blanks();
            self.put("\n");
        }
        if self.one_in(5) {
            self.blanks();
            self.comment();
            self.put("\n");
        }
    }

    fn end_of_line(&mut self) {
        if self.one_in(6) {
            self.put(" ;");
        }
        if self.one_in(4) {
            self.put("  ");
            self.comment();
        }
        self.newline();
    }

    /// After a word where a newline may stand.
    fn opening(&mut self) {
        match self.below(4) {
            0 | 1 => self.put(" "),
            2 => self.newline(),
            _ => {
                self.put(" ");
                self.comment();
                self.newline();
                self.empty_lines();
            }
        }
        self.blanks();
    }

    /// Between commands, and before a closing word.
    fn separator(&mut self) {
        match self.below(4) {
            0 | 1 => self.put("; "),
            2 => self.newline(),
            _ => {
                self.end_of_line();
                self.empty_lines();
            }
        }
        self.blanks();
    }

    fn list(&mut self, depth: usize) {
        self.statement(depth);
        for _ in 0..self.below(3) {
            self.separator();
            self.statement(depth);
        }
    }

    fn block(&mut self, depth: usize) {
        self.opening();
        self.list(depth);
        self.separator();
    }

    fn statement(&mut self, depth: usize) {
        self.pipeline(depth);
        for _ in 0..self.below(5).saturating_sub(2) {
            let operator = self.pick(&["&&", "||"]);
            self.put(" ");
            self.put(operator);
            if self.kind == Kind::LikeShfmt {
                // shfmt moves comments that follow the second command to its front.
                self.put(" ");
                self.pipeline(0);
                continue;
            }
            self.opening();
            self.pipeline(depth);
        }
    }

    fn pipeline(&mut self, depth: usize) {
        if self.one_in(8) {
            self.put("! ");
        }
        if depth == 0 || self.one_in(2) {
            self.simple(depth);
            return;
        }
        match self.below(10) {
            0 => {
                self.put("{");
                self.block(depth - 1);
                self.put("}");
            }
            1 | 2 => {
                self.put("if");
                self.block(depth - 1);
                self.put("then");
                self.block(depth - 1);
                if self.one_in(3) {
                    self.put("elif");
                    self.block(depth - 1);
                    self.put("then");
                    self.block(depth - 1);
                }
                if self.one_in(2) {
                    self.put("else");
                    self.block(depth - 1);
                }
                self.put("fi");
            }
            3 => {
                self.put("for i");
                if self.one_in(4) {
                    self.put(";");
                } else {
                    self.put(" in");
                    for _ in 0..=self.below(3) {
                        self.gap();
                        self.word(depth - 1);
                    }
                    self.separator();
                }
                self.put(" do");
                self.block(depth - 1);
                self.put("done");
            }
            4 => {
                let word = self.pick(&["while", "until"]);
                self.put(word);
                self.block(depth - 1);
                self.put("do");
                self.block(depth - 1);
                self.put("done");
            }
            5 | 6 => self.case(depth - 1),
            7 => {
                let head = self.pick(&["f()", "f ( )", "function f", "function f()"]);
                self.put(head);
                if self.kind == Kind::Any && self.one_in(3) {
                    self.opening();
                } else {
                    self.put(" ");
                }
                self.put("{");
                self.block(depth - 1);
                self.put("}");
                if self.one_in(4) {
                    self.put("  >/dev/null");
                }
            }
            8 => self.conditional(depth - 1),
            _ if self.kind == Kind::Any => {
                let text =
                    self.pick(&["((i++))", "(( i=1 ))", "for ((i=0;i<3; i++)); do :; done", "((a >0&&b))"]);
                self.put(text);
            }
            _ => self.put("((i + 1))"),
        }
    }

    fn case(&mut self, depth: usize) {
        self.put("case ");
        self.word(0);
        self.put(" in");
        self.newline();
        for _ in 0..=self.below(3) {
            if self.kind == Kind::Any {
                self.empty_lines();
                self.blanks();
            }
            let pattern = self.pick(&["a)", "(b)", "a|b)", "(a | 'b c' )", "*)", "[a-z]*.rpm)"]);
            self.put(pattern);
            if self.one_in(6) {
                self.put(" ");
            } else {
                self.opening();
                self.list(depth);
                if self.kind == Kind::Any && self.one_in(2) {
                    self.end_of_line();
                } else {
                    self.newline();
                }
            }
            let end = self.pick(&[";;", ";;", ";&", ";;&"]);
            self.put(end);
            self.end_of_line_without_semicolon();
        }
        self.put("esac");
    }

    fn end_of_line_without_semicolon(&mut self) {
        if self.one_in(4) {
            self.put(" ");
            self.comment();
        }
        self.newline();
    }

    fn conditional(&mut self, depth: usize) {
        self.put("[[ ");
        self.condition(depth.min(2));
        self.put("  ]]");
    }

    fn condition(&mut self, depth: usize) {
        match self.below(if depth == 0 { 4 } else { 7 }) {
            0 => self.put("-f /x"),
            1 => self.put("-n  \"$x\""),
            2 => self.put("$x  ==   a*"),
            3 => self.put("$x =~ ^(a|b)+$"),
            4 => {
                self.put("! ");
                self.condition(0);
            }
            5 => {
                self.put("( ");
                self.condition(depth - 1);
                self.put(" )");
            }
            _ => {
                self.condition(depth - 1);
                let operator = self.pick(&["&&", "||"]);
                self.put(" ");
                self.put(operator);
                if self.kind == Kind::Any {
                    self.opening();
                } else {
                    self.put(" ");
                    if self.one_in(3) {
                        self.newline();
                    }
                }
                self.condition(depth - 1);
            }
        }
    }

    fn simple(&mut self, depth: usize) {
        match self.below(8) {
            0 => {
                let text = self.pick(&["A=b", "A+=\"c d\"", "A=", "a[1]=x", "A=b B='c'", "A=~/x"]);
                self.put(text);
                return;
            }
            1 => {
                let head = self.pick(&["a=(", "a+=(", "declare -r a=("]);
                self.put(head);
                self.array(depth);
                self.put(")");
                return;
            }
            2 => {
                let head = self.pick(&[
                    "export A=b",
                    "local x y=1",
                    "readonly V=\"$A\"",
                    "shift",
                    ":",
                    "[ -f \"$x\" ]",
                ]);
                self.put(head);
            }
            _ => {
                let head = self.pick(&["Rpm", "Include", "Base", "echo", "X=y log", "Mknod c 1 3"]);
                self.put(head);
            }
        }
        for _ in 0..self.below(4) {
            self.gap();
            self.word(depth);
        }
        if self.one_in(6) {
            let text = self.pick(&[
                " >/dev/null",
                "  2> /dev/null",
                " &>/dev/null",
                " >/dev/null 2>&1",
                " </dev/null",
            ]);
            self.put(text);
        }
        if self.inside == 0 && self.documents.is_empty() && self.one_in(8) {
            self.document();
        }
    }

    fn document(&mut self) {
        let (operator, body) = match self.below(6) {
            0 => (" <<END", "  text $x\n# none\n\tif $(echo  a;echo b)\nEND\n"),
            1 => (" <<'END'", " $( `\n\n\"\nEND\n"),
            2 => ("  << END", "END\n"),
            3 => (" <<-END", "\t\ta\n\t\t\tb $x\n\n\t\tc\n\tEND\n"),
            4 => (" <<-'END'", "\ta\\\n\t\tb\nEND\n"),
            _ => (" <<\"E x\"", "a\nE x\n"),
        };
        if self.kind == Kind::LikeShfmt && (body.contains("echo") || operator.contains("E x")) {
            return;
        }
        self.put(operator);
        self.documents.push(body.to_owned());
    }

    fn array(&mut self, depth: usize) {
        for _ in 0..self.below(4) {
            match self.below(4) {
                2 if self.documents.is_empty() => self.newline(),
                3 if self.documents.is_empty() => {
                    self.put(" ");
                    self.comment();
                    self.newline();
                }
                _ => self.put(" "),
            }
            if self.one_in(5) {
                self.put("[2]=");
            }
            self.word(depth.min(1));
        }
        if self.documents.is_empty() && self.one_in(3) {
            self.newline();
        }
    }

    fn word(&mut self, depth: usize) {
        // A newline in the word would begin the documents there, which is no nail.
        if depth > 0 && self.documents.is_empty() && self.one_in(5) {
            let quoted = self.one_in(2);
            let (before, after) = if quoted { ("\"a $(", ") b\"") } else { ("$(", ")") };
            self.inside += 1;
            self.put(before);
            if self.one_in(2) {
                self.opening();
            }
            self.list(depth - 1);
            if self.one_in(2) {
                self.end_of_line();
            }
            self.put(after);
            self.inside -= 1;
            return;
        }
        let plain = [
            "a",
            "b.rpm",
            "\"c d\"",
            "'e  f'",
            "$x",
            "\"${x:-y}\"",
            "x\"$y\"'z'",
            "\\*",
            "{a,b}",
            "*.so",
            "~/x",
            "${x%%.*}",
            "$'t\\t'",
            "--opt",
            "\"two\nlines\"",
            "'and\n\n  three'",
            "${x/a/b}",
            "#no".trim_start_matches('#'),
            "$((1 + 2))",
            "\"$((x))\"",
            "$((1+2))",
            "$(( x*2 ))",
            "$((x?1:-x,y++))",
            "`echo   a`",
            "\"b `echo c`\"",
            "a=b",
            "\u{e9}\u{4e2d}",
        ];
        let wild = [
            "$(($x+2))",
            "$((${#x}-`echo 1`))",
            "$((x[i+1]+\n1))",
            "${a[x+1]}",
            "`echo \\`echo  a\\``",
            "`echo a # c\n`",
            "lib\\\nfoo",
            "\"a\\\nb\"",
            "\"`echo \\\"x\\\" # y`\"",
            "${x:-$(echo  a;echo b)}",
            "\"${x:-\"$( echo a # c\n)\"}\"",
            "$(echo `echo  a`)",
            "$( ((1)) )",
            "$( < /dev/null )",
            "${a[$(echo  1)]}",
            "\"tab\tin\n\tquotes\"",
        ];
        let word = if self.kind == Kind::Any && self.one_in(4) && self.documents.is_empty() {
            self.pick(&wild)
        } else {
            self.pick(&plain)
        };
        self.put(word);
    }
}
