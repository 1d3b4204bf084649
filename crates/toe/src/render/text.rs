//! Findings for people: miette's graphical report, with the place in the nail and the Include chain.

use std::fmt::{self, Write as _};

use miette::{Diagnostic as Miette, GraphicalReportHandler, GraphicalTheme, LabeledSpan};
use toe_source::{Diagnostic, Label, Severity, SourceMap, Span};

use super::escape::escaped;
use super::snippet::Snippets;
use crate::terminal::Terminal;

/// A longer chain of Includes shows so many at each of its ends.
const CHAIN_ENDS: usize = 4;

/// One finding as text, ending in a newline: the report, then places in other nails, then the Include chain.
pub fn render(diagnostic: &Diagnostic, sources: &SourceMap, terminal: &Terminal) -> String {
    let theme = if terminal.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(terminal.width)
        .with_context_lines(1)
        .without_syntax_highlighting();
    let draw = |report: &Report| {
        let mut out = String::new();
        match handler.render_report(&mut out, report) {
            Ok(()) => out,
            Err(fmt::Error) => format!("{}: {}\n", report.code, report.message),
        }
    };
    let drawable = diagnostic.labels.iter().all(|label| is_drawable(label.span, sources));
    let mut out = draw(&Report::new(diagnostic, sources, drawable));
    if !drawable {
        for label in &diagnostic.labels {
            let at = sources.start(label.span);
            let file = escaped(&sources.file(label.span.source).name);
            let separator = if label.message.is_empty() { "" } else { ": " };
            let message = escaped(&label.message);
            let _ = writeln!(out, "  at {file}:{}:{}{separator}{message}", at.line, at.column);
        }
    }
    let main = diagnostic.labels.first().map(|l| l.span.source);
    for label in diagnostic.labels.iter().filter(|l| drawable && Some(l.span.source) != main) {
        out.push_str(&draw(&Report::elsewhere(label, sources)));
    }
    let chain = diagnostic.included_from.len();
    for (depth, span) in diagnostic.included_from.iter().rev().enumerate() {
        if chain > 2 * CHAIN_ENDS && (CHAIN_ENDS..chain - CHAIN_ENDS).contains(&depth) {
            if depth == CHAIN_ENDS {
                let _ = writeln!(out, "  .. and {} more ..", chain - 2 * CHAIN_ENDS);
            }
            continue;
        }
        let at = sources.start(*span);
        let file = escaped(&sources.file(span.source).name);
        let _ = writeln!(out, "  included from {file}:{}:{}", at.line, at.column);
    }
    out.lines().map(str::trim_end).filter(|l| !l.is_empty()).fold(String::new(), |mut text, line| {
        text.push_str(line);
        text.push('\n');
        text
    })
}

#[derive(Debug)]
struct Report {
    code: String,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    cause: Option<Box<Cause>>,
    source: Option<Snippets>,
    labels: Vec<LabeledSpan>,
}

/// A chain of causes that miette can walk.
#[derive(Debug)]
struct Cause {
    message: String,
    next: Option<Box<Cause>>,
}

impl Report {
    fn new(diagnostic: &Diagnostic, sources: &SourceMap, drawn: bool) -> Self {
        let main = diagnostic.labels.first().filter(|_| drawn).map(|l| l.span.source);
        let here = diagnostic.labels.iter().filter(|l| Some(l.span.source) == main);
        let labels: Vec<LabeledSpan> = here.map(|l| labeled(l.span, &l.message, sources)).collect();
        let cause = diagnostic.causes.iter().rev().fold(None, |next, message| {
            Some(Box::new(Cause { message: escaped(message).into_owned(), next }))
        });
        Report {
            code: diagnostic.code.clone(),
            severity: match diagnostic.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning | Severity::Style => miette::Severity::Warning,
                Severity::Info => miette::Severity::Advice,
            },
            message: escaped(&diagnostic.message).into_owned(),
            help: diagnostic.help.as_deref().map(|h| escaped(h).into_owned()),
            cause,
            source: main.map(|id| snippets(sources, id, &labels)),
            labels,
        }
    }

    /// A place in another nail than the main one: a snippet under its words.
    fn elsewhere(label: &Label, sources: &SourceMap) -> Self {
        let labels = vec![labeled(label.span, "", sources)];
        Report {
            code: String::new(),
            severity: miette::Severity::Advice,
            message: escaped(&label.message).into_owned(),
            help: None,
            cause: None,
            source: Some(snippets(sources, label.span.source, &labels)),
            labels,
        }
    }
}

