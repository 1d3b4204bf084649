//! From tree to plan.
