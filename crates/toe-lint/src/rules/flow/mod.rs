//! About commands and the order in which they run.

pub mod assignment_prefix_unseen;
pub mod assignment_with_spaces;
pub mod constant_condition;
pub mod does_not_evaluate;
pub mod dollar_on_assignment;
pub mod loop_runs_once;
pub mod number_compared_as_text;
pub mod pattern_unreachable;
pub mod quoted_regex;
pub mod unquoted_test_operand;
pub mod unreachable_code;
