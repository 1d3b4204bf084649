//! Expansion of words, a file a stage, in bash's order (bash manual, 3.5): brace, tilde, parameter,
//! arithmetic and command substitution, splitting, pathname, quote removal.

pub(crate) mod ansi_c;
mod brace;
mod case_conversion;
pub(crate) mod class;
mod default_words;
mod glob;
mod param;
mod param_list;
mod param_operator;
pub(crate) mod pattern;
pub(crate) mod piece;
mod replace;
pub(crate) mod split;
mod substitution;
pub(crate) mod tilde;

pub use param::{is_magic_variable, is_shell_variable};

use toe_source::Span;
use toe_syntax::tree::{ParamName, ParamOp, PartKind, Subscript, Word, WordPart};

use crate::machine::Machine;
use crate::stop::{Run, Stop};
use crate::{EvalErrorKind, scope::Variable};

use pattern::{Pattern, PatternError, pattern_text};
use piece::into_plain_text;
pub(crate) use piece::{Piece, plain_text};
use split::{Ifs, split};
use tilde::Tilde;

/// How the pieces of a word are expanded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    /// Inside double quotes.
    pub quoted: bool,
    /// Results of unquoted expansions are split.
    pub split: bool,
    /// Unquoted literal text is split too: the word of `${x:-w}`.
    pub split_literals: bool,
    /// Where tildes are looked for.
    pub tilde: Tilde,
}

impl Context {
    /// A word that becomes fields.
    pub(crate) const FIELDS: Context =
        Context { quoted: false, split: true, split_literals: false, tilde: Tilde::Word };
    /// A word that stays one.
    pub(crate) const SINGLE: Context =
        Context { quoted: false, split: false, split_literals: false, tilde: Tilde::Word };
    /// The right side of an assignment.
    pub(crate) const ASSIGNED: Context =
        Context { quoted: false, split: false, split_literals: false, tilde: Tilde::Assignment };
    /// Inside double quotes, here-documents and arithmetic.
    pub(crate) const QUOTED: Context =
        Context { quoted: true, split: false, split_literals: false, tilde: Tilde::Off };
}

/// A word that brace expansion made: bash does not look at it as an assignment any more.
const BRACED: Context = Context { tilde: Tilde::Start, ..Context::FIELDS };

/// True for an expansion that stands in its word without quotes.
fn is_expansion(part: &WordPart) -> bool {
    matches!(part.kind, PartKind::Param(_) | PartKind::CommandSubst(_) | PartKind::Arith(_))
}

/// A word of a command after all stages, with the span of the word that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expanded {
    /// Its text.
    pub text: String,
    /// The word it came from.
    pub span: Span,
}

/// How a list is named: as arguments, and as the elements of an array.
type ListName = (ParamName, Subscript);
/// `$@` and `${a[@]}`.
const LIST_OF_FIELDS: ListName = (ParamName::Special('@'), Subscript::At);
/// `$*` and `${a[*]}`.
const LIST_IN_ONE: ListName = (ParamName::Special('*'), Subscript::Star);

/// Whether a list in the word of `${x-word}` and its kin counts.
#[derive(Clone, Copy)]
enum Operands {
    Read,
    Ignored,
}

