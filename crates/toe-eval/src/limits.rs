//! The bounds of an evaluation, as the language page states them.

/// Bounds on time and memory; the default is the language page's section "Limits".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Include and `source` within each other.
    pub include_depth: usize,
    /// Function calls within each other.
    pub function_depth: usize,
    /// Commands and substitutions within each other at run time, over all functions and includes.
    pub nesting_depth: usize,
    /// Commands, loop turns, expansions, and work done by patterns and programs.
    pub steps: u64,
    /// Bytes of one expanded word.
    pub word_bytes: usize,
    /// Bytes of all values held at a time.
    pub value_bytes: usize,
    /// Directives of a plan.
    pub directives: usize,
    /// Bytes of one file.
    pub file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            include_depth: 64,
            function_depth: 256,
            nesting_depth: 4096,
            steps: 10_000_000,
            word_bytes: 1 << 20,
            value_bytes: 64 << 20,
            directives: 1_000_000,
            file_bytes: 16 << 20,
        }
    }
}
