//! The text being written: indentation, and the alignment of comments at the ends of lines.

/// What was written so far.
pub(super) struct Page {
    out: String,
    indent: u8,
    level: usize,
    /// The level of the line being written.
    line_level: usize,
    /// For each open block, whether the level was raised for it.
    raised: Vec<bool>,
    /// Where in `out` comments stand after a command.
    trailing: Vec<usize>,
}

impl Page {
    pub fn new(indent: u8, capacity: usize) -> Self {
        let out = String::with_capacity(capacity);
        Page { out, indent, level: 0, line_level: 0, raised: Vec::new(), trailing: Vec::new() }
    }

    pub fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Opens a block. A line raises the level of those after it by one at most, however many
    /// blocks begin in it; then the level falls with the innermost.
    pub fn open_block(&mut self) {
        let mut raise = false;
        if self.level <= self.line_level || self.raised.is_empty() {
            self.level += 1;
            raise = true;
        } else if let Some(outer) = self.raised.last_mut().filter(|outer| **outer) {
            *outer = false;
            raise = true;
        }
        self.raised.push(raise);
    }

    /// Closes the block opened last.
    pub fn close_block(&mut self) {
        if self.raised.pop() == Some(true) {
            self.level = self.level.saturating_sub(1);
        }
    }

    /// Raises the level by one, whatever the line holds.
    pub fn raise(&mut self) {
        self.level += 1;
    }

    /// Takes back [`Page::raise`].
    pub fn lower(&mut self) {
        self.level = self.level.saturating_sub(1);
    }

    /// The level at which the line being written begins.
    pub fn line_level(&self) -> usize {
        self.line_level
    }

    /// True when a level is a tab.
    pub fn has_tabs(&self) -> bool {
        self.indent == 0
    }

    /// Begins a line at the level of now.
    pub fn indent(&mut self) {
        self.line_level = self.level;
        let (unit, count) =
            if self.indent == 0 { ("\t", self.level) } else { (" ", self.level * self.indent as usize) };
        for _ in 0..count {
            self.out.push_str(unit);
        }
    }

    /// A comment after a command follows: it is aligned with those of the lines around it.
    pub fn mark_trailing(&mut self) {
        self.trailing.push(self.out.len());
    }

    /// True when the line being written is blank.
    pub fn is_at_line_start(&self) -> bool {
        self.out.is_empty() || self.out.ends_with(['\n', '\t', ' '])
    }

    /// True when nothing was written.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The text, its comments aligned: those of neighbouring lines begin in one column, one blank
    /// after the longest command. A tab counts as one column, as in shfmt.
    pub fn finish(self) -> String {
        if self.trailing.is_empty() {
            return self.out;
        }
        let mut aligned = String::with_capacity(self.out.len() + self.trailing.len() * 4);
        let mut marks = self.trailing.iter().copied().peekable();
        let mut block: Vec<(&str, &str)> = Vec::new();
        let mut offset = 0;
        for line in self.out.split_inclusive('\n') {
            let end = offset + line.len();
            if let Some(mark) = marks.next_if(|mark| *mark < end) {
                block.push(line.split_at(mark - offset));
            } else {
                write_block(&mut aligned, &mut block);
                aligned.push_str(line);
            }
            offset = end;
        }
        write_block(&mut aligned, &mut block);
        aligned
    }
}

fn write_block(aligned: &mut String, block: &mut Vec<(&str, &str)>) {
    let widest = block.iter().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
    for (command, comment) in block.drain(..) {
        aligned.push_str(command);
        for _ in command.chars().count()..=widest {
            aligned.push(' ');
        }
        aligned.push_str(comment);
    }
}
