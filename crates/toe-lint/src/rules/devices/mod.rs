//! About devices and links.

pub mod dangerous_device;
pub mod duplicate_device;
pub mod duplicate_symlink;
pub mod known_device_mismatch;
pub mod link_target_has_sock_dir;
