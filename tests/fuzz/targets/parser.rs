//! libFuzzer's entry to the check of the same name.

#![no_main]

#[path = "../checks/parser.rs"]
mod parser;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| parser::check(bytes));
