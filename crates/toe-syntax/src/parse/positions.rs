//! Where the bytes of a text that was taken out of the nail (backquotes, `<<-`) stood in it.

use toe_source::{SourceId, Span};

/// From offsets in a text to offsets in the nail.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    source: SourceId,
    /// Offset in the text, offset in the nail; from each on the two advance together.
    steps: Vec<(usize, usize)>,
}

impl Positions {
    /// The nail itself.
    pub(super) fn of_nail(source: SourceId) -> Self {
        Positions { source, steps: vec![(0, 0)] }
    }

    /// The span of `start..end` of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        // The end is found from the last byte: what was left out after it does not belong to it.
        let last = if end > start { self.outer(end - 1) + 1 } else { self.outer(end) };
        Span::new(self.source, self.outer(start), last)
    }

    fn outer(&self, inner: usize) -> usize {
        if let [(from, to)] = self.steps.as_slice()
            && *from <= inner
        {
            return to + (inner - from);
        }
        let after = self.steps.partition_point(|(from, _)| *from <= inner);
        match after.checked_sub(1).and_then(|i| self.steps.get(i)) {
            Some((from, to)) => to + (inner - from),
            None => inner,
        }
    }
}

/// A text made by leaving bytes out of another.
pub(super) struct Excerpt<'p> {
    outer: &'p Positions,
    /// What was taken.
    pub(super) text: String,
    steps: Vec<(usize, usize)>,
}

impl<'p> Excerpt<'p> {
    /// Nothing yet; offsets are of the text that `outer` describes.
    pub(super) fn new(outer: &'p Positions) -> Self {
        Excerpt { outer, text: String::new(), steps: Vec::new() }
    }

    /// Takes `piece`, which begins at `offset`.
    pub(super) fn take(&mut self, piece: &str, offset: usize) {
        if piece.is_empty() {
            return;
        }
        let end = offset + piece.len();
        let inner = self.text.len();
        // The steps of the outer text within the piece, then the piece's own beginning.
        self.steps.push((inner, self.outer.outer(offset)));
        let first = self.outer.steps.partition_point(|(from, _)| *from <= offset);
        for (from, to) in self.outer.steps.iter().skip(first).take_while(|(from, _)| *from < end) {
            self.steps.push((inner + (from - offset), *to));
        }
        self.text.push_str(piece);
    }

    /// The text and where its bytes stood in the nail.
    pub(super) fn finish(mut self, empty_at: usize) -> (String, Positions) {
        if self.steps.is_empty() {
            self.steps.push((0, self.outer.outer(empty_at)));
        }
        (self.text, Positions { source: self.outer.source, steps: self.steps })
    }
}
