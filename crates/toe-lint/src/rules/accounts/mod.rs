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
pub mod misspelled_account;
pub mod owner_before_account;
pub mod relative_home;
pub mod reserved_id;
pub mod shell_not_provided;
pub mod shell_relative;
pub mod swapped_uid_gid;
pub mod unknown_group;
