//! About how a nail is written, whatever it means.

pub mod comment_without_space;
pub mod double_brackets;
pub mod function_keyword;
pub mod line_too_long;
pub mod lower_case_global;
pub mod trailing_blank;
pub mod unformatted;
