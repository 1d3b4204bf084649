//! About devices and links.

pub mod dangerous_device;
pub mod device_number;
pub mod device_path;
pub mod duplicate_device;
pub mod duplicate_symlink;
pub mod known_device_mismatch;
pub mod link_name_dangerous;
pub mod link_name_relative;
pub mod link_swapped;
pub mod link_target_absolute;
pub mod link_target_escapes;
pub mod link_target_has_sock_dir;
pub mod link_target_missing;
pub mod unknown_device_type;
