//! Random nails: each construct of the language page, put together at random from a seed.

mod arithmetic;
mod builtins;
mod commands;
mod compounds;
mod conditions;
pub mod coverage;
mod functions;
mod parameters;
mod programs;
mod random;
mod words;

use random::Random;

use coverage::CONSTRUCTS;

/// A nail with the files that it includes, as statements, so that a difference can be made small.
#[derive(Debug, Clone, Default)]
pub struct Nail {
    /// The statements of the foot.
    pub foot: Vec<String>,
    /// The included files by name.
    pub files: Vec<(&'static str, Vec<String>)>,
    /// The constructs that are reached when the nail comes to its end.
    pub reached: Vec<&'static str>,
}

impl Nail {
    /// Whether messages of some command are thrown away.
    pub fn is_silenced(&self) -> bool {
        const SIGNS: &[&str] = &["2>/dev/null", "&>/dev/null", "2>&1"];
        let statements = self.foot.iter().chain(self.files.iter().flat_map(|(_, statements)| statements));
        statements.into_iter().any(|statement| SIGNS.iter().any(|sign| statement.contains(sign)))
    }
}

/// Where the files of a nail are, in its text; the oracle puts a directory of the batch in its place.
pub const NAILS: &str = "/nails-of-test";

/// The files that a nail may include, each only those after it.
const LIBRARIES: &[&str] = &["one", "two.nail", "three"];

const SCALARS: &[&str] = &["a", "b", "c", "d"];
const NUMBERS: &[&str] = &["n", "m"];

pub struct Generator {
    random: Random,
    reached: Vec<&'static str>,
    /// Above 0 it is not sure that what is written is reached.
    unsure: usize,
    /// For names that occur once.
    names: usize,
    /// Loops around the statement, up to the function's or file's beginning.
    loops: usize,
    /// Within a function.
    in_function: bool,
    /// The file that is written: 0 for the foot.
    file: usize,
    /// The foot ends here: an `exit` or `die` was written that is surely reached.
    is_over: bool,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Generator {
            random: Random::new(seed),
            reached: Vec::new(),
            unsure: 0,
            names: 0,
            loops: 0,
            in_function: false,
            file: 0,
            is_over: false,
        }
    }

    /// Notes that a construct is written.
    fn note(&mut self, construct: &'static str) {
        assert!(CONSTRUCTS.contains(&construct), "{construct} is in the list of constructs");
        if self.unsure == 0 && !self.reached.contains(&construct) {
            self.reached.push(construct);
        }
    }

    /// Notes the one of `constructs` that is written.
    fn one_of(&mut self, constructs: &[&'static str]) -> &'static str {
        let construct = self.random.pick(constructs);
        self.note(construct);
        construct
    }

    /// What `write` writes may not be reached.
    fn unsure<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        self.unsure += 1;
        let written = write(self);
        self.unsure -= 1;
        written
    }

    fn new_name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// A nail.
    pub fn nail(mut self) -> Nail {
        let mut foot = self.beginning();
        for _ in 0..2 + self.random.below(6) {
            let statement = self.statement(2);
            foot.push(statement);
            if self.is_over {
                break;
            }
        }
        let used = |files: &[(&str, Vec<String>)], foot: &[String], name: &str| {
            let path = format!("{NAILS}/{name}");
            let has = |statements: &[String]| statements.iter().any(|s| s.contains(&path));
            has(foot) || files.iter().any(|(_, statements)| has(statements))
        };
        let mut files: Vec<(&'static str, Vec<String>)> = Vec::new();
        for (i, name) in LIBRARIES.iter().enumerate() {
            if used(&files, &foot, name) {
                self.file = i + 1;
                files.push((name, self.nail_of_functions()));
            }
        }
        if self.random.one_in(8) {
            let statement = self.random.below(foot.len());
            self.break_line(&mut foot[statement]);
        }
        Nail { foot, files, reached: self.reached }
    }

    /// Variables for the statements that follow.
    fn beginning(&mut self) -> Vec<String> {
        let mut foot: Vec<String> =
            SCALARS.iter().map(|name| format!("{name}={}", self.random.pick(words::VALUES))).collect();
        foot.push(format!(
            "n={} m={} e= q={}",
            self.random.below(20),
            self.random.below(9),
            self.random.pick(&["n", "'n + 1'", "m*2", "7", "'(n)'", "0x10"])
        ));
        let values: Vec<&str> = (0..3).map(|_| self.random.pick(words::VALUES)).collect();
        foot.push(format!("r=({})", values.join(" ")));
        foot.push(self.random.pick(&["s=()", "s=([3]=x [7]='y z' w)", "s=(one)", "s=('' '')"]).to_owned());
        foot.push("w=(3 5 8) p=".to_owned() + self.random.pick(&["a", "b", "e", "'r[1]'", "'r[@]'", "n"]));
        foot.push(format!(
            "set -- {} {} three",
            self.random.pick(words::VALUES),
            self.random.pick(words::VALUES)
        ));
        foot
    }

    /// Continues `statement` on another line, in the middle of whatever it is: a word, a name, an operator. Where
    /// other nails are stays whole, for the oracle, and so do names that are values.
    fn break_line(&mut self, statement: &mut String) {
        const NAMES: &[&str] = &[" p='", "unset '", "-v '"];
        let mut at = self.random.below(statement.len() + 1);
        while !statement.is_char_boundary(at) {
            at -= 1;
        }
        let whole =
            statement.match_indices(NAILS).any(|(start, _)| (start..start + NAILS.len()).contains(&at));
        let names = NAMES.iter().any(|name| statement.contains(name));
        // Behind a backslash it would be a line end, and the rest another command.
        if !whole && !names && !statement[..at].ends_with('\\') {
            statement.insert_str(at, "\\\n");
        }
    }

    /// The statements of an included file.
    fn nail_of_functions(&mut self) -> Vec<String> {
        self.unsure(|g| {
            let mut statements =
                vec![g.random.pick(&["log in \"$#\" \"$@\"", ": \"$@\"", "x=$#"]).to_owned()];
            for _ in 0..=g.random.below(3) {
                statements.push(g.statement(1));
            }
            match g.random.below(5) {
                0 => statements.push(format!("return {}", g.random.below(4))),
                1 => statements.insert(1, "[ $# = 0 ] && return; log still \"$1\"".to_owned()),
                2 => statements.push("set -- from file".to_owned()),
                3 => statements.push("false".to_owned()),
                _ => {}
            }
            statements
        })
    }
}
