//! Progress for people: bars on a terminal, a line a phase elsewhere, nothing when quiet.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use toe_source::{Event, Observer, SourceMap};

use crate::render;
use crate::terminal::Terminal;

/// Shows the events of a run on standard error.
pub struct Progress<'a> {
    terminal: &'a Terminal,
    sources: &'a SourceMap,
    phase: Mutex<Option<Phase>>,
}

struct Phase {
    name: String,
    bar: ProgressBar,
    started: Instant,
    bytes: bool,
    done: u64,
}

impl<'a> Progress<'a> {
    /// An observer whose warnings point into `sources`.
    pub fn new(terminal: &'a Terminal, sources: &'a SourceMap) -> Self {
        Progress { terminal, sources, phase: Mutex::new(None) }
    }

    /// Writes above the running bar without tearing it.
    fn print(&self, text: &str) {
        let phase = self.phase.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match phase.as_ref() {
            Some(phase) => phase.bar.suspend(|| err!("{text}")),
            None => err!("{text}"),
        }
    }

    fn begin(&self, name: &str, total: Option<u64>, bytes: bool) {
        let target =
            if self.terminal.bars { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(total, target);
        let template = match (total, bytes) {
            (Some(_), true) => "{prefix:>12} [{bar:24}] {bytes}/{total_bytes} {bytes_per_sec} {wide_msg}",
            (Some(_), false) => "{prefix:>12} [{bar:24}] {pos}/{len} {wide_msg}",
            (None, true) => "{prefix:>12} {spinner} {bytes} {wide_msg}",
            (None, false) => "{prefix:>12} {spinner} {wide_msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_prefix(name.to_owned());
        if self.terminal.bars {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        let mut phase = self.phase.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *phase = Some(Phase { name: name.to_owned(), bar, started: Instant::now(), bytes, done: 0 });
    }

    fn end(&self) {
        let ended = self.phase.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let Some(phase) = ended else { return };
        phase.bar.finish_and_clear();
        if !self.terminal.quiet {
            let amount = match (phase.done, phase.bytes) {
                (0, _) => String::new(),
                (n, true) => format!(" {},", HumanBytes(n)),
                (n, false) => format!(" {n},"),
            };
            errln!("{:>12}:{amount} {:.1} s", phase.name, phase.started.elapsed().as_secs_f64());
        }
    }
}

impl Observer for Progress<'_> {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Phase { name, total, bytes } => self.begin(name, total, bytes),
            Event::PhaseDone => self.end(),
            Event::Advance { by } => {
                let mut phase = self.phase.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if let Some(phase) = phase.as_mut() {
                    phase.done += by;
                    phase.bar.inc(by);
                }
            }
            Event::Item { name } => {
                let phase = self.phase.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if let Some(phase) = phase.as_ref() {
                    phase.bar.set_message(render::escaped(name).into_owned());
                }
            }
            Event::Warning(diagnostic) => {
                if !self.terminal.quiet {
                    self.print(&render::text::render(diagnostic, self.sources, self.terminal));
                }
            }
            Event::Line { from, text } => {
                if !self.terminal.quiet {
                    let text = render::escaped(text);
                    let line = match from {
                        "" => format!("{text}\n"),
                        from => format!("{}: {text}\n", render::escaped(from)),
                    };
                    self.print(&line);
                }
            }
        }
    }
}
