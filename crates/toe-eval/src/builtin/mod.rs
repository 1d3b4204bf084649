//! The built-in commands of the subset, a file each.

mod declare;
mod echo;
mod flow;
mod printf;
mod printf_float;
mod printf_number;
mod set;
mod shift;
mod source;
mod test;
mod unset;

use crate::exec::Declared;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

macro_rules! builtins {
    ($($name:ident $($text:literal)+),+ $(,)?) => {
        /// A built-in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Builtin { $($name),+ }

        /// The words of all built-ins.
        pub(crate) const NAMES: &[&str] = &[$($($text),+),+];

        impl Builtin {
            /// The built-in that `word` names.
            pub(crate) fn from_word(word: &str) -> Option<Self> {
                match word { $($($text)|+ => Some(Builtin::$name),)+ _ => None }
            }
        }
    };
}

builtins! {
    True ":" "true", False "false", Echo "echo", Printf "printf", Test "test", Bracket "[",
    Local "local", Export "export", Readonly "readonly", Declare "declare" "typeset",
    Unset "unset", Shift "shift", Set "set", Return "return", Exit "exit", Break "break", Continue "continue",
    Source "source" ".",
}

/// Built-ins of bash that the subset has not; they never mean a program of the host.
pub(crate) const FOREIGN: &[&str] = &[
    "alias",
    "bg",
    "bind",
    "builtin",
    "caller",
    "cd",
    "command",
    "compgen",
    "complete",
    "compopt",
    "coproc",
    "dirs",
    "disown",
    "enable",
    "eval",
    "exec",
    "fc",
    "fg",
    "getopts",
    "hash",
    "help",
    "history",
    "jobs",
    "kill",
    "let",
    "logout",
    "mapfile",
    "popd",
    "pushd",
    "pwd",
    "read",
    "readarray",
    "select",
    "shopt",
    "suspend",
    "time",
    "times",
    "trap",
    "type",
    "ulimit",
    "umask",
    "unalias",
    "wait",
];

/// True for a built-in of bash that the language does not have.
pub fn is_foreign_builtin(name: &str) -> bool {
    FOREIGN.contains(&name)
}

impl Machine<'_> {
    /// Runs a built-in; gives its status.
    pub(crate) fn run_builtin(&mut self, builtin: Builtin, args: &[Expanded]) -> Run<i32> {
        match builtin {
            Builtin::True => Ok(0),
            Builtin::False => Ok(1),
            Builtin::Echo => self.echo(args),
            Builtin::Printf => self.printf(args),
            Builtin::Test => self.test(args),
            Builtin::Bracket => match args.split_last() {
                Some((last, args)) if last.text == "]" => self.test(args),
                Some((last, _)) if last.text.ends_with(']') => {
                    Err(self.bad_call("[", "the last word is not `]`", "put a blank before `]`"))
                }
                _ => Err(self.bad_call("[", "the last word is not `]`", "write [ EXPRESSION ]")),
            },
            Builtin::Local | Builtin::Export | Builtin::Readonly | Builtin::Declare => {
                self.declare(builtin, args.iter().cloned().map(Declared::Word).collect())
            }
            Builtin::Unset => self.unset(args),
            Builtin::Shift => self.shift(args),
            Builtin::Set => self.set(args),
            Builtin::Return => self.return_(args),
            Builtin::Exit => self.exit(args),
            Builtin::Break => self.break_(args),
            Builtin::Continue => self.continue_(args),
            Builtin::Source => self.source(args),
        }
    }
}
