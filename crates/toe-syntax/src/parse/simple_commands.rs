//! Simple commands.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use super::words::bare_text;
use crate::tree::{Arg, PartKind, Simple, Word};

/// The words that bash takes for more than words in the place of a command (its manual, "Reserved Words").
pub(crate) const RESERVED: [&str; 22] = [
    "case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select",
    "then", "time", "until", "while", "[[", "{", "}", "!", "]]",
];
pub(crate) const DECLARATIONS: [&str; 5] = ["declare", "typeset", "local", "export", "readonly"];

impl Builder<'_, '_> {
    /// Assignments, words and redirections.
    pub(super) fn simple_command(&mut self, pair: Pair<'_, Rule>) -> Simple {
        let span = self.span(&pair);
        let mut simple = Simple { assignments: Vec::new(), args: Vec::new(), redirects: Vec::new(), span };
        let mut declares = false;
        for piece in pair.into_inner() {
            let at = self.span(&piece);
            match piece.as_rule() {
                Rule::assignment => {
                    let Some(assignment) = self.assignment(piece) else { continue };
                    if simple.args.is_empty() {
                        simple.assignments.push(assignment);
                    } else {
                        simple.args.push(Arg::Assign(Box::new(assignment)));
                    }
                }
                Rule::redirection => {
                    self.check_variable_descriptor(simple.args.last(), at);
                    simple.redirects.extend(self.redirect(piece));
                }
                Rule::declaration => {
                    declares = true;
                    let text = piece.as_str().to_owned();
                    let part = crate::tree::WordPart { kind: PartKind::Literal(text), span: at };
                    simple.args.push(Arg::Word(Word { parts: vec![part], span: at }));
                }
                Rule::word => {
                    let continued = piece.as_str().contains("\\\n");
                    let word = self.word(piece);
                    if continued && (simple.args.is_empty() || declares) {
                        self.check_continued(&word, simple.args.is_empty());
                    }
                    simple.args.push(Arg::Word(word));
                }
                Rule::outside_process_substitution => {
                    self.outside(at, "process substitution", "put the output into a variable: `x=$(..)`");
                }
                _ => {}
            }
        }
        simple
    }

    /// `{name}>` would put the descriptor's number into a variable.
    fn check_variable_descriptor(&mut self, before: Option<&Arg>, redirection: toe_source::Span) {
        let Some(Arg::Word(word)) = before else { return };
        let braced = bare_text(word).and_then(|t| t.strip_prefix('{')).and_then(|t| t.strip_suffix('}'));
        let named =
            braced.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
        if named && word.span.end == redirection.start {
            self.outside(word.span, "a descriptor kept in a variable", "leave it out");
        }
    }

    /// Bash joins continued lines before it looks for reserved words and assignments; the grammar
    /// does not, so a word that becomes one by joining is refused.
    fn check_continued(&mut self, word: &Word, is_command: bool) {
        let Some(PartKind::Literal(text)) = word.parts.first().map(|p| &p.kind) else { return };
        let name: usize = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let rest = text.get(name..).unwrap_or_default();
        let assigns = name > 0 && (rest.starts_with('=') || rest.starts_with("+=") || rest.starts_with('['));
        let special = is_command && word.parts.len() == 1 && {
            RESERVED.contains(&text.as_str()) || DECLARATIONS.contains(&text.as_str())
        };
        if assigns || special {
            self.outside(
                word.span,
                "a name or reserved word continued on the next line",
                "write it in one line",
            );
        }
    }
}
