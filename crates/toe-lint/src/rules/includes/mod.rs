//! About nails that include each other.

pub mod include_cycle;
