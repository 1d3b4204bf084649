//! The tree of a nail: every node with its span, quoting kept, nothing resolved.
//!
//! Names follow the bash manual. Comments are kept beside the statements, ordered by position; the
//! printer merges the two by their spans.

pub(crate) mod arithmetic_tokens;
mod equality;

use toe_source::Span;

/// A whole nail.
#[derive(Debug, Clone, PartialEq)]
pub struct Nail {
    /// Its commands.
    pub body: List,
    /// All comments, in the order of the text, `#` included.
    pub comments: Vec<Comment>,
    /// The whole file.
    pub span: Span,
}

/// A comment from `#` to the end of its line.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// The text, `#` included, without the newline.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// Statements separated by newlines or `;`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct List {
    /// In order.
    pub statements: Vec<AndOr>,
}

impl List {
    /// Whether it ends in a `!` that negates nothing.
    pub(crate) fn ends_in_bang(&self) -> bool {
        self.statements.last().is_some_and(|statement| {
            let last = statement.rest.last().map_or(&statement.first, |(_, pipeline)| pipeline);
            let is_empty =
                |s: &Simple| s.assignments.is_empty() && s.args.is_empty() && s.redirects.is_empty();
            matches!(&last.command.kind, CommandKind::Simple(simple) if is_empty(simple))
        })
    }
}

/// Pipelines joined by `&&` and `||`, left-associative with equal precedence.
#[derive(Debug, Clone, PartialEq)]
pub struct AndOr {
    /// The first.
    pub first: Pipeline,
    /// The others, each with the operator before it.
    pub rest: Vec<(AndOrOp, Pipeline)>,
    /// From the first word to the last.
    pub span: Span,
}

/// `&&` or `||`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AndOrOp {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// A command, perhaps negated. (Pipes are not in the subset; the name is bash's.)
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// True for an odd number of `!`.
    pub negated: bool,
    /// The command.
    pub command: Command,
    /// With the `!`.
    pub span: Span,
}

/// A command with the redirections of a compound one.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// Which.
    pub kind: CommandKind,
    /// Redirections after a compound command; those of a simple command are in it.
    pub redirects: Vec<Redirect>,
    /// All of it.
    pub span: Span,
}

/// The kinds of command.
#[derive(Debug, Clone, PartialEq)]
pub enum CommandKind {
    /// Assignments, words, redirections.
    Simple(Simple),
    /// `{ list; }`
    Group(List),
    /// `if`
    If(If),
    /// `for NAME [in WORDS]; do LIST; done`
    For(For),
    /// `for ((A;B;C)); do LIST; done`
    ArithFor(Box<ArithFor>),
    /// `while` and `until`
    While(While),
    /// `case`
    Case(Case),
    /// `name() command` and `function name command`
    Function(Function),
    /// `[[ expression ]]`
    Cond(Box<Cond>),
    /// `(( expression ))`
    Arith(Arith),
}

/// A simple command. At least one of the three lists is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Simple {
    /// Before the first word.
    pub assignments: Vec<Assignment>,
    /// The command name and its arguments.
    pub args: Vec<Arg>,
    /// Anywhere in it.
    pub redirects: Vec<Redirect>,
    /// All of it.
    pub span: Span,
}

/// An argument: a word, or an assignment where the command word is literally one of bash's
/// declaration commands (`declare typeset local export readonly`).
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A word.
    Word(Word),
    /// `NAME=w`, `NAME+=w`, `NAME=(..)` after a declaration command.
    Assign(Box<Assignment>),
}

/// `NAME=value`, `NAME[i]=value`, with `+=` too.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The subscript, to be expanded and then evaluated as arithmetic.
    pub index: Option<Word>,
    /// `+=`.
    pub append: bool,
    /// What is assigned.
    pub value: AssignValue,
    /// All of it.
    pub span: Span,
}

/// The right side of an assignment.
#[derive(Debug, Clone, PartialEq)]
pub enum AssignValue {
    /// A word; one without parts is the empty string.
    Scalar(Word),
    /// `(w [i]=w ..)`.
    Array(Vec<ArrayElement>),
}

/// An element of an array in parentheses.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrayElement {
    /// `[i]=`.
    pub index: Option<Word>,
    /// `[i]+=`.
    pub append: bool,
    /// The value; without an index it is split and globbed like a command's words.
    pub value: Word,
}

