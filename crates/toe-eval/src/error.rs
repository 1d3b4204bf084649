//! What can be wrong with a nail when it is evaluated.

use toe_plan::{DirectiveName, StepError};
use toe_source::{Diagnostic, Label, Origin, Span};

use crate::HostError;

/// Something wrong, with its place, the Include chain to it, and further places that matter.
#[derive(Debug, Clone)]
pub struct EvalError {
    /// What is wrong.
    pub kind: Box<EvalErrorKind>,
    /// Where; absent when no place of a nail is concerned (such as an unreadable foot).
    pub origin: Option<Origin>,
    /// Words shown at the place itself; may be empty.
    pub label: String,
    /// Further places, such as the first of two values.
    pub related: Vec<Label>,
}

impl EvalError {
    /// An error at a place.
    pub fn at(kind: EvalErrorKind, origin: Origin) -> Self {
        EvalError { kind: Box::new(kind), origin: Some(origin), label: String::new(), related: Vec::new() }
    }

    /// An error that has no place in a nail.
    pub fn without_place(kind: EvalErrorKind) -> Self {
        EvalError { kind: Box::new(kind), origin: None, label: String::new(), related: Vec::new() }
    }

    /// Says something at the place itself.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn with_related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into() });
        self
    }

    /// The finding, ready to be rendered. The one of a syntax error is the parser's own.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut out = match &*self.kind {
            EvalErrorKind::Syntax(found) => return self.placed((**found).clone()),
            kind => Diagnostic::from_error(kind),
        };
        if let Some(origin) = &self.origin {
            out = out.with_label(origin.span, self.label.clone());
        }
        out.labels.extend(self.related.iter().cloned());
        self.placed(out)
    }

    fn placed(&self, found: Diagnostic) -> Diagnostic {
        match &self.origin {
            Some(origin) => found.with_include_chain(origin.included_from.iter().copied()),
            None => found,
        }
    }
}

impl std::fmt::Display for EvalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for EvalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&*self.kind)
    }
}

impl miette::Diagnostic for EvalError {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.kind.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.kind.help()
    }
}

/// The kinds of error of an evaluation.
#[derive(Debug, Clone, thiserror::Error, miette::Diagnostic)]
pub enum EvalErrorKind {
    /// The parser's finding.
    #[error("{}", .0.message)]
    #[diagnostic(code(toe::eval::syntax))]
    Syntax(Box<Diagnostic>),

