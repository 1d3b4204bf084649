//! From plan to chroot.
