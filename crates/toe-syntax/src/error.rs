//! What can be wrong with the text of a nail.

use toe_source::{Diagnostic, Span};

/// The longest text of one nail, in bytes.
pub const MAX_LENGTH: usize = 16 * 1024 * 1024;
/// How deep commands, substitutions and expansions may stand in each other.
pub const MAX_NESTING: usize = 256;
/// How many words and operators one nail may have; more would not fit into memory with the rest.
pub const MAX_TOKENS: usize = 250_000;

/// What a web page writes for a character, with that character.
pub const HTML_ENTITIES: [(&str, &str); 7] = [
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&nbsp;", " "),
];

/// Why a text is no nail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum SyntaxError {
    /// A byte sequence that is not UTF-8.
    #[error("byte {offset} (0x{byte:02x}) is not UTF-8")]
    #[diagnostic(code(toe::syntax::invalid_utf8), help("save the nail as UTF-8"))]
    InvalidUtf8 {
        /// Offset from the start of the file.
        offset: usize,
        /// The first byte that does not fit.
        byte: u8,
        /// Where.
        span: Span,
    },
    /// A NUL byte.
    #[error("byte {offset} is NUL")]
    #[diagnostic(code(toe::syntax::nul_byte), help("remove the byte: a nail is text"))]
    NulByte {
        /// Offset from the start of the file.
        offset: usize,
        /// Where.
        span: Span,
    },
    /// U+FEFF at the start, or behind nothing but blanks.
    #[error("the nail begins with a byte-order mark (bytes ef bb bf)")]
    #[diagnostic(code(toe::syntax::byte_order_mark), help("remove it; `toe fmt` does so"))]
    ByteOrderMark {
        /// Where.
        span: Span,
    },
    /// CR before LF.
    #[error("byte {offset} is a carriage return: the lines end in CR LF")]
    #[diagnostic(code(toe::syntax::carriage_return), help("end lines in LF alone; `toe fmt` mends it"))]
    CarriageReturn {
        /// Offset from the start of the file.
        offset: usize,
        /// Where.
        span: Span,
    },
    /// More than [`MAX_LENGTH`].
    #[error("the nail has {length} bytes; {} is the limit", MAX_LENGTH)]
    #[diagnostic(code(toe::syntax::too_long), help("split it and Include the parts"))]
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The first byte over the limit.
        span: Span,
    },
    /// More than [`MAX_NESTING`].
    #[error("this is nested more than {} deep", MAX_NESTING)]
    #[diagnostic(
        code(toe::syntax::too_deep),
        help("name an inner part: put it into a variable or a function")
    )]
    TooDeep {
        /// The first that is too deep.
        span: Span,
    },
    /// More than [`MAX_TOKENS`].
    #[error("the nail has more than {} words and operators", MAX_TOKENS)]
    #[diagnostic(code(toe::syntax::too_many_tokens), help("split it and Include the parts"))]
    TooManyTokens {
        /// The first over the limit.
        span: Span,
    },
    /// Valid bash that a nail may not use.
    #[error("{what} is not part of the nail language")]
    #[diagnostic(code(toe::syntax::not_in_subset), help("{instead}"))]
    NotInSubset {
        /// What was found.
        what: String,
        /// What to write instead.
        instead: String,
        /// Where.
        span: Span,
    },
    /// A quote or bracket without its partner.
    #[error("{what} opened here is never closed")]
    #[diagnostic(code(toe::syntax::unclosed), help("{help}"))]
    Unclosed {
        /// What was opened, in words.
        what: &'static str,
        /// How to close it, or to mend what is before it.
        help: String,
        /// The opening.
        opened: Span,
        /// Where it was missed.
        missed: Span,
        /// The end of a quoted text before it that may be the one that went wrong.
        suspect: Option<Span>,
    },
    /// A compound command that stops half-way.
    #[error("`{opener}` has no `{closer}`")]
    #[diagnostic(code(toe::syntax::unfinished), help("{help}"))]
    Unfinished {
        /// The reserved word that began it.
        opener: &'static str,
        /// The reserved word that is missing.
        closer: &'static str,
        /// What to write.
        help: String,
        /// The opener.
        opened: Span,
        /// Where it was missed.
        missed: Span,
    },
    /// A here-document whose delimiter never comes.
    #[error("the here-document has no line `{delimiter}` that ends it")]
    #[diagnostic(code(toe::syntax::unclosed_here_document), help("{help}"))]
    UnclosedHereDocument {
        /// The delimiter.
        delimiter: String,
        /// What to do.
        help: String,
        /// The operator and delimiter.
        opened: Span,
        /// Where the text ended.
        missed: Span,
    },
    /// A list of commands that has none.
    #[error("there is no command between `{before}` and `{after}`")]
    #[diagnostic(code(toe::syntax::empty_list), help("put `:` there to do nothing"))]
    EmptyList {
        /// What stands before.
        before: String,
        /// What stands after.
        after: String,
        /// The opening.
        opened: Span,
        /// What came too early.
        span: Span,
    },
    /// Words in a `case` where a pattern is expected.
    #[error("a pattern of the `case` is expected here, and `)` after it")]
    #[diagnostic(
        code(toe::syntax::no_pattern),
        help("write `PATTERN) COMMANDS ;;`, or end the `case` with `esac` before this")
    )]
    NoPattern {
        /// The `case`.
        opened: Span,
        /// What was found.
        span: Span,
    },
    /// `else if` where `elif` was meant.
    #[error("`{found}` is not `elif`")]
    #[diagnostic(code(toe::syntax::else_if), help("{help}"))]
    ElseIf {
        /// What was written.
        found: String,
        /// What to do.
        help: &'static str,
        /// The `if` whose `fi` is missing.
        opened: Option<Span>,
        /// Where.
        span: Span,
    },
    /// A reserved word in other letters.
    #[error("`{found}` is not the reserved word `{keyword}`")]
    #[diagnostic(code(toe::syntax::keyword_case), help("write `{keyword}`, in lower case"))]
    KeywordCase {
        /// What was written.
        found: String,
        /// What was meant.
        keyword: &'static str,
        /// Where.
        span: Span,
    },
    /// A reserved word that ends or continues what is not open.
    #[error("`{word}` cannot stand here")]
    #[diagnostic(code(toe::syntax::stray_keyword), help("{help}"))]
    StrayKeyword {
        /// The word.
        word: &'static str,
        /// What to do.
        help: String,
        /// Where.
        span: Span,
    },
    /// `&` or `(` that ends a word it was meant to be part of.
    #[error("the word ends at this `{sign}`")]
    #[diagnostic(code(toe::syntax::sign_in_word), help("quote the word"))]
    SignInWord {
        /// The sign.
        sign: char,
        /// The word that was meant, when quotes around it would do.
        word: Option<Span>,
        /// The sign's place.
        span: Span,
    },
    /// A character as web pages write it.
    #[error("`{entity}` is how a web page writes `{meant}`")]
    #[diagnostic(code(toe::syntax::html_entity), help("write `{meant}`"))]
    HtmlEntity {
        /// What was written.
        entity: &'static str,
        /// What was meant.
        meant: &'static str,
        /// Where.
        span: Span,
    },
    /// `${${a}%b}`
    #[error("an expansion cannot stand where `${{ }}` has its name")]
    #[diagnostic(
        code(toe::syntax::nested_expansion),
        help(
            "assign the inner expansion to a variable, and name that one here; `${{!NAME}}` reads the variable whose name is in NAME"
        )
    )]
    NestedExpansion {
        /// From the outer `${`.
        span: Span,
    },
    /// Something that cannot stand where it stands.
    #[error("{found} cannot stand here")]
    #[diagnostic(code(toe::syntax::unexpected), help("{help}"))]
    Unexpected {
        /// What was found, in words.
        found: String,
        /// What to do.
        help: String,
        /// Where.
        span: Span,
    },
}

