//! Functions: forms, locals, `return`, recursion; `Include` and `source`.

use super::{Generator, LIBRARIES, NAILS};

impl Generator {
    pub(super) fn function(&mut self, depth: usize) -> String {
        let name = self.new_name("f");
        let (loops, in_function) =
            (std::mem::take(&mut self.loops), std::mem::replace(&mut self.in_function, true));
        let text = self.function_of(&name, depth);
        self.loops = loops;
        self.in_function = in_function;
        text
    }

    fn function_of(&mut self, f: &str, depth: usize) -> String {
        match self.random.below(12) {
            0..=3 => {
                self.note("f() {");
                self.note("local");
                self.note("return");
                let value = self.word(1);
                let body = self.block(depth);
                let result = self.random.pick(&[
                    "return 0",
                    "return 2",
                    "return",
                    "false",
                    "return $(( n & 7 ))",
                    "return $#",
                ]);
                format!(
                    "{f}() {{ local a={value} x; x=${{1-}}; log \"$#\" \"$@\" $x; {body}{result}; }}; {f} {}; log $?",
                    self.words(1)
                )
            }
            4 => {
                self.note("function f {");
                let form =
                    self.random.pick(&["function X {", "function X() {", "function X\n{"]).replace('X', f);
                format!("{form} log in \"$@\"; {}}}\n{f} {}", self.block(depth), self.words(1))
            }
            5 => {
                self.note("recursion");
                let limit = 1 + self.random.below(4);
                self.random
                    .pick(&[
                        "F() { if (( $1 <= 1 )); then echo 1; return; fi; echo $(( $1 * $(F $(( $1 - 1 ))) )); }; log $(F N)",
                        "F() { local d=$1; (( d > 0 )) || return 3; log $d \"$*\"; F $((d - 1)) x \"$@\"; log back $d $?; }; F N",
                        "F() { [ $# = 0 ] && return; log \"$1\"; shift; F \"$@\"; }; F N a 'b c' ''",
                    ])
                    .replace('F', f)
                    .replace('N', &limit.to_string())
            }
            6 => {
                self.note("shift N");
                self.random
                    .pick(&[
                        "F() { while (( $# )); do log $# \"$1\"; shift 2 || break; done; log \"$@\"; }; F a 'b c' d",
                        "F() { shift $(( $# > 1 )); log \"$*\"; }; F x y z; F x",
                        "F() { shift 0; log $#; shift 9; log $? $#; }; F 1 2",
                    ])
                    .replace('F', f)
            }
            7 => {
                self.note("a function's body that is no group");
                let body = match self.random.below(4) {
                    0 => format!("if {}; then {}fi", self.condition(), self.unsure(|g| g.block(depth))),
                    1 => "(( n > 3 ))".to_owned(),
                    2 => "[[ $1 == a* ]]".to_owned(),
                    _ => "for i; do log \"$i\"; done".to_owned(),
                };
                format!("{f}() {body}\n{f} abc; log $?")
            }
            8 => {
                self.note("local");
                self.random
                    .pick(&[
                        "F() { local a; log \"${a-unset}\"; a=in; G; log \"$a\"; }; G() { a+=x; b=g; log $a; }; F; log \"$a\" \"$b\"",
                        "F() { local -a l=(1 '2 3'); l+=(4); log \"${l[@]}\" ${#l[@]}; }; F; log \"${l-none}\"",
                        "F() { local a=1 b=$a; log $a \"$b\"; unset a; log \"${a-gone}\"; }; F; log \"$a\"",
                        "F() { local IFS=:; log \"$*\" ${r[*]} $d; }; F 1 '2 3' 4; log \"$*\" $d",
                        "F() { local -r c=5; log $c; }; F; c+=z; log \"$c\"",
                        "F() { local r=(in); r[2]=x; log \"${r[@]}\"; }; F; log \"${r[@]}\"",
                        "F() { declare a=d; typeset b=t; declare -g c=g; log $a $b $c; }; F; log \"$a\" \"$b\" \"$c\"",
                        "F() { local n=5; (( n++ )); G; log $n; }; G() { (( n += 10 )); }; F; log $n",
                    ])
                    .replace('F', f)
                    .replace('G', &format!("{f}g"))
            }
            9 => {
                self.note("FUNCNAME");
                format!("{f}() {{ log \"$FUNCNAME\" \"${{FUNCNAME[0]}}\"; }}; {f}")
            }
            10 => {
                self.note("a function redefined");
                format!("{f}() {{ log first; {f}() {{ log second; }}; }}; {f}; {f}")
            }
            _ => {
                self.note("unset -f");
                format!("{f}() {{ log x; }} {}; {f}; unset -f {f}", self.redirection())
            }
        }
    }

    /// `Include`, `source` and `.` of a file after the one that is written.
    pub(super) fn include(&mut self) -> Option<String> {
        let after = LIBRARIES.get(self.file..).filter(|files| !files.is_empty())?;
        let file = format!("{NAILS}/{}", self.random.pick(after));
        let words = if self.random.one_in(2) { String::new() } else { format!(" {}", self.words(1)) };
        let command = match (self.random.below(4), words.is_empty()) {
            (0, _) => self.one_of(&["source", "."]),
            (_, true) => {
                self.note("Include");
                "Include"
            }
            (_, false) => {
                self.note("Include with words");
                "Include"
            }
        };
        if command != "Include" && !words.is_empty() {
            self.note("source with words");
        }
        Some(match self.random.below(4) {
            0 => format!("{command} {file}{words}; log $? \"$@\""),
            1 => format!("if {command} {file}{words}; then log ok; else log not $?; fi"),
            2 => format!("x=temporary {command} {file}{words}"),
            _ => format!("{command} {file}{words}"),
        })
    }
}
