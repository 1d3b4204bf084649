//! About words and expansions.

pub mod array_in_string;
pub mod array_to_string;
pub mod array_without_index;
pub mod backquotes;
pub mod brace_literal;
pub mod collapsing_blanks;
pub mod default_hides_typo;
pub mod echo_in_substitution;
pub mod expansion_in_single_quotes;
pub mod glob_in_url;
pub mod glob_without_match;
pub mod literal_backslash_escape;
pub mod nested_expansion_invalid;
pub mod octal_number;
pub mod positional_over_nine;
pub mod quotes_end_early;
pub mod script_expanded_early;
pub mod split_expansion;
pub mod string_to_array;
pub mod strip_pattern_unquoted;
pub mod tilde_in_quotes;
pub mod undelimited_name;
pub mod unquoted_array;
pub mod unquoted_expansion;
