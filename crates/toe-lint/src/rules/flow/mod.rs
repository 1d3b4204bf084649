//! About commands and the order in which they run.

pub mod and_or_as_if;
pub mod assignment_prefix_unseen;
pub mod assignment_with_spaces;
pub mod case_without_default;
pub mod command_in_brackets;
pub mod constant_condition;
pub mod does_not_evaluate;
pub mod dollar_in_declaration;
pub mod dollar_on_assignment;
pub mod glob_in_single_test;
pub mod loop_never_runs;
pub mod loop_runs_once;
pub mod masked_status;
pub mod missing_space_in_test;
pub mod number_compared_as_text;
pub mod operator_in_single_test;
pub mod pattern_unreachable;
pub mod quoted_pattern;
pub mod quoted_regex;
pub mod status_after_test;
pub mod substitution_as_command;
pub mod unquoted_test_operand;
pub mod unreachable_code;
pub mod version_compared_as_number;
