//! The lines of a nail around the places of one finding, for miette to draw.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use toe_source::SourceFile;

use super::escape::{escaped, same_length};

/// Places that are so many lines apart, or fewer, are drawn together with what lies between them.
const NEAR_LINES: usize = 8;
/// Unless there are more bytes between them.
const NEAR_BYTES: usize = 4000;
/// Lines drawn above and below a place; miette takes one more below an empty place at the end of a line.
const LINES_ABOVE: u32 = 1;
const LINES_BELOW: u32 = 2;

/// A nail without what lies far from the places: drawing takes as long in a long nail as in a short one.
#[derive(Debug)]
pub(super) struct Snippets {
    name: String,
    windows: Vec<Window>,
}

/// Whole lines of the text.
#[derive(Debug)]
struct Window {
    /// Lines and bytes before it.
    lines: usize,
    bytes: usize,
    text: String,
}

impl Snippets {
    /// The lines of `file` around `places`, ranges of bytes in its text.
    pub(super) fn new(file: &SourceFile, mut places: Vec<Range<usize>>) -> Self {
        places.sort_unstable_by_key(|place| place.start);
        let mut windows: Vec<Range<usize>> = Vec::new();
        for place in places {
            let around = lines_around(file, &place);
            match windows.last_mut() {
                Some(last) if around.start <= last.end || is_near(&file.text, last.end..around.start) => {
                    last.end = last.end.max(around.end);
                }
                _ => windows.push(around),
            }
        }
        let cut = |range: Range<usize>| Window {
            lines: file.line_column(range.start).line as usize - 1,
            bytes: range.start,
            text: same_length(file.text.get(range).unwrap_or_default()).into_owned(),
        };
        Snippets { name: escaped(&file.name).into_owned(), windows: windows.into_iter().map(cut).collect() }
    }
}

/// The whole lines that are drawn for a place.
fn lines_around(file: &SourceFile, place: &Range<usize>) -> Range<usize> {
    let first = file.line_column(place.start).line;
    let last = file.line_column(place.end).line;
    let start = file.line_range(first.saturating_sub(LINES_ABOVE).max(1)).map_or(0, |line| line.start);
    let below = (last..=last + LINES_BELOW).rev().find_map(|line| file.line_range(line));
    let end = below.map_or(file.text.len(), |line| (line.end + 1).min(file.text.len()));
    start..end
}

fn is_near(text: &str, between: Range<usize>) -> bool {
    let between = text.as_bytes().get(between).unwrap_or_default();
    between.len() <= NEAR_BYTES && between.split(|b| *b == b'\n').count() - 1 <= NEAR_LINES
}

impl SourceCode for Snippets {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let holds = |window: &&Window| {
            let end = window.bytes + window.text.len();
            (window.bytes..=end).contains(&span.offset()) && span.offset() + span.len() <= end
        };
        let window = self.windows.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        let shifted = SourceSpan::from((span.offset() - window.bytes, span.len()));
        let found = window.text.read_span(&shifted, lines_before, lines_after)?;
        let text = window.text.as_bytes();
        let (start, length) = (found.span().offset(), found.span().len());
        // What miette asks this number for: whether the next place begins before these lines end.
        let line_count = window.text.matches('\n').count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            text.get(start..start + length).unwrap_or_default(),
            (start + window.bytes, length).into(),
            found.line() + window.lines,
            found.column(),
            line_count,
        )))
    }
}
