//! The generated matcher.
#![allow(missing_docs)]

/// Matches `grammar/toenail.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../../grammar/toenail.pest"]
pub struct NailParser;
