//! What is open at a place of a text: for messages about a text that is no nail, and to refuse one
//! that is too large or too deep before the grammar reads it. Never for the tree.

use std::collections::VecDeque;

use crate::error::{MAX_NESTING, MAX_TOKENS};

/// More than this is not given to the grammar. The count here is rough (parentheses of arithmetic
/// are in it), so it leaves room; the exact limit is the builder's.
const ROUGH_NESTING: usize = 4 * MAX_NESTING;

/// Something that was opened and not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `'`
    SingleQuote,
    /// `$'`
    AnsiQuote,
    /// `"`
    DoubleQuote,
    /// A backquote.
    Backquote,
    /// `${`
    Parameter,
    /// `$(`
    Substitution,
    /// `$((` and `((`
    Arithmetic,
    /// `=(`
    Array,
    /// `(`
    Subshell,
    /// `[[`
    Test,
    /// A reserved word with the one that ends it; `stage` is the last that was met.
    Compound { opener: &'static str, closer: &'static str, stage: &'static str },
}

/// An open construct and where it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What is open, and what a command would follow.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Outermost first.
    pub(super) open: Vec<Open>,
    /// The reserved word after which no command came yet.
    pub(super) after: Option<(&'static str, usize)>,
    /// A command may begin here.
    pub(super) command_place: bool,
    /// The last closing quote of each kind that was followed by more of a word: where it ended a text too
    /// early, it is what a later quote without an end comes from.
    pub(super) ended_in_word: Option<(Kind, usize)>,
    /// A here-document whose delimiter did not come: where it is announced, and the delimiter.
    pub(super) here_open: Option<(usize, String)>,
    /// How many were open at once at most.
    pub(super) deepest: usize,
    /// Where the nesting became far too deep.
    pub(super) too_deep: Option<usize>,
    /// Where the number of words and operators passed the limit.
    pub(super) too_many: Option<usize>,
}

const STAGES: [(&str, &[&str]); 6] = [
    ("if", &["then", "elif", "else"]),
    ("while", &["do"]),
    ("until", &["do"]),
    ("for", &["do"]),
    ("select", &["do"]),
    ("case", &["in"]),
];
const COMPOUNDS: [(&str, &str); 7] = [
    ("if", "fi"),
    ("while", "done"),
    ("until", "done"),
    ("for", "done"),
    ("select", "done"),
    ("case", "esac"),
    ("{", "}"),
];

/// Scans `text` up to `limit`, or to where it is too deep or too long.
pub(super) fn scan(text: &str, limit: usize) -> State {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        limit,
        state: State::default(),
        token_start: true,
        tokens: 0,
        announced: VecDeque::new(),
    };
    scanner.state.command_place = true;
    while scanner.at < limit {
        let before = scanner.at;
        scanner.step();
        scanner.state.deepest = scanner.state.deepest.max(scanner.state.open.len());
        if scanner.state.open.len() > ROUGH_NESTING {
            scanner.state.too_deep = Some(before);
            break;
        }
        if scanner.tokens > MAX_TOKENS {
            scanner.state.too_many = Some(before);
            break;
        }
    }
    scanner.state
}

/// Bytes that end a word.
const fn ends_word(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>')
}

/// Bytes that end the plain text of a word: those that end the word, and those that begin a quote or an expansion.
const ENDS_OR_JOINS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = ends_word(byte) || matches!(byte, b'\'' | b'"' | b'\\' | b'$' | b'`');
        byte += 1;
    }
    table
};

/// Bytes that open, close, end or quote nothing.
const PLAIN: [bool; 256] = {
    let mut table = [true; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] =
            !ENDS_OR_JOINS[byte as usize] && !matches!(byte, b'{' | b'}' | b'[' | b']' | b'#' | b'!');
        byte += 1;
    }
    table
};

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    limit: usize,
    state: State,
    token_start: bool,
    tokens: usize,
    /// The here-documents whose text is still to come: where announced, delimiter, and whether tabs go.
    announced: VecDeque<(usize, &'t str, bool)>,
}