    /// The foot cannot be read.
    #[error("cannot read the foot {path}")]
    #[diagnostic(
        code(toe::eval::foot_unreadable),
        help(
            "{}name an existing, readable nail",
            near.as_ref().map(|near| format!("did you mean `{near}`? Otherwise ")).unwrap_or_default()
        )
    )]
    FootUnreadable {
        /// As it was given.
        path: String,
        /// A file of nearly that name.
        near: Option<String>,
        /// Why.
        #[source]
        reason: HostError,
    },

    /// An Include names nothing.
    #[error("cannot find the nail `{file}`")]
    #[diagnostic(
        code(toe::eval::include_not_found),
        help(
            "{}write another path, or add a directory with --nail-path; looked for {}",
            near.as_ref().map(|near| format!("did you mean `{near}`? Otherwise ")).unwrap_or_default(),
            looked.join(", ")
        )
    )]
    IncludeNotFound {
        /// As it was written.
        file: String,
        /// Where it was looked for.
        looked: Vec<String>,
        /// A nail of nearly that name in one of these places.
        near: Option<String>,
    },

    /// An Include names something that cannot be read.
    #[error("cannot read the nail `{file}`")]
    #[diagnostic(
        code(toe::eval::include_unreadable),
        help(
            "an included nail is a regular file below the current directory, the foot's directory or a --nail-path"
        )
    )]
    IncludeUnreadable {
        /// The path as it was found.
        file: String,
        /// Why.
        #[source]
        reason: HostError,
    },

    /// A file includes itself, perhaps through others.
    #[error("`{file}` includes itself: {}", chain.join(", "))]
    #[diagnostic(
        code(toe::eval::include_cycle),
        help("take one of these Include lines out; the same file may be included twice, but not by itself")
    )]
    IncludeCycle {
        /// The file.
        file: String,
        /// `FILE:LINE includes FILE`, from its first inclusion on.
        chain: Vec<String>,
    },

    /// A file is not a text that a nail can be.
    #[error("`{file}` is not a nail: {reason}")]
    #[diagnostic(code(toe::eval::not_text), help("{help}"))]
    NotText {
        /// The file.
        file: String,
        /// Which byte is wrong.
        reason: String,
        /// How to mend it.
        help: String,
    },

    /// `set -u`.
    #[error("`{name}` is not set")]
    #[diagnostic(code(toe::eval::unset_variable), help("{help}"))]
    UnsetVariable {
        /// The variable, element or parameter.
        name: String,
        /// What to write instead.
        help: String,
    },

    /// `${x:?message}`.
    #[error("`{name}`: {message}")]
    #[diagnostic(code(toe::eval::required_value), help("set `{name}`, for example with -D {name}=VALUE"))]
    RequiredValue {
        /// The variable.
        name: String,
        /// The message of the nail, or bash's own.
        message: String,
    },

    /// A required variable has no value when a run is checked.
    #[error("`{name}` is not set, and a run needs it")]
    #[diagnostic(
        code(toe::eval::required_variable),
        help("assign it in the foot, or give -D {name}=VALUE: {purpose}")
    )]
    RequiredVariable {
        /// The variable.
        name: &'static str,
        /// What it is for.
        purpose: &'static str,
    },

    /// A command word that is nothing known.
    #[error("`{name}` is no directive, function or command of the subset")]
    #[diagnostic(code(toe::eval::unknown_command), help("{help}"))]
    UnknownCommand {
        /// The word.
        name: String,
        /// The nearest known names, or how to allow it.
        help: String,
    },

    /// Bash has it, the subset does not (yet).
    #[error("{what} is not in the subset")]
    #[diagnostic(code(toe::eval::not_in_subset), help("{help}"))]
    NotInSubset {
        /// The construct.
        what: String,
        /// What to write instead.
        help: String,
    },

    /// The words of `Include`, `PkgCheck` or `ShadowCheck` cannot work.
    #[error("{message}")]
    #[diagnostic(code(toe::eval::bad_argument), help("{help}"))]
    BadArgument {
        /// What is wrong.
        message: String,
        /// What to write instead.
        help: String,
    },

    /// The words of a step cannot work.
    #[error("{}", .error.message)]
    #[diagnostic(code(toe::eval::bad_argument), help("{}", error.help))]
    BadStep {
        /// The directive.
        name: DirectiveName,
        /// Its words after expansion.
        words: Vec<String>,
        /// What is wrong with them.
        error: StepError,
    },

    /// Base with another directory than before.
    #[error("SOCK_DIR is `{first}` and cannot become `{second}`: it has one value in a run")]
    #[diagnostic(code(toe::eval::second_sock_dir), help("keep one Base, and give each SOCK its own foot"))]
    SecondSockDir {
        /// The first value.
        first: String,
        /// The second value.
        second: String,
    },

    /// A built-in or program was called wrongly.
    #[error("{command}: {message}")]
    #[diagnostic(code(toe::eval::bad_call), help("{help}"))]
    BadCall {
        /// The built-in or program.
        command: String,
        /// What is wrong.
        message: String,
        /// What to write instead.
        help: String,
    },

    /// Assignment to a read-only variable.
    #[error("`{name}` is read-only")]
    #[diagnostic(code(toe::eval::readonly), help("use another name, or take the `readonly` away"))]
    Readonly {
        /// The variable.
        name: String,
    },

    /// An arithmetic expression that is none.
    #[error("arithmetic `{expression}`: {message}")]
    #[diagnostic(code(toe::eval::arithmetic), help("{help}"))]
    Arithmetic {
        /// After expansion.
        expression: String,
        /// What is wrong.
        message: String,
        /// What to write instead.
        help: String,
    },

    /// An expansion that has no meaning.
    #[error("{message}")]
    #[diagnostic(code(toe::eval::bad_expansion), help("{help}"))]
    BadExpansion {
        /// What is wrong.
        message: String,
        /// What to write instead.
        help: String,
    },

    /// A regular expression that is none.
    #[error("regular expression `{pattern}`: {message}")]
    #[diagnostic(code(toe::eval::bad_regex), help("write a POSIX extended regular expression"))]
    BadRegex {
        /// The pattern.
        pattern: String,
        /// What is wrong.
        message: String,
    },

    /// Bytes that are not text came out of an expansion.
    #[error("{what} yields bytes that are not UTF-8 text")]
    #[diagnostic(code(toe::eval::not_utf8), help("words of a plan are UTF-8 without NUL"))]
    NotUtf8 {
        /// The expansion or command.
        what: String,
    },

    /// A limit of the language page.
    #[error("{what} is more than the limit of {limit}")]
    #[diagnostic(code(toe::eval::limit), help("{help}"))]
    Limit {
        /// What grew.
        what: &'static str,
        /// The limit with its unit.
        limit: String,
        /// What to look at.
        help: &'static str,
    },

    /// `exit N` with N not 0.
    #[error("the nail ends with `exit {status}`")]
    #[diagnostic(code(toe::eval::exit), help("`exit 0` ends an evaluation well"))]
    Exit {
        /// 1 to 255.
        status: i32,
    },

    /// A command failed under `set -e`.
    #[error("a command failed with status {status} under `set -e`")]
    #[diagnostic(
        code(toe::eval::command_failed),
        help("handle it with `||` or `if`, or write `set +e` before it")
    )]
    CommandFailed {
        /// Its status.
        status: i32,
    },

    /// The outside did not answer.
    #[error("cannot look at the outside")]
    #[diagnostic(
        code(toe::eval::outside),
        help("a nail sees only the current directory, the foot's directory and the --nail-path directories")
    )]
    Outside(
        /// Why.
        #[source]
        HostError,
    ),

    /// The system has no room for an evaluation.
    #[error("cannot start the evaluation: {message}")]
    #[diagnostic(code(toe::eval::no_resources), help("raise the memory limit (ulimit -v)"))]
    NoResources {
        /// The system's message.
        message: String,
    },
}