/// A word: adjacent pieces, each with its quoting.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The pieces; none is an empty word (such as the right side of `a=`).
    pub parts: Vec<WordPart>,
    /// All of it.
    pub span: Span,
}

/// A piece of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordPart {
    /// Which.
    pub kind: PartKind,
    /// Where.
    pub span: Span,
}

/// The kinds of piece.
#[derive(Debug, Clone, PartialEq)]
pub enum PartKind {
    /// Unquoted text: `*`, `?`, `[`, `{`, `,`, `}`, `~` are active in it. Backslash-newline is gone.
    /// Inside double quotes: plain text.
    Literal(String),
    /// `\c`: the character, quoted. (In double quotes only `\$`, `` \` ``, `\"`, `\\`.)
    Escaped(char),
    /// `'..'`: the text.
    SingleQuoted(String),
    /// `$'..'`: the text as written, escapes not decoded.
    AnsiC(String),
    /// `".."` (and `$".."`, which is the same in the C locale).
    DoubleQuoted(Vec<WordPart>),
    /// `$x`, `${..}`.
    Param(Param),
    /// `$(..)` or backquotes.
    CommandSubst(CommandSubst),
    /// `$((..))`: expanded like a double-quoted string, then evaluated.
    Arith(Vec<WordPart>),
}

/// `$( )` and backquotes.
#[derive(Debug, Clone, PartialEq)]
pub struct CommandSubst {
    /// The commands.
    pub body: List,
    /// Written with backquotes.
    pub backquoted: bool,
}

/// A parameter expansion.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// What is expanded.
    pub name: ParamName,
    /// `[i]`, `[@]`, `[*]`.
    pub index: Option<Subscript>,
    /// `${!x}`.
    pub indirect: bool,
    /// What is done to it.
    pub op: ParamOp,
    /// Written with braces.
    pub braced: bool,
}

/// What a parameter expansion names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamName {
    /// A variable.
    Variable(String),
    /// `$1`, `${10}`.
    Positional(u32),
    /// One of `# @ * ? $ ! - 0`.
    Special(char),
}

/// A subscript.
#[derive(Debug, Clone, PartialEq)]
pub enum Subscript {
    /// `[@]`
    At,
    /// `[*]`
    Star,
    /// `[expression]`
    Index(Box<Word>),
}

/// The operators of `${ }`.
#[derive(Debug, Clone, PartialEq)]
pub enum ParamOp {
    /// None.
    None,
    /// `${#x}`
    Length,
    /// `${x-w}`, and with `colon` `${x:-w}`.
    Default {
        /// Empty counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x=w}`, `${x:=w}`
    Assign {
        /// Empty counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x?w}`, `${x:?w}`
    Error {
        /// Empty counts as unset.
        colon: bool,
        /// The message; no parts: bash's own.
        word: Word,
    },
    /// `${x+w}`, `${x:+w}`
    Alternative {
        /// Empty counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x#p}`, `${x##p}`
    RemovePrefix {
        /// `##`
        longest: bool,
        /// The pattern.
        pattern: Word,
    },
    /// `${x%p}`, `${x%%p}`
    RemoveSuffix {
        /// `%%`
        longest: bool,
        /// The pattern.
        pattern: Word,
    },
    /// `${x/p/r}` and its kin.
    Replace {
        /// `/`, `//`, `/#`, `/%`
        kind: ReplaceKind,
        /// The pattern.
        pattern: Box<Word>,
        /// The replacement; absent deletes.
        replacement: Option<Box<Word>>,
    },
    /// `${x:o}`, `${x:o:n}`
    Substring {
        /// Arithmetic.
        offset: Box<Word>,
        /// Arithmetic.
        length: Option<Box<Word>>,
    },
    /// `${x^p}`, `${x^^p}`, `${x,p}`, `${x,,p}`
    Case {
        /// `^` rather than `,`.
        upper: bool,
        /// Doubled: every character.
        all: bool,
        /// The pattern; absent is `?`.
        pattern: Option<Word>,
    },
}

/// Which matches `${x/p/r}` replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplaceKind {
    /// `/`
    First,
    /// `//`
    All,
    /// `/#`
    Prefix,
    /// `/%`
    Suffix,
}

/// `if`, with its `elif`s as further branches.
#[derive(Debug, Clone, PartialEq)]
pub struct If {
    /// Condition and body of `if` and each `elif`.
    pub branches: Vec<(List, List)>,
    /// `else`.
    pub otherwise: Option<List>,
}

/// `for` over words.
#[derive(Debug, Clone, PartialEq)]
pub struct For {
    /// The variable.
    pub name: String,
    /// Where it stands.
    pub name_span: Span,
    /// `in WORDS`; absent means `"$@"`.
    pub words: Option<Vec<Word>>,
    /// The body.
    pub body: List,
}

/// `for (( ; ; ))`.
#[derive(Debug, Clone, PartialEq)]
pub struct ArithFor {
    /// First expression.
    pub init: Option<Arith>,
    /// Condition.
    pub condition: Option<Arith>,
    /// After each turn.
    pub step: Option<Arith>,
    /// The body.
    pub body: List,
}

/// An arithmetic expression before expansion; expanded like a double-quoted string.
#[derive(Debug, Clone, PartialEq)]
pub struct Arith {
    /// The pieces.
    pub parts: Vec<WordPart>,
    /// Where.
    pub span: Span,
}

/// `while` or `until`.
#[derive(Debug, Clone, PartialEq)]
pub struct While {
    /// `until`.
    pub until: bool,
    /// The condition.
    pub condition: List,
    /// The body.
    pub body: List,
}

/// `case`.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What is matched.
    pub subject: Word,
    /// The clauses.
    pub items: Vec<CaseItem>,
}

/// A clause of `case`.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseItem {
    /// Patterns separated by `|`.
    pub patterns: Vec<Word>,
    /// The body.
    pub body: List,
    /// `;;`, `;&`, `;;&`; the last clause may go without one (as `;;`).
    pub terminator: CaseTerminator,
    /// All of it.
    pub span: Span,
}