impl SyntaxError {
    /// The main place.
    pub fn span(&self) -> Span {
        match self {
            SyntaxError::InvalidUtf8 { span, .. }
            | SyntaxError::NulByte { span, .. }
            | SyntaxError::ByteOrderMark { span }
            | SyntaxError::CarriageReturn { span, .. }
            | SyntaxError::TooLong { span, .. }
            | SyntaxError::TooDeep { span }
            | SyntaxError::TooManyTokens { span }
            | SyntaxError::NotInSubset { span, .. }
            | SyntaxError::EmptyList { span, .. }
            | SyntaxError::NoPattern { span, .. }
            | SyntaxError::ElseIf { span, .. }
            | SyntaxError::KeywordCase { span, .. }
            | SyntaxError::StrayKeyword { span, .. }
            | SyntaxError::SignInWord { span, .. }
            | SyntaxError::HtmlEntity { span, .. }
            | SyntaxError::NestedExpansion { span }
            | SyntaxError::Unexpected { span, .. } => *span,
            SyntaxError::Unclosed { opened, .. }
            | SyntaxError::Unfinished { opened, .. }
            | SyntaxError::UnclosedHereDocument { opened, .. } => *opened,
        }
    }

    /// The same error in a text where what is at an offset here stands at `place` of it.
    #[must_use]
    pub fn moved(mut self, place: impl Fn(usize) -> usize) -> Self {
        let to = |span: &mut Span| {
            *span = Span::new(span.source, place(span.start as usize), place(span.end as usize));
        };
        match &mut self {
            SyntaxError::InvalidUtf8 { offset, span, .. }
            | SyntaxError::NulByte { offset, span }
            | SyntaxError::CarriageReturn { offset, span } => {
                *offset = place(*offset);
                to(span);
            }
            SyntaxError::ByteOrderMark { span }
            | SyntaxError::TooLong { span, .. }
            | SyntaxError::TooDeep { span }
            | SyntaxError::TooManyTokens { span }
            | SyntaxError::NotInSubset { span, .. }
            | SyntaxError::KeywordCase { span, .. }
            | SyntaxError::StrayKeyword { span, .. }
            | SyntaxError::HtmlEntity { span, .. }
            | SyntaxError::NestedExpansion { span }
            | SyntaxError::Unexpected { span, .. } => to(span),
            SyntaxError::ElseIf { opened: other, span, .. }
            | SyntaxError::SignInWord { word: other, span, .. } => {
                other.iter_mut().for_each(&to);
                to(span);
            }
            SyntaxError::Unclosed { opened, missed, suspect, .. } => {
                to(opened);
                to(missed);
                suspect.iter_mut().for_each(&to);
            }
            SyntaxError::Unfinished { opened, missed, .. }
            | SyntaxError::UnclosedHereDocument { opened, missed, .. } => {
                to(opened);
                to(missed);
            }
            SyntaxError::EmptyList { opened, span, .. } | SyntaxError::NoPattern { opened, span } => {
                to(opened);
                to(span);
            }
        }
        self
    }

