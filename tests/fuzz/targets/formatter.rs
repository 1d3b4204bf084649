//! libFuzzer's entry to the check of the same name.

#![no_main]

#[path = "../checks/formatter.rs"]
mod formatter;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| formatter::check(bytes));
