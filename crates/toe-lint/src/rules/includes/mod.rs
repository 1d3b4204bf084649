//! About nails that include each other.

pub mod conditional_include;
pub mod include_after_use;
pub mod include_arity;
pub mod include_bare_name;
pub mod include_cycle;
pub mod include_escapes_tree;
pub mod include_not_a_nail;
pub mod include_not_constant;
pub mod include_not_found;
pub mod include_twice;
pub mod source_instead_of_include;
