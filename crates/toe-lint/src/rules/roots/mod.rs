//! About where the SOCK is built.

pub mod sock_dir_dangerous;
