//! About users and groups.

pub mod duplicate_gid;
pub mod duplicate_name;
pub mod duplicate_uid;
pub mod gecos_twice;
pub mod gecos_unknown_user;
pub mod group_after_user;
pub mod home_inside_sock_dir;
pub mod id_leading_zero;
pub mod unknown_group;
