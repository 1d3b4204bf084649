//! Many generated commands of one kind, run by bash and by toe: the same output and status, or an error
//! where bash may well go on, but for a known share only. `TOE_CASES` multiplies their number.

// A test may end in a panic.
#![allow(clippy::unwrap_used)]

mod classes;
mod oracle;
mod patterns;
mod printf;
mod programs;
mod random;
mod regex;
