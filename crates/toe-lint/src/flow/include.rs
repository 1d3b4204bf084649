//! `Include`, `source`, `ShadowCheck`: the nail is looked up as the evaluation does it, and walked in place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toe_source::Span;

use super::condition::Tested;
use super::function::known_words;
use super::nails::{Found, Loaded};
use super::record::{Branch, Edge, Includer, Target};
use super::simple::Args;
use super::value::Texts;
use super::walker::Walker;

/// Nails within nails that are followed.
const MOST_NAILS: usize = 64;

impl Walker<'_> {
    pub(super) fn include(&mut self, args: &Args, span: Span) -> Tested {
        self.include_by(Includer::Include, args, span);
        Tested::default()
    }

    pub(super) fn source(&mut self, args: &Args, span: Span) -> Tested {
        if self.substitutions > 0 {
            self.state.change_unknown();
        } else {
            self.include_by(Includer::Source, args, span);
        }
        Tested::default()
    }

    pub(super) fn shadow_check(&mut self, span: Span) -> Tested {
        let branch = Branch { at: self.branching(), arm: 0 };
        let mark = self.state.mark();
        self.within(branch, None, |walker| {
            walker.enter_file(Includer::ShadowCheck, "TOENAILS/shadow-utils", &[], span, span);
        });
        let end = self.state.since(mark, None);
        self.state.undo(mark);
        let without = self.state.since(mark, None);
        self.state.join(vec![end, without]);
        Tested::default()
    }

    fn include_by(&mut self, includer: Includer, args: &Args, span: Span) {
        let Some(((word, fields), rest)) = args.split_first() else {
            self.note_edge(includer, span, span, Target::NoWord);
            return;
        };
        let file = match fields.as_deref() {
            Some([texts]) => texts.clone(),
            _ => Texts::Any,
        };
        match file.known() {
            Some([only]) => self.enter_file(includer, only, rest, span, *word),
            Some(files) if matches!(fields.as_deref(), Some([_])) => {
                let at = self.branching();
                let mark = self.state.mark();
                let mut ends = Vec::new();
                for (arm, file) in (0..).zip(files) {
                    self.within(Branch { at, arm }, None, |walker| {
                        walker.enter_file(includer, file, rest, span, *word);
                    });
                    ends.push(self.state.since(mark, None));
                    self.state.undo(mark);
                }
                self.state.join(ends);
            }
            _ => {
                self.note_edge(includer, span, *word, Target::Unknown);
                self.state.change_unknown();
            }
        }
    }

    /// Looks the nail up and walks it.
    fn enter_file(
        &mut self,
        includer: Includer,
        file: &str,
        rest: &[(Span, super::expand::Fields)],
        span: Span,
        word: Span,
    ) {
        self.step(8);
        let mut looked = Vec::new();
        for path in self.candidates(includer, file) {
            let name = path.to_string_lossy().into_owned();
            match self.nails.at(&path) {
                Found::Missing => looked.push(path),
                Found::Nail(nail) => {
                    if self.open.contains(&nail.identity) {
                        self.note_edge(includer, span, word, Target::Cycle { file: name });
                        return;
                    }
                    let Loaded { source, identity, .. } = nail.clone();
                    self.note_edge(includer, span, word, Target::Nail { source, identity });
                    self.enter_nail(includer, nail, &name, rest, word);
                    return;
                }
                Found::Broken(message) => {
                    self.note_edge(includer, span, word, Target::Broken { file: name, message });
                    self.state.change_unknown();
                    return;
                }
                Found::Unreadable(reason) => {
                    self.note_edge(includer, span, word, Target::Unreadable { file: name, reason });
                    self.state.change_unknown();
                    return;
                }
            }
        }
        let near = self.near(file, &looked);
        self.note_edge(includer, span, word, Target::Missing { file: file.to_owned(), looked, near });
        if includer != Includer::ShadowCheck {
            self.state.change_unknown();
        }
    }

    /// The file as it would be written with the nearest name that is there.
    fn near(&mut self, file: &str, looked: &[PathBuf]) -> Option<String> {
        if self.muted > 0 || !self.step(64) {
            return None;
        }
        let (directory, name) = match file.rsplit_once('/') {
            Some((directory, name)) => (Some(directory), name),
            None => (None, file),
        };
        let names: Vec<String> = looked.iter().flat_map(|path| self.nails.beside(path)).collect();
        let near = crate::word_text::nearest(name, names.iter().map(String::as_str))?;
        Some(directory.map_or_else(|| near.to_owned(), |directory| format!("{directory}/{near}")))
    }

    fn candidates(&self, includer: Includer, file: &str) -> Vec<PathBuf> {
        let path = Path::new(file);
        let mut all = vec![path.to_owned()];
        if path.is_absolute() || includer == Includer::Source || file.is_empty() {
            return all;
        }
        let beside = Path::new(&*self.file).parent().map(|directory| directory.join(path));
        let nail_path = self.settings.nail_path.iter().map(|directory| directory.join(path));
        for candidate in beside.into_iter().chain(nail_path) {
            if !all.contains(&candidate) {
                all.push(candidate);
            }
        }
        all
    }

    fn enter_nail(
        &mut self,
        includer: Includer,
        nail: Loaded,
        name: &str,
        rest: &[(Span, super::expand::Fields)],
        word: Span,
    ) {
        if self.open.len() >= MOST_NAILS {
            self.state.change_unknown();
            return;
        }
        self.open.push(nail.identity);
        let file = std::mem::replace(&mut self.file, Arc::from(name));
        let chain = self.included_from.iter().copied().chain([word]).collect();
        let chain = std::mem::replace(&mut self.included_from, chain);
        let before = self.state.positional().clone();
        let is_source = includer == Includer::Source;
        if !(is_source && rest.is_empty()) {
            self.state.set_positional(known_words(rest));
        }
        if is_source {
            self.sourced(&nail.tree.body);
            // What `set --` in the file leaves behind is not followed.
            if !self.state.dead && *self.state.positional() != before {
                self.state.set_positional(None);
            }
        } else {
            self.framed(|walker| {
                walker.list(&nail.tree.body);
            });
            if !self.state.dead {
                self.state.set_positional(before);
            }
        }
        self.included_from = chain;
        self.file = file;
        self.open.pop();
    }

    /// A file in the running frame, which `return` leaves all the same.
    fn sourced(&mut self, body: &toe_syntax::tree::List) {
        let mark = self.state.mark();
        let loops = std::mem::take(&mut self.loops);
        let Some((frame_mark, outer)) = self
            .frames
            .last_mut()
            .map(|frame| (std::mem::replace(&mut frame.mark, mark), std::mem::take(&mut frame.returns)))
        else {
            return;
        };
        self.list(body);
        self.loops = loops;
        let mut ends = match self.frames.last_mut() {
            Some(frame) => {
                frame.mark = frame_mark;
                std::mem::replace(&mut frame.returns, outer)
            }
            None => Vec::new(),
        };
        if !ends.is_empty() {
            ends.push(self.state.since(mark, None));
            self.state.undo(mark);
            self.state.join(ends);
        }
    }

    fn note_edge(&mut self, includer: Includer, span: Span, word: Span, target: Target) {
        let is_known = matches!(target, Target::Nail { .. } | Target::Cycle { .. });
        if !is_known && includer != Includer::ShadowCheck {
            self.flow.misses_nails = true;
        }
        if self.muted == 0 {
            let (situation, wants_inputs) = (self.situation(), self.state.wants_inputs());
            self.flow.edges.push(Edge { includer, span, word, target, wants_inputs, situation });
        }
    }
}
