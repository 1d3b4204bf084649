//! Built-in commands: printf, echo, declare and its kin, unset, set, and what ends a nail.

use super::{Generator, SCALARS};

impl Generator {
    pub(super) fn builtin(&mut self) -> String {
        match self.random.below(12) {
            0..=2 => self.printf(),
            3..=4 => self.echo(),
            5..=7 => self.declaration(),
            8 => self.unset(),
            9 => self.positional(),
            10 => self.option(),
            _ => self.errexit(),
        }
    }

    fn printf(&mut self) -> String {
        if self.random.one_in(4) {
            self.note("printf -v");
            let words = self.words(1);
            return format!(
                "printf -v v {} {words}; log \"$v\"",
                self.random.pick(&["'%s;'", "'[%s|%s]'", "%q,", "'%5s.'"])
            );
        }
        let (construct, format, words) = [
            ("printf %s", "'%s|'", None),
            ("printf %s", "'%s=%s;\\n'", None),
            ("printf %b", "'%b.'", Some("'a\\tb' '\\x41\\0101' 'x\\cy' z")),
            ("printf %d", "'%d,%i,'", Some("12 -3 0x1f 017 \\'A $n")),
            ("printf %d", "'%5d|%-5d|%05d|%+d\\n'", Some("1 22 -3 4 5")),
            ("printf %u %o %x %X", "'%u %o %x %X %#x %#o\\n'", Some("255 8 255 255 255 8")),
            ("printf %c", "'%c-'", Some("abc x '*'")),
            ("printf %q", "'%q '", None),
            ("printf width", "'%5s|%-5s|%.2s|%*s|%5.1s|'", Some("a b cde 4 f ghi j")),
            ("printf %%", "'100%%\\n'", Some("")),
            ("printf %f %e %g", "'%f %.2f %e %g\\n'", Some("1.5 2 3.25 0.0001")),
            ("printf escapes", "'a\\tb\\\\\\x41\\101\\n%s\\n'", None),
            ("printf without words", "'<%s><%d>'", Some("")),
            ("printf %d", "'%d '", Some("$n \"$m\" 5")),
        ][self.random.below(14)];
        self.note(construct);
        if words.is_none() {
            self.note("printf reuse of the format");
        }
        let words = words.map_or_else(|| self.words(1), str::to_owned);
        format!("printf {format} {words}")
    }

    fn echo(&mut self) -> String {
        let options = self.random.pick(&["", "", "-n ", "-e ", "-ne ", "-E ", "-en ", "-nE "]);
        self.note(match options {
            "" => "echo",
            "-E " => "echo -E",
            "-n " | "-nE " => "echo -n",
            "-e " => "echo -e",
            _ => "echo -ne",
        });
        let escapes = self.random.pick(&[
            "",
            "",
            " 'a\\tb\\\\n'",
            " '\\x41\\0101\\e'",
            " 'x\\cy' z",
            " '\\u00e9'",
            " '\\q\\'",
            " \"\\n\"",
        ]);
        format!("echo {options}{}{escapes}", self.words(1))
    }

