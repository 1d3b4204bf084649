//! About words and expansions.

pub mod array_without_index;
pub mod backquotes;
pub mod expansion_in_single_quotes;
pub mod octal_number;
pub mod positional_over_nine;
pub mod tilde_in_quotes;
pub mod unquoted_array;