impl Machine<'_> {
    /// IFS as it is set now.
    pub(crate) fn ifs(&self) -> Ifs {
        match self.scope.get("IFS") {
            Some(v) => Ifs::new(v.scalar().as_deref()),
            None if self.ifs_unset() => Ifs::new(None),
            None => Ifs::new(None),
        }
    }

    fn ifs_unset(&self) -> bool {
        self.scope.get("IFS").is_none_or(|v: &Variable| v.scalar().is_none())
    }

    /// Expands words to fields, through every stage.
    pub(crate) fn fields<'w>(&mut self, words: impl IntoIterator<Item = &'w Word>) -> Run<Vec<Expanded>> {
        let mut out = Vec::new();
        let mut bytes = 0usize;
        for word in words {
            let before = out.len();
            match self.brace_expand(word)? {
                Some(alternatives) => {
                    for word in &alternatives {
                        self.word_fields(word, BRACED, &mut out)?;
                    }
                }
                None => self.word_fields(word, Context::FIELDS, &mut out)?,
            }
            bytes += out[before..].iter().map(|f| f.text.len() + 48).sum::<usize>();
            self.check_values(bytes)?;
        }
        Ok(out)
    }

    /// The fields of what is written `prefix` and `value`, when braces in it make several words of it.
    pub(crate) fn braced_fields(
        &mut self,
        prefix: Vec<WordPart>,
        value: &Word,
    ) -> Run<Option<Vec<Expanded>>> {
        if !self.sources.text(value.span).contains('{') {
            return Ok(None);
        }
        let parts = prefix.into_iter().chain(value.parts.iter().cloned()).collect();
        let Some(alternatives) = self.brace_expand(&Word { parts, span: value.span })? else {
            return Ok(None);
        };
        let mut out = Vec::new();
        for word in &alternatives {
            self.word_fields(word, BRACED, &mut out)?;
        }
        self.check_values(out.iter().map(|f| f.text.len() + 48).sum())?;
        Ok(Some(out))
    }

    fn word_fields(&mut self, word: &Word, context: Context, out: &mut Vec<Expanded>) -> Run {
        self.here = word.span;
        if let [WordPart { kind: PartKind::Literal(text), .. }] = word.parts.as_slice()
            && !text.bytes().any(|b| matches!(b, b'*' | b'?' | b'[' | b'~' | b'\\'))
        {
            self.charge(1)?;
            self.check_word(text.len())?;
            out.push(Expanded { text: text.clone(), span: word.span });
            return Ok(());
        }
        let mut pieces = self.pieces(word, context)?;
        let ifs = self.ifs();
        let has_expansion = word.parts.iter().any(is_expansion);
        let has_list = !has_expansion && word.parts.iter().any(|part| self.is_list_of_fields(part));
        if has_list
            && !word.parts.iter().any(|part| self.is_list(part, &LIST_OF_FIELDS, Operands::Ignored))
            && !self.scope.options.noglob
            && split::separators_are_signs(&pieces, &ifs)
        {
            return Err(self.not_in_subset(
                "signs of a pattern that are in IFS, beside a list in the word of a quoted `${ }`,",
                "set IFS to something else before",
            ));
        }
        let unquotes = if has_expansion || has_list {
            pieces = split::quote_separators(pieces, &ifs);
            false
        } else {
            split::unquotes_separators(&pieces, &ifs)
        };
        self.charge(pieces.iter().map(Piece::len).sum::<usize>() as u64 / 16)?;
        self.here = word.span;
        for field in split(pieces, &ifs) {
            if unquotes && !self.scope.options.noglob {
                return Err(self.not_in_subset(
                    "quoted signs of a pattern that are in IFS, beside others of IFS without quotes",
                    "set IFS to something else before",
                ));
            }
            let may_glob = !self.scope.options.noglob && field.iter().any(Piece::may_glob);
            let pattern = may_glob.then(|| pattern_text(&field)).filter(|p| pattern::has_glob(p));
            match pattern {
                Some(pattern) => {
                    self.refuse_backslash_before_quotes(&field)?;
                    if pattern::has_backslash_before_slash(&field) {
                        return Err(self.not_in_subset(
                            "a backslash before `/` in a pathname pattern",
                            "take the backslash away, or quote it",
                        ));
                    }
                    let paths = self.glob(&pattern)?;
                    if paths.is_empty() {
                        out.push(Expanded { text: into_plain_text(field), span: word.span });
                    } else {
                        out.extend(paths.into_iter().map(|text| Expanded { text, span: word.span }));
                    }
                }
                None => out.push(Expanded { text: into_plain_text(field), span: word.span }),
            }
        }
        Ok(())
    }

    /// Expands a word that is neither split nor globbed.
    pub(crate) fn single(&mut self, word: &Word, context: Context) -> Run<String> {
        self.here = word.span;
        let pieces = self.pieces(word, context)?;
        Ok(into_plain_text(pieces))
    }

    /// Expands a word of `[[ ]]` or `case`, which is never split; refuses it where bash splits it all the same.
    pub(crate) fn operand(&mut self, word: &Word) -> Run<Vec<Piece>> {
        self.here = word.span;
        let pieces = self.pieces(word, Context::SINGLE)?;
        if word.parts.iter().any(is_expansion) && word.parts.iter().any(|part| self.is_quoted_list(part)) {
            let ifs = self.ifs();
            let splits = |piece: &Piece| matches!(piece, Piece::Text { text, quoted: false, .. } if ifs.separates(text));
            if pieces.iter().any(splits) {
                return Err(self.not_in_subset(
                    "an expansion with blanks beside a quoted list, in a word of `[[ ]]` or `case`,",
                    "put the expansion into quotes too",
                ));
            }
        }
        Ok(pieces)
    }

    /// Expands text as in double quotes.
    pub(crate) fn quoted_text(&mut self, parts: &[WordPart]) -> Run<String> {
        let mut pieces = Vec::new();
        self.parts(parts, Context::QUOTED, &mut pieces)?;
        Ok(plain_text(&pieces))
    }

    /// Expands a word to a pattern, quoted characters taken literally.
    pub(crate) fn pattern(&mut self, word: &Word) -> Run<Pattern> {
        let text = self.pattern_source(word)?;
        self.compile(&text)
    }

    /// Expands a word to the text of a pattern.
    pub(crate) fn pattern_source(&mut self, word: &Word) -> Run<String> {
        let pieces = self.pieces(word, Context::SINGLE)?;
        self.checked_pattern_text(&pieces)
    }

    /// [`pattern_text`], unless bash has no clear meaning for it.
    pub(crate) fn checked_pattern_text(&mut self, pieces: &[Piece]) -> Run<String> {
        self.refuse_backslash_before_quotes(pieces)?;
        Ok(pattern_text(pieces))
    }

    fn refuse_backslash_before_quotes(&mut self, pieces: &[Piece]) -> Run {
        if pattern::has_backslash_before_quotes(pieces) {
            return Err(self.not_in_subset(
                "an expansion that ends in a backslash before quoted text, in a pattern".to_owned(),
                "quote the expansion too, as in `\"$x\"'*'`",
            ));
        }
        Ok(())
    }

    /// Compiles the text of a pattern.
    pub(crate) fn compile(&mut self, text: &str) -> Run<Pattern> {
        self.charge(1 + text.len() as u64 / 16)?;
        Pattern::parse(text).map_err(|e| self.pattern_error(&e))
    }

    pub(crate) fn pattern_error(&self, error: &PatternError) -> Stop {
        match error {
            PatternError::Bracket(text) => self.not_in_subset(
                format!("`{text}` in a pattern"),
                "write the characters themselves, a range, or a class such as [:alnum:]",
            ),
            PatternError::OpenRange => {
                self.not_in_subset("a pattern that ends in an open range `[a-`", "quote the bracket")
            }
            PatternError::StarBeforeBackslash => self.not_in_subset(
                "a backslash that quotes nothing, behind a `*` at the end of a pattern",
                "quote the expansion that it comes from, as in `*\"$x\"`",
            ),
            PatternError::ClassOfUnknown(c) => self.not_in_subset(
                format!("a class of a pattern over `{c}`, a character that not every C library knows,"),
                "name the characters instead of a class",
            ),
        }
    }

    /// True when the whole text matches.
    pub(crate) fn matches(&mut self, pattern: &Pattern, text: &str) -> Run<bool> {
        let chars: Vec<char> = text.chars().collect();
        pattern.check_text(&chars).map_err(|e| self.pattern_error(&e))?;
        self.charge(1 + pattern.cost(chars.len()))?;
        Ok(pattern.matches(&chars))
    }

    /// Expands the parts of a word.
    pub(crate) fn pieces(&mut self, word: &Word, context: Context) -> Run<Vec<Piece>> {
        let mut out = Vec::new();
        self.parts(&word.parts, context, &mut out)?;
        Ok(out)
    }

    /// Expands parts in order.
    pub(crate) fn parts(&mut self, parts: &[WordPart], context: Context, out: &mut Vec<Piece>) -> Run {
        self.charge(1)?;
        let mut bytes: usize = out.iter().map(Piece::len).sum();
        for (i, part) in parts.iter().enumerate() {
            let start = out.len();
            self.part(part, i == 0, i + 1 == parts.len(), context, out)?;
            let added = out[start..].iter().map(Piece::len).sum::<usize>();
            if out.len() > start {
                bytes += added;
                self.check_word(bytes)?;
            }
            self.charge(1 + added as u64 / 64)?;
        }
        Ok(())
    }

    fn part(
        &mut self,
        part: &WordPart,
        first: bool,
        last: bool,
        context: Context,
        out: &mut Vec<Piece>,
    ) -> Run {
        match &part.kind {
            PartKind::Literal(text) if context.quoted => out.push(Piece::quoted(text.clone())),
            PartKind::Literal(text) if context.split_literals => {
                let mut literal = Vec::new();
                self.push_literal(text, first, last, context.tilde, &mut literal)?;
                out.extend(literal.into_iter().map(|piece| match piece {
                    Piece::Text { text, quoted: false, .. } => {
                        Piece::Text { text, quoted: false, split: true }
                    }
                    other => other,
                }));
            }
            PartKind::Literal(text) => self.push_literal(text, first, last, context.tilde, out)?,
            PartKind::Escaped(c) => out.push(Piece::quoted(*c)),
            PartKind::SingleQuoted(text) => out.push(Piece::quoted(text.clone())),
            PartKind::AnsiC(text) => {
                let decoded = ansi_c::decode(text, ansi_c::Dialect::Quote);
                out.push(Piece::quoted(self.text_of(decoded.bytes, "`$'..'`")?));
            }
            PartKind::DoubleQuoted(parts) => self.double_quoted(parts, context, out)?,
            PartKind::Param(param) => self.expand_param(param, part.span, context, out)?,
            PartKind::CommandSubst(substitution) => {
                let text = self.substitute(substitution, part.span)?;
                out.push(Piece::Text {
                    text,
                    quoted: context.quoted,
                    split: context.split && !context.quoted,
                });
            }
            PartKind::Arith(parts) => {
                let text = self.arithmetic_parts(parts)?.to_string();
                out.push(Piece::Text {
                    text,
                    quoted: context.quoted,
                    split: context.split && !context.quoted,
                });
            }
        }
        Ok(())
    }

    /// `".."`: keeps an empty field, unless all that is in it is a `$@` without elements.
    fn double_quoted(&mut self, parts: &[WordPart], context: Context, out: &mut Vec<Piece>) -> Run {
        let start = out.len();
        let seen_before = std::mem::replace(&mut self.empty_list_seen, false);
        let kept_before = std::mem::replace(&mut self.empty_kept, false);
        let marked_before = self.empty_marked;
        self.parts(parts, Context { quoted: true, tilde: Tilde::Off, ..context }, out)?;
        let empty_list = std::mem::replace(&mut self.empty_list_seen, seen_before);
        let kept = std::mem::replace(&mut self.empty_kept, kept_before);
        if parts.iter().any(|part| self.is_list_of_fields(part))
            && parts.iter().any(|part| self.is_changed_star(part))
        {
            return Err(self.not_in_subset(
                "an operator on `*` in the same quotes as a list of `@`",
                "put each into quotes of its own",
            ));
        }
        if parts.iter().any(|part| matches!(part.kind, PartKind::Arith(_)))
            && parts.iter().any(|part| self.is_list_of_fields(part))
            && self.ifs().separates("-0123456789")
        {
            return Err(self.not_in_subset(
                "`$(( ))` in the same quotes as a list, while IFS holds a digit or `-`",
                "put each into quotes of its own",
            ));
        }
        let empty = out[start..].iter().all(|p| matches!(p, Piece::Text { text, .. } if text.is_empty()));
        if !empty {
            self.empty_marked = marked_before;
        }
        if empty {
            out.truncate(start);
            if empty_list && !kept {
                self.empty_list_seen |= context.quoted;
            } else {
                out.push(Piece::quoted(""));
            }
        }
        Ok(())
    }

    /// `$@`, `${a[@]}`.
    pub(crate) fn is_list_of_fields(&self, part: &WordPart) -> bool {
        self.is_list(part, &LIST_OF_FIELDS, Operands::Read)
    }

    /// The word of a `${x+w}` without quotes is a quoted list and something else: bash splits it as an element of a list.
    pub(crate) fn holds_mixed_list(&self, word: &Word) -> bool {
        word.parts.iter().any(|part| {
            let PartKind::Param(param) = &part.kind else { return false };
            let (ParamOp::Default { word, .. }
            | ParamOp::Alternative { word, .. }
            | ParamOp::Assign { word, .. }) = &param.op
            else {
                return false;
            };
            word.parts.len() > 1 && word.parts.iter().any(|part| self.is_quoted_list(part))
                || self.holds_mixed_list(word)
        })
    }

    /// `"$@"`, `"${a[@]}"`.
    fn is_quoted_list(&self, part: &WordPart) -> bool {
        matches!(part.kind, PartKind::DoubleQuoted(_)) && self.is_list_of_fields(part)
    }

    /// `${*#p}` and its kin: beside a `$@` in the same quotes bash splits what it gives at spaces.
    fn is_changed_star(&self, part: &WordPart) -> bool {
        let param = match &part.kind {
            PartKind::Param(param) => param,
            PartKind::DoubleQuoted(parts) => return parts.iter().any(|part| self.is_changed_star(part)),
            _ => return false,
        };
        if let ParamOp::Default { word, .. } | ParamOp::Alternative { word, .. } = &param.op {
            return word.parts.iter().any(|part| self.is_changed_star(part));
        }
        self.is_list(part, &LIST_IN_ONE, Operands::Read)
            && matches!(
                param.op,
                ParamOp::RemovePrefix { .. }
                    | ParamOp::RemoveSuffix { .. }
                    | ParamOp::Replace { .. }
                    | ParamOp::Substring { .. }
                    | ParamOp::Case { .. }
            )
    }

    /// A `$@` and a `$*`, which bash splits at spaces in a here-document.
    pub(crate) fn mixes_lists(&self, parts: &[WordPart]) -> bool {
        let has = |list| parts.iter().any(|part| self.is_list(part, list, Operands::Read));
        has(&LIST_OF_FIELDS) && has(&LIST_IN_ONE)
    }

    /// `$@` or `$*`, `${a[@]}` or `${a[*]}`, by its name or through `${!x}`, with an operator or not.
    fn is_list(&self, part: &WordPart, list: &ListName, operands: Operands) -> bool {
        let param = match &part.kind {
            PartKind::Param(param) => param,
            PartKind::DoubleQuoted(parts) => {
                return parts.iter().any(|part| self.is_list(part, list, operands));
            }
            _ => return false,
        };
        let (special, every) = list;
        if param.indirect {
            let sign = if *every == Subscript::At { "@" } else { "*" };
            let ParamName::Variable(name) = &param.name else { return false };
            let Some(target) = self.scope.get(name).and_then(Variable::scalar) else {
                return false;
            };
            return *target == *sign || target.ends_with(&format!("[{sign}]"));
        }
        if let ParamOp::Default { word, .. }
        | ParamOp::Alternative { word, .. }
        | ParamOp::Assign { word, .. } = &param.op
            && matches!(operands, Operands::Read)
            && word.parts.iter().any(|part| self.is_list(part, list, operands))
        {
            return true;
        }
        param.op != ParamOp::Length && (param.name == *special || param.index.as_ref() == Some(every))
    }

    /// Bytes as text, or the error that they are none.
    pub(crate) fn text_of(&self, bytes: Vec<u8>, what: &str) -> Run<String> {
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(text),
            _ => Err(self.error(EvalErrorKind::NotUtf8 { what: what.to_owned() })),
        }
    }
}
