//! Small packages made for one rule each: what is refused before the first write, what failing
//! scriptlets do, configuration files, links in the way.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod files;
mod fixture;
mod refused;
mod scriptlets;
