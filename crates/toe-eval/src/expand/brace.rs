//! Brace expansion (bash manual, 3.5.1). It is textual in bash and comes before all else, so it works
//! on the literal characters of a word; quoted text and expansions pass through whole.

use std::rc::Rc;

use toe_source::{SourceMap, Span};
use toe_syntax::tree::{ParamName, ParamOp, PartKind, Word, WordPart};

use crate::EvalErrorKind;
use crate::machine::Machine;
use crate::stop::Run;

/// An active character, or a piece that braces do not look into.
#[derive(Debug, Clone)]
enum Token {
    Char(char),
    Opaque(Rc<WordPart>),
    /// A `{` within the expansion before it, which bash counts as it looks for the `}` of other braces. It has no text.
    Open,
}

/// One word before or after expansion.
type Text = Vec<Token>;

/// What may be made of one word, in tokens.
const MOST_TOKENS: usize = 4 << 20;

impl Machine<'_> {
    /// The words that `word` stands for; `None` when there is nothing to expand.
    pub(crate) fn brace_expand(&mut self, word: &Word) -> Run<Option<Vec<Word>>> {
        let misread =
            |signs: &[char]| word.parts.iter().any(|part| is_misread(&self.sources, part, false, signs));
        let substitution = |part: &WordPart, ansi| self.is_misread_substitution(part, ansi);
        if misread(&['{'])
            || word.parts.iter().any(|part| holds_brace(part) || substitution(part, false))
                && misread(&['\'', '`'])
            || word.parts.iter().any(|part| substitution(part, true))
            || word.parts.iter().any(has_brace) && misread(&['\'', '{', '}', ',', '.', '`'])
        {
            return Err(self.not_in_subset(
                "braces beside double quotes in `\"${ }\"` that hold quotes, braces or commas",
                "put the value into a variable first",
            ));
        }
        if !word.parts.iter().any(has_brace) {
            return Ok(None);
        }
        let mut text = Text::new();
        for part in &word.parts {
            if let PartKind::Literal(s) = &part.kind {
                text.extend(s.chars().map(Token::Char));
                continue;
            }
            text.push(Token::Opaque(Rc::new(part.clone())));
            text.extend(std::iter::repeat_n(Token::Open, unclosed(part)));
        }
        let plain_dollar = text.iter().any(|t| matches!(t, Token::Char('$')));
        let texts = expand(self, &text)?;
        if let [one] = texts.as_slice()
            && one.len() == text.len()
        {
            return Ok(None);
        }
        if plain_dollar {
            return Err(
                self.not_in_subset("a `$` that stands for itself beside braces", "quote the `$`: '$'")
            );
        }
        Ok(Some(texts.into_iter().map(|t| word_of(t, word.span)).collect()))
    }
}

impl Machine<'_> {
    /// A command substitution in which braces are written, for `ansi` one in double quotes that holds `$'..'` too, whose
    /// quotes bash takes for others as it looks for braces.
    fn is_misread_substitution(&self, part: &WordPart, ansi: bool) -> bool {
        match &part.kind {
            PartKind::DoubleQuoted(parts) => parts.iter().any(|part| match &part.kind {
                PartKind::CommandSubst(_) => {
                    let text = self.sources.text(part.span);
                    text.contains('{') && (!ansi || text.contains("$'"))
                }
                _ => false,
            }),
            PartKind::CommandSubst(_) => !ansi && self.sources.text(part.span).contains('{'),
            _ => false,
        }
    }
}

/// True for a literal that braces might be expanded in.
fn has_brace(part: &WordPart) -> bool {
    matches!(&part.kind, PartKind::Literal(s) if s.contains('{'))
}

/// True for a brace that is written, quoted or not.
fn holds_brace(part: &WordPart) -> bool {
    match &part.kind {
        PartKind::Literal(text) | PartKind::SingleQuoted(text) | PartKind::AnsiC(text) => text.contains('{'),
        PartKind::Escaped(c) => *c == '{',
        PartKind::DoubleQuoted(parts) => parts.iter().any(holds_brace),
        PartKind::Param(_) | PartKind::CommandSubst(_) | PartKind::Arith(_) => false,
    }
}

/// Double quotes within `"${ }"`: as it looks for braces, bash takes them for the end of the outer ones, and what
/// they hold for unquoted text. True when that holds one of `signs`, or what cannot be told.
fn is_misread(sources: &SourceMap, part: &WordPart, quoted: bool, signs: &[char]) -> bool {
    match &part.kind {
        PartKind::DoubleQuoted(parts) if quoted => parts.iter().any(|part| match &part.kind {
            PartKind::Literal(text) => text.contains(signs),
            // The brace of an expansion itself is no brace of bash's.
            PartKind::Param(parameter) => {
                parameter.op != ParamOp::None && sources.text(part.span).replace("${", "").contains(signs)
            }
            _ => true,
        }),
        PartKind::DoubleQuoted(parts) => parts.iter().any(|part| is_misread(sources, part, true, signs)),
        PartKind::Param(parameter) => {
            let mut parts = words_of(&parameter.op).flat_map(|word| &word.parts);
            parts.any(|part| is_misread(sources, part, quoted, signs))
        }
        _ => false,
    }
}

