//! About variables and functions.

pub mod function_before_definition;
pub mod local_outside_function;
pub mod redefined_directive;
pub mod unset_variable;
pub mod unused_function;
pub mod unused_variable;
