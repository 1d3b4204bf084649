//! The `toe` program.
fn main() {}
