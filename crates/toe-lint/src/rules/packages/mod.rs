//! About packages and keys.

pub mod directive_words;
pub mod duplicate_rpm;
pub mod empty_argument;
pub mod insecure_url;
pub mod key_after_package;
pub mod location_scheme;
pub mod mixed_architecture;
pub mod same_package_two_versions;
pub mod unknown_directive;
pub mod unknown_rpm_option;
pub mod unpinned_rpm;
pub mod url_with_password;
