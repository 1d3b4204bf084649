//! About packages and keys.

pub mod directive_words;
pub mod double_slash_in_url;
pub mod duplicate_key;
pub mod duplicate_option;
pub mod duplicate_rpm;
pub mod empty_argument;
pub mod file_conflict;
pub mod filename_is_not_nevra;
pub mod filesystem_not_first;
pub mod insecure_url;
pub mod key_after_package;
pub mod location_scheme;
pub mod missing_dependency;
pub mod mixed_architecture;
pub mod mixed_distribution;
pub mod no_key;
pub mod not_an_rpm_name;
pub mod package_as_key;
pub mod placeholder_host;
pub mod repository_not_set;
pub mod rpm_before_base;
pub mod same_package_two_versions;
pub mod source_package;
pub mod unknown_directive;
pub mod unknown_rpm_option;
pub mod unpinned_rpm;
pub mod url_with_password;

/// True for the file name of a package.
#[allow(clippy::case_sensitive_file_extension_comparisons, reason = "packages are named .rpm in lower case")]
fn is_rpm_name(file_name: &str) -> bool {
    file_name.ends_with(".rpm")
}
