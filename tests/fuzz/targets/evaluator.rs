//! libFuzzer's entry to the check of the same name.

#![no_main]

#[path = "../checks/evaluator.rs"]
mod evaluator;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evaluator::check(bytes));
