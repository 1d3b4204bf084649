//! From plan to chroot.

pub mod sandbox;