/// The words of an operator.
fn words_of(op: &ParamOp) -> impl Iterator<Item = &Word> {
    let (first, second) = match op {
        ParamOp::Default { word, .. }
        | ParamOp::Assign { word, .. }
        | ParamOp::Error { word, .. }
        | ParamOp::Alternative { word, .. } => (Some(word), None),
        ParamOp::RemovePrefix { pattern, .. } | ParamOp::RemoveSuffix { pattern, .. } => {
            (Some(pattern), None)
        }
        ParamOp::Replace { pattern, replacement, .. } => (Some(pattern.as_ref()), replacement.as_deref()),
        ParamOp::Case { pattern, .. } => (pattern.as_ref(), None),
        ParamOp::Substring { .. } | ParamOp::Length | ParamOp::None => (None, None),
    };
    first.into_iter().chain(second)
}

/// How many `{` in the words of an expansion have no `}`: the first that is not quoted ends the expansion.
fn unclosed(part: &WordPart) -> usize {
    let PartKind::Param(parameter) = &part.kind else { return 0 };
    words_of(&parameter.op)
        .flat_map(|word| &word.parts)
        .map(|part| match &part.kind {
            PartKind::Literal(text) => text.matches('{').count(),
            _ => unclosed(part),
        })
        .sum()
}

/// Puts literal characters together again. Because bash expands braces in the text, `$x{1,2}` means
/// `$x1 $x2`: name characters behind an unbraced parameter become part of its name.
fn word_of(text: Text, span: Span) -> Word {
    let mut parts: Vec<WordPart> = Vec::new();
    let mut name_open = false;
    for token in text {
        match token {
            Token::Opaque(part) => {
                name_open = matches!(&part.kind, PartKind::Param(p) if !p.braced && matches!(p.name, ParamName::Variable(_)));
                parts.push((*part).clone());
            }
            Token::Open => name_open = false,
            Token::Char(c) => {
                if name_open
                    && (c.is_ascii_alphanumeric() || c == '_')
                    && let Some(WordPart { kind: PartKind::Param(p), .. }) = parts.last_mut()
                    && let ParamName::Variable(name) = &mut p.name
                {
                    name.push(c);
                    continue;
                }
                name_open = false;
                if let Some(WordPart { kind: PartKind::Literal(s), .. }) = parts.last_mut() {
                    s.push(c);
                } else {
                    parts.push(WordPart { kind: PartKind::Literal(c.to_string()), span });
                }
            }
        }
    }
    Word { parts, span }
}

fn is(token: Option<&Token>, c: char) -> bool {
    matches!(token, Some(Token::Char(t)) if *t == c)
}

/// True for a blank behind a backslash, the only one whose quotes do not end behind it.
fn is_blank(token: &Token) -> bool {
    matches!(token, Token::Opaque(part) if matches!(part.kind, PartKind::Escaped(' ' | '\t')))
}

/// The next `{` from `at`.
fn find_open(text: &[Token], mut at: usize) -> Option<usize> {
    let mut level = 0usize;
    while let Some(token) = text.get(at) {
        if matches!(token, Token::Open) || is(Some(token), '{') && level > 0 {
            level += 1;
        } else if is(Some(token), '{') {
            // A `{}` that begins a word, or stands behind a blank, is left alone.
            if is(text.get(at + 1), '}') && (at == 0 || is_blank(&text[at - 1])) {
                at += 1;
                level += 1;
                continue;
            }
            return Some(at);
        }
        if is(Some(token), '}') && level > 0 {
            level -= 1;
        }
        at += 1;
    }
    None
}

/// The `}` that closes a brace whose inside starts at `at`: at its level, behind a comma or a `..`.
fn find_close(text: &[Token], mut at: usize) -> Option<usize> {
    let (mut level, mut separators) = (0usize, 0usize);
    while let Some(token) = text.get(at) {
        if let Token::Open = token {
            level += 1;
        }
        if let Token::Char(c) = token {
            match c {
                '{' => level += 1,
                '}' if level > 0 => level -= 1,
                '}' if separators > 0 => return Some(at),
                ',' if level == 0 => separators += 1,
                '.' if level == 0 && is(text.get(at + 1), '.') && !is(text.get(at + 2), '}') => {
                    separators += 1;
                }
                _ => {}
            }
        }
        at += 1;
    }
    None
}

