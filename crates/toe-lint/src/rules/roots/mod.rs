//! About where the SOCK is built.

pub mod base_not_sock_dir;
pub mod base_twice;
pub mod second_sock_dir;
pub mod sock_dir_after_base;
pub mod sock_dir_dangerous;