impl Scanner<'_> {
    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or_default()
    }

    fn top(&self) -> Option<Kind> {
        self.state.open.last().map(|o| o.kind)
    }

    fn open(&mut self, kind: Kind, length: usize) {
        self.state.open.push(Open { kind, start: self.at, end: self.at + length });
        self.tokens += 1;
        self.at += length;
        self.token_start = true;
        self.state.command_place = matches!(kind, Kind::Substitution | Kind::Subshell);
        self.state.after = None;
    }

    fn close(&mut self, length: usize) {
        let closed = self.state.open.pop();
        if let Some(Open { kind: kind @ (Kind::SingleQuote | Kind::DoubleQuote), .. }) = closed
            && self.byte(length).is_ascii_alphanumeric()
        {
            self.state.ended_in_word = Some((kind, self.at));
        }
        self.at += length;
        self.token_start = false;
        self.state.command_place = false;
        self.state.after = None;
    }

    fn step(&mut self) {
        let byte = self.byte(0);
        match self.top() {
            Some(Kind::SingleQuote) if byte == b'\'' => self.close(1),
            Some(Kind::AnsiQuote) if byte == b'\'' => self.close(1),
            Some(Kind::AnsiQuote) if byte == b'\\' => self.at += 2,
            Some(Kind::SingleQuote | Kind::AnsiQuote) => self.pass(),
            Some(Kind::Backquote) if byte == b'\\' => self.at += 2,
            Some(Kind::Backquote) if byte == b'`' => self.close(1),
            Some(Kind::Backquote) => self.pass(),
            _ if byte == b'\\' => {
                self.plain_text();
                self.tokens += usize::from(self.byte(1) != b'\n');
                self.at += 2;
            }
            Some(Kind::DoubleQuote) if byte == b'"' => self.close(1),
            Some(Kind::Parameter) if byte == b'}' => self.close(1),
            Some(Kind::Arithmetic) if byte == b')' && self.byte(1) == b')' => self.close(2),
            _ if byte == b'`' => self.open(Kind::Backquote, 1),
            _ if byte == b'$' => self.dollar(),
            Some(Kind::DoubleQuote) => self.pass(),
            _ if byte == b'"' => self.open(Kind::DoubleQuote, 1),
            Some(Kind::Parameter) if byte == b'\'' && self.in_quotes() => self.at += 1,
            _ if byte == b'\'' => self.open(Kind::SingleQuote, 1),
            Some(Kind::Arithmetic) if byte == b'(' => self.open(Kind::Subshell, 1),
            Some(Kind::Parameter | Kind::Arithmetic) => self.pass(),
            _ => self.command_text(byte),
        }
    }

    /// Passes a byte that means nothing where it stands, and those behind it that mean nothing anywhere.
    fn pass(&mut self) {
        let rest = self.bytes.get(self.at + 1..self.limit).unwrap_or_default();
        self.at += 1 + rest.iter().take_while(|b| PLAIN[usize::from(**b)]).count();
    }

    fn in_quotes(&self) -> bool {
        let mut below = self.state.open.iter().rev().map(|o| o.kind);
        below.find(|k| *k != Kind::Parameter) == Some(Kind::DoubleQuote)
    }

    fn plain_text(&mut self) {
        self.token_start = false;
        self.state.command_place = false;
        self.state.after = None;
    }

    fn dollar(&mut self) {
        match (self.byte(1), self.byte(2)) {
            (b'(', b'(') => self.open(Kind::Arithmetic, 3),
            (b'(', _) => self.open(Kind::Substitution, 2),
            (b'{', _) => self.open(Kind::Parameter, 2),
            (b'\'', _) if self.top() != Some(Kind::DoubleQuote) => self.open(Kind::AnsiQuote, 2),
            _ => {
                self.plain_text();
                self.tokens += 1;
                self.at += 1;
            }
        }
    }

    fn command_text(&mut self, byte: u8) {
        match byte {
            b'#' if self.token_start => {
                self.tokens += 1;
                let rest = self.bytes.get(self.at..self.limit).unwrap_or_default();
                self.at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            }
            b' ' | b'\t' => {
                self.at += 1;
                self.token_start = true;
            }
            b'\n' | b';' | b'&' | b'|' => {
                let in_words = matches!(self.top(), Some(Kind::Array | Kind::Test)) || self.in_patterns();
                // What follows `;;` are patterns again.
                if byte == b';' && matches!(self.byte(1), b';' | b'&') {
                    self.stage("in");
                    self.state.command_place = false;
                    self.at += 1;
                } else if !in_words {
                    self.state.command_place = true;
                }
                self.at += 1;
                self.tokens += usize::from(byte != b'\n');
                self.token_start = true;
                if byte == b'\n' {
                    self.here_bodies();
                }
            }
            b'(' => self.parenthesis(),
            b')' => {
                if let Some(Kind::Substitution | Kind::Subshell | Kind::Array) = self.top() {
                    self.close(1);
                    return;
                }
                if self.in_patterns() {
                    self.stage(")");
                }
                self.at += 1;
                self.state.command_place = true;
                self.token_start = true;
            }
            b'<' if self.byte(1) == b'<' && self.byte(2) != b'<' => self.here_operator(),
            b'<' | b'>' => {
                self.plain_text();
                self.tokens += 1;
                self.at += 1 + usize::from(self.byte(1) == byte) * 2;
            }
            _ => self.word(),
        }
    }

    fn here_operator(&mut self) {
        let strips = self.byte(2) == b'-';
        let start = self.at;
        self.at += 2 + usize::from(strips);
        while matches!(self.byte(0), b' ' | b'\t') {
            self.at += 1;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find([' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>']).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        self.announced.push_back((start, word.trim_matches(['\'', '"', '\\']), strips));
        self.at += length;
        self.tokens += 1;
        self.plain_text();
    }

    fn here_bodies(&mut self) {
        while let Some((start, delimiter, strips)) = self.announced.pop_front() {
            let mut ended = false;
            while self.at < self.limit {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let line = rest.split('\n').next().unwrap_or_default();
                self.at = (self.at + line.len() + 1).min(self.limit);
                if (if strips { line.trim_start_matches('\t') } else { line }) == delimiter {
                    ended = true;
                    break;
                }
            }
            if !ended {
                self.state.here_open.get_or_insert_with(|| (start, delimiter.to_owned()));
            }
        }
    }

    fn parenthesis(&mut self) {
        let before = self.at.checked_sub(1).and_then(|i| self.bytes.get(i)).copied().unwrap_or_default();
        if before == b'=' {
            self.open(Kind::Array, 1);
        } else if self.in_patterns() || (self.byte(1) == b')' && !self.state.command_place) {
            self.at += 1;
        } else if self.byte(1) == b'('
            && (self.state.command_place
                || matches!(self.top(), Some(Kind::Compound { opener: "for", stage: "for", .. })))
        {
            self.open(Kind::Arithmetic, 2);
        } else {
            self.open(Kind::Subshell, 1);
        }
    }

    fn in_patterns(&self) -> bool {
        matches!(self.top(), Some(Kind::Compound { opener: "case", stage: "case" | "in", .. }))
    }

    fn stage(&mut self, met: &'static str) {
        if let Some(Open { kind: Kind::Compound { stage, .. }, .. }) = self.state.open.last_mut() {
            *stage = met;
        }
    }

    fn word(&mut self) {
        let start = self.at;
        self.tokens += 1;
        let rest = self.bytes.get(start..self.limit).unwrap_or_default();
        self.at += rest.iter().position(|b| ENDS_OR_JOINS[usize::from(*b)]).unwrap_or(rest.len());
        let whole = self.token_start && (self.at >= self.bytes.len() || ends_word(self.byte(0)));
        let word = self.text.get(start..self.at).unwrap_or_default();
        let first = self.state.command_place;
        if !(whole && self.reserved(word, start, first)) {
            self.plain_text();
        }
    }

    /// Takes a reserved word; false when it is none here.
    fn reserved(&mut self, word: &str, start: usize, first: bool) -> bool {
        let top = self.top();
        if top == Some(Kind::Test) && word == "]]" {
            let at = self.at;
            self.close(0);
            self.at = at;
            return true;
        }
        if let Some(Kind::Compound { opener, closer, stage }) = top {
            let closes = word == closer && (first || (opener == "case" && stage == "in"));
            if closes {
                self.close(0);
                return true;
            }
            let stages = STAGES.iter().find(|(o, _)| *o == opener).map_or(&[][..], |(_, s)| s);
            if let Some(next) = stages.iter().find(|s| **s == word) {
                let expected = first || *next == "in" || (*next == "do" && stage == "for");
                if expected && !(opener == "case" && stage != "case") {
                    self.stage(next);
                    self.state.command_place = opener != "case";
                    self.state.after = Some((next, start));
                    self.token_start = true;
                    return true;
                }
            }
        }
        if !first {
            return false;
        }
        if word == "[[" {
            self.state.open.push(Open { kind: Kind::Test, start, end: self.at });
            self.state.command_place = false;
            self.state.after = None;
            return true;
        }
        if word == "!" {
            return true;
        }
        let Some((opener, closer)) = COMPOUNDS.iter().find(|(o, _)| *o == word) else { return false };
        let kind = Kind::Compound { opener, closer, stage: opener };
        self.state.open.push(Open { kind, start, end: self.at });
        self.state.command_place = matches!(*opener, "if" | "while" | "until" | "{");
        self.state.after = self.state.command_place.then_some((*opener, start));
        self.token_start = true;
        true
    }
}