    fn declaration(&mut self) -> String {
        let name = self.random.pick(SCALARS);
        match self.random.below(14) {
            0 => {
                self.note("export");
                format!("export {name}={}", self.word(1))
            }
            1 => {
                self.note("readonly");
                let name = self.new_name("ro");
                format!("readonly {name}={}; log \"${name}\"", self.word(1))
            }
            2 => {
                self.note("declare");
                format!("declare {name}={}", self.word(1))
            }
            3 => {
                self.note("typeset");
                format!("typeset {name}={} x=5; log \"${name}\"", self.quoted(1))
            }
            4 => {
                self.note("declare -r");
                let name = self.new_name("ro");
                format!("declare -r {name}={}; log \"${{{name}}}\"", self.word(1))
            }
            5 => {
                self.note("declare -a");
                format!("declare -a t=({}); log \"${{t[@]}}\" ${{#t[@]}}", self.words(1))
            }
            6 => {
                self.note("declare -x");
                format!("declare -x {name}={}", self.word(1))
            }
            7 => {
                self.note("declare -g");
                format!("declare -g {name}={}", self.word(1))
            }
            8 => {
                self.note("export of a name");
                self.random
                    .pick(&[
                        "export a; log \"$a\"",
                        "export a b=2 c",
                        "readonly zr; log \"${zr-unset}\"",
                        "declare -a u; u+=(x); log ${#u[@]}",
                        "declare t2; log \"${t2-unset}\"",
                    ])
                    .to_owned()
            }
            9 => {
                self.note("declare +=");
                format!("declare {name}+={}; log \"${name}\"", self.word(1))
            }
            10 => {
                self.note("a=() in a declaration");
                self.random
                    .pick(&[
                        "declare r=(x 'y z'); log \"${r[1]}\"",
                        "export r; log ${r[@]}",
                        "readonly -a RO=(1 2); log ${RO[1]}",
                        "declare -ar RB=(b); log $RB",
                        "declare r+=(more); log ${#r[@]}",
                        "declare -a r[1]=el; log \"${r[1]}\"",
                    ])
                    .replace("RO", &format!("ro{}", self.names))
                    .replace("RB", &format!("rb{}", self.names))
            }
            11 => {
                self.note("a declaration of expanded words");
                self.random
                    .pick(&[
                        "x='k=v w'; export $x; log $k",
                        "declare \"y=$a\"; log \"$y\"",
                        "export {h1,h2}=v; log $h1$h2",
                        "declare z=$a$b; log \"$z\"",
                        "x=z1; declare $x=\"$a\"; log \"$z1\"",
                        "export z2=~:~/x; log $z2",
                        "declare z3='*' z4=*; log \"$z3$z4\"",
                    ])
                    .to_owned()
            }
            12 => {
                self.note("assignment to a read-only variable");
                self.unsure(|g| {
                    let name = g.new_name("ro");
                    format!(
                        "readonly {name}=1; if {}; then {name}=2; fi; log ${name}",
                        g.random.pick(&["false", "false", "false", "true"])
                    )
                })
            }
            _ => {
                self.note("declare");
                format!("declare {name}={} {}={}", self.word(1), self.random.pick(SCALARS), self.quoted(0))
            }
        }
    }

    fn unset(&mut self) -> String {
        let name = self.random.pick(SCALARS);
        match self.random.below(6) {
            0 => {
                self.note("unset");
                format!("unset {name}; log \"${{{name}-gone}}\"; {name}=again")
            }
            1 => {
                self.note("unset -v");
                format!("unset -v {name} e; {name}=back e=")
            }
            2 => {
                self.note("unset a[i]");
                self.random
                    .pick(&["unset 'r[0]'", "unset \"r[n % 3]\"", "unset 'r[-1]' 's[3]'", "unset r\\[1]"])
                    .to_owned()
                    + "; log \"${r[@]-}\" ${#r[@]}"
            }
            3 => {
                self.note("unset");
                "unset r; r+=(new); log \"${r[@]}\"".to_owned()
            }
            4 => {
                self.note("unset -f");
                "fu() { :; }; unset -f fu nofunction; log $?".to_owned()
            }
            _ => {
                self.note("unset");
                "unset zz nothing; log $?".to_owned()
            }
        }
    }

    fn positional(&mut self) -> String {
        match self.random.below(6) {
            0..=2 => {
                self.note("set --");
                format!("set -- {}; log $# \"$@\"", self.words(1))
            }
            3 => {
                self.note("shift");
                "set -- 1 '2 3' 4; shift; log \"$@\"; shift 2; log $#; shift; log $?; set -- p q".to_owned()
            }
            4 => {
                self.note("${10}");
                "set -- a b c d e f g h i 'j k' l; log ${10} \"${10}\" $10 ${#10} \"${@:10}\" $#; set -- s"
                    .to_owned()
            }
            _ => {
                self.note("set without --");
                self.random
                    .pick(&[
                        "set one two; log $1",
                        "set -f -- *; log $1; set +f",
                        "set +f x; log $1",
                        "set --; log $#; set -- y",
                        "set -- -n --; log \"$@\"",
                    ])
                    .to_owned()
            }
        }
    }