    /// The error with its places, as the binary renders it.
    pub fn diagnostic(&self) -> Diagnostic {
        let diagnostic = Diagnostic::from_error(self);
        match self {
            SyntaxError::Unclosed { opened, missed, suspect, .. } => {
                let mut diagnostic =
                    diagnostic.with_label(*opened, "opened here").with_label(*missed, "still open here");
                if let Some(suspect) = suspect {
                    diagnostic =
                        diagnostic.with_label(*suspect, "this ended the quote before, inside a word");
                }
                diagnostic
            }
            SyntaxError::NoPattern { opened, span } => {
                diagnostic.with_label(*span, "here").with_label(*opened, "this `case` is open")
            }
            SyntaxError::Unfinished { opener, closer, opened, missed, .. } => diagnostic
                .with_label(*opened, format!("this `{opener}`"))
                .with_label(*missed, format!("`{closer}` was expected before here")),
            SyntaxError::UnclosedHereDocument { opened, missed, .. } => {
                diagnostic.with_label(*opened, "announced here").with_label(*missed, "the text ends here")
            }
            SyntaxError::EmptyList { before, opened, span, .. } => diagnostic
                .with_label(*span, "a command was expected before this")
                .with_label(*opened, format!("after this `{before}`")),
            SyntaxError::ElseIf { opened: Some(opened), span, .. } => {
                diagnostic.with_label(*span, "here").with_label(*opened, "this `if` has no `fi`")
            }
            SyntaxError::NotInSubset { span, .. } => diagnostic.with_label(*span, "not in a nail"),
            other => diagnostic.with_label(other.span(), "here"),
        }
    }
}
