//! The programs that are native in toe, and the real ones in bash.

use super::Generator;

const CALLS: &[(&str, &str)] = &[
    ("basename", "basename /usr/lib/x.so .so"),
    ("basename", "basename \"${b:-x}/\""),
    ("basename", "basename -a a/b c/d"),
    ("dirname", "dirname /usr/lib/x.so"),
    ("dirname", "dirname \"x/$a\" y"),
    ("uname", "uname -m"),
    ("uname", "uname -s"),
    ("arch", "arch"),
    ("cat", "cat a.txt"),
    ("cat", "cat c.log b.txt"),
    ("cat", "cat 'e f.txt' empty"),
    ("seq", "seq 3"),
    ("seq", "seq 2 $n"),
    ("seq", "seq -s , 1 2 9"),
    ("seq", "seq -w 8 11"),
    ("tr", "tr a b </dev/null"),
    ("cut", "cut -d: -f1 a.txt"),
    ("cut", "cut -c 2-3 a.txt"),
    ("cut", "cut -d: -s -f 2 a.txt b.txt"),
    ("head", "head -n 1 a.txt"),
    ("head", "head -c 4 b.txt"),
    ("head", "head -1 c.log"),
    ("tail", "tail -n 2 a.txt"),
    ("tail", "tail -n +2 a.txt"),
    ("sort", "sort a.txt"),
    ("sort", "sort -n c.log"),
    ("sort", "sort -u -t: -k2n a.txt"),
    ("sort", "sort -r c.log a.txt"),
    ("uniq", "uniq c.log"),
    ("uniq", "uniq -c c.log"),
    ("wc", "wc -l a.txt"),
    ("wc", "wc a.txt b.txt"),
    ("wc", "wc -c c.log"),
    ("rev", "rev b.txt"),
];

/// They write to standard error and go on.
const FAILING: &[&str] =
    &["cat none", "head -n 1 none", "cut -f1 none", "sort none", "wc -l none", "basename", "tail none"];

impl Generator {
    fn call(&mut self) -> &'static str {
        let (program, call) = CALLS[self.random.below(CALLS.len())];
        self.note(program);
        call
    }

    /// `$( )` of a program.
    pub(super) fn program_substitution(&mut self) -> String {
        self.note("$()");
        let call = self.call();
        if self.random.one_in(4) && !call.contains(['"', '\\', '$']) {
            self.note("``");
            return format!("`{call}`");
        }
        format!("$({call})")
    }

    pub(super) fn program(&mut self) -> String {
        let call = self.call();
        match self.random.below(8) {
            0..=2 => call.to_owned(),
            3 => format!("x=$({call}); log $? \"$x\""),
            4 => format!("for i in $({call}); do log \"$i\"; done"),
            5 => format!("r=($({call})); log ${{#r[@]}}"),
            6 => {
                self.note("a program that fails");
                let call = self.random.pick(FAILING);
                format!("{call} 2>/dev/null || log failed $?")
            }
            _ => {
                self.note("a function named as a program");
                let name = self.random.pick(&["arch", "seq", "rev"]);
                format!("{name}() {{ log mine \"$@\"; }}; {name} 1; unset -f {name}")
            }
        }
    }
}
