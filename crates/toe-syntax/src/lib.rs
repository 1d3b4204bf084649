//! The nail's tree, its parser over `grammar/toenail.pest`, and its printer.

pub mod tree;
