//! About the text of a nail.

pub mod ampersand_in_word;
pub mod byte_order_mark;
pub mod carriage_return;
pub mod comment_breaks_continuation;
pub mod comment_ends_in_backslash;
pub mod else_if;
pub mod empty_body;
pub mod html_entity;
pub mod invalid_utf8;
pub mod keyword_as_command;
pub mod keyword_case;
pub mod missing_final_newline;
pub mod missing_heredoc_end;
pub mod nesting_too_deep;
pub mod nul_byte;
pub mod outside_subset;
pub mod parenthesis_in_word;
pub mod semicolon_in_url;
pub mod space_after_continuation;
pub mod syntax_error;
pub mod unbalanced_keyword;
pub mod unicode_quote;
pub mod unicode_space;
