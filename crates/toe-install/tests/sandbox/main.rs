//! What a program in the sandbox sees, cannot do, and leaves behind.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod confinement;
mod ending;
mod root;
mod view;
