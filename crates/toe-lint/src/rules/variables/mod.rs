//! About variables and functions.

pub mod exit_in_include;
pub mod function_before_definition;
pub mod global_set_in_function;
pub mod local_outside_function;
pub mod lost_in_subshell;
pub mod maybe_unset_variable;
pub mod overwritten_before_read;
pub mod readonly_assignment;
pub mod redefined_directive;
pub mod reserved_variable;
pub mod self_assignment;
pub mod shadowed_by_local;
pub mod unbounded_recursion;
pub mod unset_in_arithmetic;
pub mod unset_variable;
pub mod unused_function;
pub mod unused_variable;
