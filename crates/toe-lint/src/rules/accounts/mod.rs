//! About users and groups.

pub mod bad_account_name;
pub mod duplicate_gid;
pub mod duplicate_name;
pub mod duplicate_uid;
pub mod gecos_colon;
pub mod gecos_twice;
pub mod gecos_unknown_user;
pub mod group_after_user;
pub mod home_inside_sock_dir;
pub mod id_leading_zero;
pub mod id_not_a_number;
pub mod relative_home;
pub mod shell_relative;
pub mod unknown_group;
