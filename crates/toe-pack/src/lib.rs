//! From chroot to package.
