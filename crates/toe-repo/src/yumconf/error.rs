//! What can be wrong with a yum configuration.

use std::io;

use toe_plan::Place;
use toe_source::{SourceMap, Span};

/// Why a yum configuration cannot be used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[non_exhaustive]
pub enum YumConfError {
    /// Nothing is at the path.
    #[error("cannot read the yum configuration `{path}`: there is no such file or directory")]
    #[diagnostic(
        code(toe::repo::no_yum_configuration),
        help("set REPO_FILE to a yum.conf, a .repo file or a directory of .repo files")
    )]
    Missing {
        /// The path as it was given.
        path: String,
    },

    /// It is there and cannot be read.
    #[error("cannot read the yum configuration `{path}`")]
    #[diagnostic(
        code(toe::repo::unreadable_yum_configuration),
        help("check the permissions of the file and of each directory above it")
    )]
    Unreadable {
        /// The path.
        path: String,
        /// What the system said.
        source: io::Error,
    },

    /// A directory without configuration.
    #[error("the directory `{path}` holds no .repo file")]
    #[diagnostic(
        code(toe::repo::empty_yum_configuration),
        help("set REPO_FILE to a yum.conf, a .repo file or a directory of .repo files")
    )]
    NoRepoFiles {
        /// The directory.
        path: String,
    },

    /// No text, or far too much of it.
    #[error("`{path}` is no yum configuration: {reason}")]
    #[diagnostic(
        code(toe::repo::not_yum_configuration),
        help("set REPO_FILE to a yum.conf, a .repo file or a directory of .repo files")
    )]
    NotText {
        /// The path.
        path: String,
        /// Why it is none.
        reason: &'static str,
    },

    /// A line that is none of what may stand there.
    #[error("{place}: {reason}")]
    #[diagnostic(
        code(toe::repo::yum_syntax),
        help(
            "a line is `[id]`, `key=value`, a comment with `#` or `;`, or begins with a blank and goes on with the value above"
        )
    )]
    Syntax {
        /// Where it stands.
        place: Place,
        /// What is wrong.
        reason: String,
    },

    /// A setting that must be true or false.
    #[error("{place}: `{key}` is `{value}`, which is neither true nor false")]
    #[diagnostic(code(toe::repo::not_boolean), help("write 1 or 0 (or yes, no, true, false, on, off)"))]
    NotBoolean {
        /// Where the value stands.
        place: Place,
        /// The setting.
        key: String,
        /// Its value, escaped.
        value: String,
    },

    /// `include` of something that is no local file.
    #[error("{place}: `include` of `{target}` is not supported")]
    #[diagnostic(
        code(toe::repo::remote_include),
        help("name a path or a file:// URL; what a server includes could change from run to run")
    )]
    RemoteInclude {
        /// Where the value stands.
        place: Place,
        /// What it names.
        target: String,
    },

    /// Files that include each other.
    #[error("{place}: `include` of `{target}` leads back to a file that is being read")]
    #[diagnostic(code(toe::repo::include_cycle), help("take one of the `include` lines out"))]
    IncludeCycle {
        /// Where the value stands.
        place: Place,
        /// What it names.
        target: String,
    },
}

/// Line and column of a span, as people read them.
pub(super) fn place(sources: &SourceMap, span: Span) -> Place {
    let start = sources.start(span);
    Place { file: sources.file(span.source).name.clone(), line: start.line, column: Some(start.column) }
}
