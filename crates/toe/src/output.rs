//! Standard output and standard error, without the panics of `println!`.

use std::io::{ErrorKind, Write};

/// Writes a result. A reader that has gone away, as in `toe plan FOOT | head`, ends the program quietly; what
/// else keeps results from being written (a full disk) ends it with a message, as they would be missing otherwise.
pub fn result(text: &str) {
    bytes(text.as_bytes());
}

/// [`result`] for what need not be text.
pub fn bytes(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let Err(error) = out.write_all(bytes).and_then(|()| out.flush()) else { return };
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    message(&format!("toe: cannot write the result to standard output: {error}\n"));
    std::process::exit(2);
}

/// Writes a message for people; when nobody can read it the run goes on.
pub fn message(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// `print!` through [`result`].
macro_rules! out {
    ($($arg:tt)*) => { $crate::output::result(&format!($($arg)*)) };
}

/// `println!` through [`result`].
macro_rules! outln {
    ($($arg:tt)*) => { $crate::output::result(&(format!($($arg)*) + "\n")) };
}

/// `eprint!` through [`message`].
macro_rules! err {
    ($($arg:tt)*) => { $crate::output::message(&format!($($arg)*)) };
}

/// `eprintln!` through [`message`].
macro_rules! errln {
    ($($arg:tt)*) => { $crate::output::message(&(format!($($arg)*) + "\n")) };
}