/// Bytes on either side of a place that a drawn line may have: nobody reads more, and miette cannot indent more
/// than 65 535 columns.
const MOST_DRAWN: usize = 4000;

/// True when the line of a span, and the lines beside it, are short enough to be drawn.
fn is_drawable(span: Span, sources: &SourceMap) -> bool {
    let bytes = sources.file(span.source).text.as_bytes();
    let (before, after) = bytes.split_at((span.start as usize).min(bytes.len()));
    is_short(before.iter().rev()) && is_short(after.iter())
}

/// True when neither the rest of a line nor the line after it is too long.
fn is_short<'b>(mut side: impl Iterator<Item = &'b u8>) -> bool {
    (0..2).all(|_| side.by_ref().take_while(|b| **b != b'\n').take(MOST_DRAWN + 1).count() <= MOST_DRAWN)
}

fn snippets(sources: &SourceMap, id: toe_source::SourceId, labels: &[LabeledSpan]) -> Snippets {
    let places = labels.iter().map(|label| label.offset()..label.offset() + label.len()).collect();
    Snippets::new(sources.file(id), places)
}

/// A span that does not fit its text would replace the snippet by an internal message: it is cut to fit.
/// One over several lines is cut to its first, which is where the reader has to look.
fn labeled(span: Span, message: &str, sources: &SourceMap) -> LabeledSpan {
    let text = &sources.file(span.source).text;
    let start = (span.start as usize).min(text.len());
    let end = (span.end as usize).clamp(start, text.len());
    let first_line = text.get(start..end).and_then(|t| t.find('\n')).map_or(end, |newline| start + newline);
    let label = (!message.is_empty()).then(|| escaped(message).into_owned());
    LabeledSpan::new(label, start, first_line - start)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|c| c as &dyn std::error::Error)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Cause {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.next.as_deref().map(|c| c as &dyn std::error::Error)
    }
}

impl Miette for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.code.is_empty()).then(|| Box::new(&self.code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|s| s as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is drawn of two places of a nail of `lines` lines.
    fn two_places(lines: usize, first: usize, second: usize) -> String {
        let mut sources = SourceMap::new();
        let source = sources.add("a.nail", "log abc\n".repeat(lines));
        let at = |line: usize| Span::new(source, 8 * line - 4, 8 * line - 1);
        let found = Diagnostic {
            code: "toe::x".to_owned(),
            severity: Severity::Error,
            message: "twice".to_owned(),
            causes: Vec::new(),
            labels: Vec::new(),
            help: None,
            fix: None,
            included_from: Vec::new(),
        };
        let found = found.with_label(at(second), "here again").with_label(at(first), "first here");
        render(&found, &sources, &Terminal { color: false, bars: false, width: 80, quiet: false })
    }

    #[test]
    fn places_far_apart_are_two_snippets() {
        let drawn = two_places(1000, 100, 900);
        assert!(drawn.contains("a.nail:100:5") && drawn.contains("a.nail:900:5"), "{drawn}");
        assert!(drawn.contains("first here") && drawn.contains("here again"), "{drawn}");
        assert_eq!(drawn.matches("log abc").count(), 6, "one line above and below each: {drawn}");
    }

    #[test]
    fn places_near_each_other_are_one_snippet() {
        let drawn = two_places(1000, 100, 105);
        assert_eq!(drawn.matches("a.nail:").count(), 1, "{drawn}");
        assert_eq!(drawn.matches("log abc").count(), 8, "all lines from the first to the last: {drawn}");
    }

    #[test]
    fn the_first_and_the_last_line_are_drawn_too() {
        let drawn = two_places(2, 1, 2);
        assert!(drawn.contains("first here") && drawn.contains("here again"), "{drawn}");
        assert_eq!(drawn.matches("log abc").count(), 2, "{drawn}");
    }
}