    fn option(&mut self) -> String {
        match self.random.below(4) {
            0 => {
                self.note("set -f");
                self.note("set +f");
                format!("set -f; log {}; set +f", self.words(1))
            }
            1 => {
                self.note("set +u");
                self.note("set -u");
                self.random
                    .pick(&[
                        "set +u; log \"$zz\" x$zz ${zz[@]} \"${zz[2]}\" $((zz + 1)) ${#zz}; set -u",
                        "set +u; log ${zz%x} ${9} \"${zz/a/b}\" \"${zz:1}\"; set -u",
                    ])
                    .to_owned()
            }
            2 => {
                self.note("set -o");
                format!("set -o noglob; log {}; set +o noglob", self.words(0))
            }
            _ => self.ifs(),
        }
    }

    /// IFS changes, and what is split then.
    pub(super) fn ifs(&mut self) -> String {
        self.note("IFS");
        let value = self.random.pick(&[
            ":",
            "' '",
            "X",
            "''",
            "' :'",
            "$'\\n'",
            "': '",
            "'a'",
            "$' \\t\\n:'",
            "'.'",
            "/",
            "'?*'",
            "'-'",
        ]);
        let words = self.words(1);
        let shown = self.random.pick(&[
            "log $a $d \"$*\" ${r[*]} \"${r[*]}\" $@",
            "x=$*; log \"$x\"; log $x",
            "set -- $a $b $c; log $# \"$@\"; set -- q",
            "r=($a $d); log ${#r[@]} \"${r[@]}\"",
            "log ${zz-$a $b} ${a/o/ : } \"${r[*]#a}\" \"${*%x}\"",
            "x=${r[*]} y=$@ z=\"${r[@]}\"; log \"$x\" \"$y\" \"$z\"",
            "for i in $a $(echo \"$d:q  z\"); do log \"<$i>\"; done",
            "log \"$a\"$b\"$c\" $a$b $c\"\" ''$d",
        ]);
        let end = self.random.pick(&["IFS=$' \\t\\n'", "unset IFS", "IFS=' '$'\\t\\n'"]);
        format!("IFS={value}; {shown}; log {words}; {end}")
    }

    fn errexit(&mut self) -> String {
        self.note("set -e");
        self.note("set +e");
        let condition = self.condition();
        self.random
            .pick(&[
                "set -e; if COND; then log y; fi; set +e",
                "set -e; COND || log n; set +e",
                "set -e; ! COND; log on; set +e",
                "set -e; COND && log y || log n; set +e",
                "set -e; COND && log y; log on; set +e",
                "set -e; fe() { COND; log in; }; fe || log caught; set +e",
                "set -e; while COND; do log t; break; done; set +e",
                "set -e; x=$( COND; echo t) || :; log \"$x\"; set +e",
                "set -e; { COND; log g; } || log n; set +e",
                "set -e; log $( COND; echo s); set +e",
                "set +e; COND; log $?",
            ])
            .replace("COND", &condition)
    }

    /// What fails under `set -e`, or may.
    pub(super) fn failure_under_errexit(&mut self) -> String {
        self.unsure(|g| {
            let condition = g.condition();
            g.random
                .pick(&[
                    "set -e; COND; set +e",
                    "set -e; x=$( COND); set +e",
                    "set -e; fg() { COND; }; fg; set +e",
                    "set -e; for i in 1 2; do COND; done; set +e",
                    "set -e; if true; then COND; fi; set +e",
                    "set -e; local_(){ local v=$(false); log on; }; local_; COND; set +e",
                ])
                .replace("COND", &condition)
        })
    }

    /// `exit` and `die`.
    pub(super) fn ending(&mut self) -> String {
        let text = match self.random.below(6) {
            0..=1 => {
                self.note("die");
                format!("die {}", self.words(1))
            }
            2 => {
                self.note("exit");
                "exit".to_owned()
            }
            3..=4 => {
                self.note("exit N");
                format!("exit {}", self.random.pick(&["0", "3", "$n", "$(( n & 15 ))", "' 7'"]))
            }
            _ => {
                self.note("exit");
                format!("{}; exit", self.condition())
            }
        };
        if self.unsure == 0 {
            self.is_over = true;
        }
        text
    }
}
