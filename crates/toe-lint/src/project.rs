//! What a project says of itself, which rules may ask for.

use std::ops::RangeInclusive;

/// Facts about a project that no nail tells, from its `toe.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Commands that its nails may run though they mean nothing to toe.
    pub allowed_commands: Vec<String>,
    /// Commands that mean nothing to toe may run where its nails are evaluated.
    pub allow_exec: bool,
    /// Variables that its own tools read, so that none is unused.
    pub tool_variables: Vec<String>,
    /// User and group numbers that are given out elsewhere.
    pub reserved_uids: Vec<RangeInclusive<u32>>,
}

/// Those that distributions give out by hand, `nobody`, and the two that mean "none" to system calls.
const RESERVED: [RangeInclusive<u32>; 3] = [1..=199, 65534..=65535, u32::MAX..=u32::MAX];

impl Default for Project {
    fn default() -> Self {
        Project {
            allowed_commands: Vec::new(),
            allow_exec: false,
            tool_variables: Vec::new(),
            reserved_uids: RESERVED.to_vec(),
        }
    }
}

impl Project {
    /// True for a number that is given out elsewhere.
    pub fn is_reserved(&self, id: u32) -> bool {
        self.reserved_uids.iter().any(|range| range.contains(&id))
    }
}
