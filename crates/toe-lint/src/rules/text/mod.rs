//! About the text of a nail.

pub mod byte_order_mark;
pub mod carriage_return;
pub mod comment_breaks_continuation;
pub mod comment_ends_in_backslash;
pub mod empty_body;
pub mod invalid_utf8;
pub mod keyword_as_command;
pub mod missing_final_newline;
pub mod missing_heredoc_end;
pub mod nul_byte;
pub mod outside_subset;
pub mod semicolon_in_url;
pub mod space_after_continuation;
pub mod syntax_error;
pub mod unicode_quote;
pub mod unicode_space;
