//! About commands and the order in which they run.

pub mod assignment_with_spaces;
pub mod does_not_evaluate;
pub mod dollar_on_assignment;
