//! What a walk notes for the rules.

use std::path::PathBuf;
use std::sync::Arc;

use toe_eval::HostError;
use toe_plan::DirectiveName;
use toe_source::{SourceId, Span};

use super::value::{Presence, Texts};

/// Where the walk was when it noted something. A place that is walked more than once (a function called
/// twice, a nail included twice) is noted each time.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    /// The Include commands that led there, outermost first.
    pub included_from: Arc<[Span]>,
    /// The branches that lead there, outermost first; empty when it is reached whenever the nail is.
    pub branches: Arc<[Branch]>,
    /// In the body of a function.
    pub in_function: bool,
    /// In a command substitution.
    pub in_substitution: bool,
}

impl Situation {
    /// True when a condition, a loop or a `case` decides whether it is reached.
    pub fn is_conditional(&self) -> bool {
        !self.branches.is_empty()
    }
}

/// One arm of one branching command, as it was walked one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    /// The branching command, a number of its own at each visit.
    pub at: u32,
    /// Which of its arms.
    pub arm: u32,
}

/// A directive, in whatever branch it stands.
#[derive(Debug, Clone)]
pub struct DirectiveAt {
    /// Which.
    pub name: DirectiveName,
    /// All of it.
    pub span: Span,
    /// Its words, without the name.
    pub words: Vec<WordAt>,
    /// A here-document comes with it.
    pub has_body: bool,
    /// Where.
    pub situation: Situation,
}

/// A word of a directive after expansion, as far as it is known.
#[derive(Debug, Clone)]
pub struct WordAt {
    /// The word.
    pub span: Span,
    /// What it may be.
    pub texts: Texts,
    /// It may be no word or several.
    pub is_many: bool,
}

/// How a variable is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// `$x`, `${x}`, `${x%p}`..: an error when it is unset.
    Plain,
    /// With a default, an alternative or a message for when it is unset.
    Guarded,
    /// By its bare name, in arithmetic.
    Arithmetic,
}

/// A place where a variable or a positional parameter is read.
#[derive(Debug, Clone)]
pub struct Read {
    /// Its name.
    pub name: Arc<str>,
    /// The expansion.
    pub span: Span,
    /// How.
    pub reading: Reading,
    /// Whether it is set there.
    pub presence: Presence,
    /// Written `$x`, without braces.
    pub is_bare: bool,
    /// The longest beginning of a bare name, up to a `_`, that is set there.
    pub set_beginning: Option<Arc<str>>,
    /// Where.
    pub situation: Situation,
}

/// An unquoted expansion in the arguments of a directive that is split into several words.
#[derive(Debug, Clone)]
pub struct SplitAt {
    /// The expansion.
    pub span: Span,
    /// The directive.
    pub name: DirectiveName,
    /// A value that is split.
    pub text: Arc<str>,
    /// Where.
    pub situation: Situation,
}

/// What makes an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// `x=w`, `x+=w`, `x[i]=w`, `${x:=w}`, `((x = 1))`.
    Plain,
    /// `local`, or `declare` in a function.
    Local,
    /// `export`, `readonly`, `declare` elsewhere.
    Declared,
    /// The variable of a `for`.
    Loop,
    /// Before a command, for which alone it holds.
    Prefix,
}

/// A place where a variable is assigned.
#[derive(Debug, Clone)]
pub struct Write {
    /// Its name.
    pub name: Arc<str>,
    /// Where the name stands.
    pub span: Span,
    /// How.
    pub writing: Writing,
    /// Where it was made read-only before.
    pub readonly: Option<Span>,
    /// A variable of that name is set outside of the function.
    pub hides: bool,
    /// Some path reads the value.
    pub is_read: bool,
    /// Some path ends with the value.
    pub is_kept: bool,
    /// The assignment that takes its place on some path.
    pub overwritten_at: Option<Span>,
    /// Where.
    pub situation: Situation,
}

/// What is done within a `$( )` and has no effect outside of it.
#[derive(Debug, Clone)]
pub struct LostAt {
    /// The variable that is set; none for a directive.
    pub variable: Option<Arc<str>>,
    /// The directive, or where the variable's name stands.
    pub span: Span,
    /// Where.
    pub situation: Situation,
}

/// The command that includes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Includer {
    /// `Include`
    Include,
    /// `source` and `.`
    Source,
    /// `ShadowCheck`
    ShadowCheck,
}

/// What an Include leads to.
#[derive(Debug, Clone)]
pub enum Target {
    /// A nail that was read.
    Nail {
        /// Its text.
        source: SourceId,
        /// Its canonical path.
        identity: PathBuf,
    },
    /// A file with syntax errors, or that is no text.
    Broken {
        /// Its path as it was found.
        file: String,
        /// The first error.
        message: String,
    },
    /// Nothing is there.
    Missing {
        /// As it was written.
        file: String,
        /// Where it was looked for.
        looked: Vec<PathBuf>,
        /// The nearest name of a file that is in one of these places.
        near: Option<String>,
    },
    /// Something is there that cannot be read.
    Unreadable {
        /// The path as it was found.
        file: String,
        /// Why.
        reason: HostError,
    },
    /// A nail that is being walked: it includes itself.
    Cycle {
        /// Its path as it was found.
        file: String,
    },
    /// The word is not known.
    Unknown,
    /// There is no word.
    NoWord,
}

/// An Include command in whatever branch it stands.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The command.
    pub includer: Includer,
    /// All of it.
    pub span: Span,
    /// The word that names the nail; all of the command when there is none.
    pub word: Span,
    /// Where it leads to.
    pub target: Target,
    /// The nail asked for inputs that were not given before.
    pub wants_inputs: bool,
    /// Where.
    pub situation: Situation,
}

/// A call of what is no function (yet), directive, built-in or program.
#[derive(Debug, Clone)]
pub struct UnknownCall {
    /// The name.
    pub name: Arc<str>,
    /// The command word.
    pub span: Span,
    /// Where.
    pub situation: Situation,
}

/// A function that calls itself whenever it is called.
#[derive(Debug, Clone)]
pub struct Recursion {
    /// The name.
    pub name: Arc<str>,
    /// The call.
    pub span: Span,
    /// Where.
    pub situation: Situation,
}

/// An `exit`.
#[derive(Debug, Clone)]
pub struct ExitAt {
    /// The command.
    pub span: Span,
    /// Its status, 0 when none is written.
    pub status: Texts,
    /// Where.
    pub situation: Situation,
}