/// What ends a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseTerminator {
    /// `;;`
    Break,
    /// `;&`
    FallThrough,
    /// `;;&`
    Continue,
}

/// A function definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// Written with `function`.
    pub keyword: bool,
    /// Its body, a compound command.
    pub body: Box<Command>,
}

/// The expression of `[[ ]]`.
#[derive(Debug, Clone, PartialEq)]
pub enum Cond {
    /// `! e`
    Not(Box<Cond>),
    /// `a && b`
    And(Box<Cond>, Box<Cond>),
    /// `a || b`
    Or(Box<Cond>, Box<Cond>),
    /// `( e )`, kept for the printer.
    Paren(Box<Cond>),
    /// `-f w`
    Unary {
        /// With its dash.
        op: String,
        /// Where the operator stands.
        op_span: Span,
        /// The operand.
        word: Word,
    },
    /// `a == b`, `a -eq b`, `a =~ b`
    Binary {
        /// `== = != =~ < > -eq -ne -lt -le -gt -ge`; others are refused by the parser.
        op: String,
        /// Where the operator stands.
        op_span: Span,
        /// Left side.
        left: Word,
        /// Right side: a pattern for `==`, a regular expression for `=~`.
        right: Word,
    },
    /// A word alone: true when not empty.
    Word(Word),
}

/// A redirection.
#[derive(Debug, Clone, PartialEq)]
pub struct Redirect {
    /// The descriptor before the operator.
    pub fd: Option<u32>,
    /// Operator and target.
    pub kind: RedirectKind,
    /// All of it (of a here-document: the operator and its delimiter).
    pub span: Span,
}

/// The redirections of the subset.
#[derive(Debug, Clone, PartialEq)]
pub enum RedirectKind {
    /// `> w`
    Out(Word),
    /// `&> w` (also `>& w` with a word that is no number)
    OutAndErr(Word),
    /// `>&n`
    DupOut(u32),
    /// `< w` (also the whole body of `$(<file)`)
    In(Word),
    /// `<<` and `<<-`
    HereDoc(HereDoc),
}

/// A here-document.
#[derive(Debug, Clone, PartialEq)]
pub struct HereDoc {
    /// The delimiter without quotes.
    pub delimiter: String,
    /// The delimiter was quoted: no expansion.
    pub quoted: bool,
    /// `<<-`: leading tabs are gone.
    pub strip_tabs: bool,
    /// The body: pieces as in double quotes (`"` is plain here), one Literal when quoted.
    pub body: Vec<WordPart>,
    /// The body's lines, with the delimiter line.
    pub body_span: Span,
}
