//! The nail's tree, its parser over `grammar/toenail.pest`, and its printer.

pub mod error;
pub mod parse;
pub mod print;
pub mod tree;

pub use error::SyntaxError;
pub use parse::{Parsed, decode, parse, parse_bytes};
pub use print::{FormatError, FormatOptions, format, is_formatted};