fn expand(machine: &mut Machine<'_>, text: &[Token]) -> Run<Vec<Text>> {
    machine.charge(1 + text.len() as u64 / 16)?;
    machine.deeper(|machine| {
        let mut from = 0;
        let (open, close) = loop {
            let Some(open) = find_open(text, from) else { return Ok(vec![text.to_vec()]) };
            match find_close(text, open + 1) {
                Some(close) => break (open, close),
                None => from = open + 1,
            }
            machine.charge(1 + text.len() as u64 / 16)?;
        };
        let amble = &text[open + 1..close];
        let middle = if amble.iter().any(|t| is(Some(t), ',')) {
            let mut out = Vec::new();
            for alternative in alternatives(amble) {
                out.extend(expand(machine, alternative)?);
            }
            out
        } else if let Some(sequence) = sequence(machine, amble)? {
            sequence
        } else {
            vec![text[open..=close].to_vec()]
        };
        let head = vec![text[..open].to_vec()];
        let result = product(machine, head, middle)?;
        if close + 1 == text.len() {
            return Ok(result);
        }
        let tail = expand(machine, &text[close + 1..])?;
        product(machine, result, tail)
    })
}

/// Splits at the commas of the outermost level.
fn alternatives(amble: &[Token]) -> Vec<&[Token]> {
    let (mut out, mut level, mut start) = (Vec::new(), 0usize, 0);
    for (i, token) in amble.iter().enumerate() {
        match token {
            Token::Char('{') | Token::Open => level += 1,
            Token::Char('}') => level = level.saturating_sub(1),
            Token::Char(',') if level == 0 => {
                out.push(&amble[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    out.push(&amble[start..]);
    out
}

/// Every head with every tail; the size is known before anything is made.
fn product(machine: &mut Machine<'_>, heads: Vec<Text>, tails: Vec<Text>) -> Run<Vec<Text>> {
    let size = |texts: &[Text]| texts.iter().map(|t| t.len() + 2).sum::<usize>();
    let tokens =
        size(&heads).saturating_mul(tails.len()).saturating_add(size(&tails).saturating_mul(heads.len()));
    check(machine, tokens)?;
    let mut out = Vec::with_capacity(heads.len() * tails.len());
    for head in &heads {
        for tail in &tails {
            let mut text = head.clone();
            text.extend_from_slice(tail);
            out.push(text);
        }
    }
    Ok(out)
}

fn check(machine: &mut Machine<'_>, tokens: usize) -> Run {
    if tokens > MOST_TOKENS {
        return Err(machine.error(EvalErrorKind::Limit {
            what: "the result of a brace expansion",
            limit: format!("{MOST_TOKENS} characters"),
            help: "write a smaller range, or a for loop",
        }));
    }
    machine.charge(tokens as u64 / 16)
}

/// `x..y` and `x..y..n`; `None` when it is neither and stays as it is.
fn sequence(machine: &mut Machine<'_>, amble: &[Token]) -> Run<Option<Vec<Text>>> {
    let mut text = String::new();
    for token in amble {
        match token {
            Token::Char(c) => text.push(*c),
            Token::Opaque(_) | Token::Open => return Ok(None),
        }
    }
    let Some((first, rest)) = text.split_once("..") else { return Ok(None) };
    let (last, step) = match rest.split_once("..") {
        Some((last, step)) => match number(step) {
            Some(step) => (last, step),
            None => return Ok(None),
        },
        None => (rest, 1),
    };
    let chars = |s: &str| s.chars().map(Token::Char).collect::<Text>();
    if let (Some(from), Some(to)) = (number(first), number(last)) {
        let padded = |s: &str| {
            let digits = s.trim_start_matches(['-', '+']);
            digits.len() > 1 && digits.starts_with('0')
        };
        let width = if padded(first) || padded(last) { first.len().max(last.len()) } else { 0 };
        let numbers = steps(machine, from, to, step, width.max(20))?;
        return Ok(Some(
            numbers
                .map(|n| {
                    let digits = n.unsigned_abs().to_string();
                    let sign = if n < 0 { "-" } else { "" };
                    let zeros = "0".repeat(width.saturating_sub(digits.len() + sign.len()));
                    chars(&format!("{sign}{zeros}{digits}"))
                })
                .collect(),
        ));
    }
    if let ([from], [to]) = (first.as_bytes(), last.as_bytes())
        && from.is_ascii_alphabetic()
        && to.is_ascii_alphabetic()
    {
        if from.is_ascii_uppercase() != to.is_ascii_uppercase() {
            return Err(machine.not_in_subset(
                format!("the range `{{{text}}}` from one case to the other"),
                "write two ranges, such as {A..Z} and {a..z}",
            ));
        }
        let letters = steps(machine, i64::from(*from), i64::from(*to), step, 1)?;
        return Ok(Some(letters.map(|n| vec![Token::Char(n as u8 as char)]).collect()));
    }
    Ok(None)
}

/// A whole number as strtoimax(3) takes it, without white space.
fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The numbers from `from` to `to`, whichever way that is.
fn steps(
    machine: &mut Machine<'_>,
    from: i64,
    to: i64,
    step: i64,
    width: usize,
) -> Run<impl Iterator<Item = i64>> {
    let step = i128::from(step.unsigned_abs().max(1));
    let count = (i128::from(to) - i128::from(from)).abs() / step + 1;
    check(machine, usize::try_from(count.saturating_mul(width as i128)).unwrap_or(usize::MAX))?;
    let direction = if to < from { -step } else { step };
    let start = i128::from(from);
    Ok((0..count).map(move |i| (start + i * direction) as i64))
}
