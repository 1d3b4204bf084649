//! What is known of the terminal, decided once.

use std::io::IsTerminal;

use crate::args::ColorChoice;

/// Colour, width and whether progress bars make sense.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Colours on standard error.
    pub color: bool,
    /// Standard error is a terminal and the user did not ask for quiet.
    pub bars: bool,
    /// Columns for reports.
    pub width: usize,
    /// Only errors are wanted.
    pub quiet: bool,
}

impl Terminal {
    /// Looks at the descriptors, NO_COLOR, CLICOLOR_FORCE, TERM and COLUMNS.
    pub fn from_environment(choice: ColorChoice, quiet: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let colored = |is_terminal: bool| match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if set("NO_COLOR") => false,
            ColorChoice::Auto if std::env::var_os("CLICOLOR_FORCE").is_some_and(|v| v != "0") => true,
            ColorChoice::Auto => is_terminal && !dumb,
        };
        let err = std::io::stderr().is_terminal();
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = columns.or_else(|| err.then(window_columns).flatten()).unwrap_or(100);
        Terminal { color: colored(err), bars: err && !quiet && !dumb, width: width.clamp(40, 120), quiet }
    }
}

fn window_columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stderr()).ok()?;
    (size.ws_col > 0).then_some(size.ws_col as usize)
}
