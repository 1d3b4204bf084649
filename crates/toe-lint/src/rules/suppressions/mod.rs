//! About the comments that silence rules.

pub mod suppression_without_code;
pub mod suppression_without_reason;
pub mod unknown_rule_in_comment;
pub mod unused_suppression;
