//! Compound commands: `if`, loops, `case`, groups.

use std::fmt::Write as _;

use super::Generator;

impl Generator {
    /// Statements that end with `;` or a newline, for a place where a word such as `fi` follows.
    pub(super) fn block(&mut self, depth: usize) -> String {
        let mut out = String::new();
        for _ in 0..=usize::from(self.random.one_in(3)) {
            let statement = self.statement(depth.saturating_sub(1));
            let end = if statement.contains("<<") || self.random.one_in(4) { "\n" } else { "; " };
            out.push_str(&statement);
            out.push_str(end);
        }
        out
    }

    /// A block that may not be reached.
    fn branch(&mut self, depth: usize) -> String {
        self.unsure(|g| g.block(depth))
    }

    fn loop_body(&mut self, depth: usize) -> String {
        self.loops += 1;
        let body = self.branch(depth);
        self.loops -= 1;
        body
    }

    pub(super) fn if_command(&mut self, depth: usize) -> String {
        self.note("if");
        let mut out = format!("if {}; then {}", self.condition(), self.branch(depth));
        if self.random.one_in(3) {
            self.note("elif");
            let condition = self.unsure(Self::condition);
            let _ = write!(out, "elif {condition}; then {}", self.branch(depth));
        }
        if self.random.one_in(2) {
            self.note("else");
            let _ = write!(out, "else {}", self.branch(depth));
        }
        out + "fi"
    }

    pub(super) fn for_command(&mut self, depth: usize) -> String {
        match self.random.below(5) {
            0 => {
                self.note("for x");
                let body = self.loop_body(depth);
                format!("for i{} do log \"$i\"; {body}done", self.random.pick(&[";", "\n", " in \"$@\";"]))
            }
            1 => {
                self.note("for ((;;))");
                let k = self.new_name("k");
                let body = self.loop_body(depth);
                let limit = self.random.below(4);
                match self.random.below(3) {
                    0 => format!("for (({k} = 0; {k} < {limit}; {k}++)); do {body}done"),
                    1 => format!("for (({k} = {limit}, n = 2; {k}; --{k}, n += 1)) do {body}done"),
                    _ => format!("{k}=0; for ((;;)); do (( {k}++ < {limit} )) || break; {body}done"),
                }
            }
            _ => {
                self.note("for x in");
                let words = self.words(1);
                let body = self.loop_body(depth);
                format!("for i in {words}; do log \"$i\"; {body}done")
            }
        }
    }

    pub(super) fn while_command(&mut self, depth: usize) -> String {
        let k = self.new_name("k");
        let limit = self.random.below(4);
        let body = self.loop_body(depth);
        match self.random.below(6) {
            0..=1 => {
                self.note("while");
                format!("{k}=0; while (( {k} < {limit} )); do (( ++{k} )); {body}done")
            }
            2..=3 => {
                self.note("until");
                format!("{k}=3; until [ ${k} -le {limit} ]; do {k}=$(({k} - 1)); {body}done")
            }
            4 => {
                self.note("while");
                format!("{k}=; while :; do {k}+=x; [[ ${k} == xxx ]] && break; {body}done; log ${k}")
            }
            _ => {
                self.note("shift");
                "while (( $# )); do log $# \"$1\"; shift; done".to_owned()
            }
        }
    }

    /// Loops that are left or gone on with, from within loops.
    pub(super) fn jump(&mut self) -> String {
        let construct = self.one_of(&["break N", "continue N", "break", "continue"]);
        let jump = match construct {
            "break N" => "break 2",
            "continue N" => "continue 2",
            other => other,
        };
        let condition = self.random.pick(&["[ $i$j = 2y ]", "(( i == 2 ))", "[[ $j == y ]]", "[ $i = 3 ]"]);
        let how = match self.random.below(3) {
            0 => format!("{condition} && {jump}"),
            1 => format!("if {condition}; then {jump}; fi"),
            _ => format!("case $i$j in 2y|3x) {jump};; esac"),
        };
        let status = self.random.pick(&["log $?", ":", "log done"]);
        format!("for i in 1 2 3; do for j in x y z; do {how}; log $i$j; done; log end $i; done; {status}")
    }

    pub(super) fn case_command(&mut self, depth: usize) -> String {
        self.note("case");
        let subject = if self.random.one_in(2) { self.quoted(1) } else { self.word(1) };
        let mut out = format!("case {subject} in");
        let surely = self.random.one_in(3);
        if surely {
            let end = self.one_of(&[";;", ";&", ";;&"]);
            let body = self.block(depth);
            let _ = write!(out, " *) {body}{end}");
        }
        let rest = self.unsure(|g| {
            let mut rest = String::new();
            for _ in 0..=g.random.below(2) {
                let end = g.random.pick(&[";;", ";;", ";&", ";;&"]);
                let open = g.random.pick(&["", "", "("]);
                let (first, second) = (g.pattern(), g.pattern());
                let body = if g.random.one_in(6) { String::new() } else { g.block(depth) };
                let bar = g.random.pick(&["|", " | "]);
                let _ = write!(rest, " {open}{first}{bar}{second}) {body}{end}");
            }
            rest
        });
        out.push_str(&rest);
        out + self.random.pick(&[" *) log default ;; esac", "\n*) log default\nesac", " esac", "\n\nesac"])
    }

    pub(super) fn group(&mut self, depth: usize) -> String {
        self.note("{ }");
        let body = self.block(depth);
        let redirection = if self.random.one_in(3) { self.redirection() } else { "" };
        format!("{{ {body}}}{redirection}")
    }

    pub(super) fn redirection(&mut self) -> &'static str {
        let (construct, text) = [
            (">/dev/null", " >/dev/null"),
            ("2>/dev/null", " 2>/dev/null"),
            ("&>/dev/null", " &>/dev/null"),
            ("2>&1", " >/dev/null 2>&1"),
            ("</dev/null", " </dev/null"),
            (">/dev/null", " 1> /dev/null"),
            ("2>/dev/null", " 2>/dev/null </dev/null"),
        ][self.random.below(7)];
        self.note(construct);
        text
    }

    /// `&&`, `||`, `!`.
    pub(super) fn and_or(&mut self, depth: usize) -> String {
        match self.random.below(5) {
            0 => {
                self.note("a && b");
                self.note("a || b");
                format!("{} && log yes || log no", self.condition())
            }
            1 => {
                self.note("! a");
                let condition = self.condition();
                format!("! {condition} && {{ {}}}", self.branch(depth))
            }
            2 => {
                self.note("a || b");
                let condition = self.condition();
                let second = self.unsure(Self::condition);
                format!("{condition} || {second} || log neither")
            }
            3 => {
                self.note("a && b");
                let condition = self.condition();
                let second = self.unsure(Self::condition);
                format!("{condition} &&\n {second} && log both; log $?")
            }
            _ => {
                self.note("! alone");
                self.random
                    .pick(&[
                        "!\nlog $?",
                        "if !; then log yes; else log no; fi",
                        "! !; log $?",
                        "! ! false; log $?",
                        "! # c\nlog $?",
                    ])
                    .to_owned()
            }
        }
    }
}
