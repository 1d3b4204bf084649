//! The rules, one a file, in families.

pub mod accounts;
pub mod devices;
pub mod flow;
pub mod includes;
pub mod packages;
pub mod packaging;
pub mod suppressions;
pub mod text;
pub mod variables;
pub mod words;

use crate::rule::Rule;

/// All rules, by code: a new one is a module of its family and a line here.
pub const ALL: &[&Rule] = &[
    &text::syntax_error::RULE,
    &text::carriage_return::RULE,
    &text::byte_order_mark::RULE,
    &text::unicode_space::RULE,
    &text::unicode_quote::RULE,
    &text::invalid_utf8::RULE,
    &text::nul_byte::RULE,
    &text::space_after_continuation::RULE,
    &text::comment_breaks_continuation::RULE,
    &text::missing_heredoc_end::RULE,
    &flow::assignment_with_spaces::RULE,
    &flow::dollar_on_assignment::RULE,
    &text::empty_body::RULE,
    &text::outside_subset::RULE,
    &flow::does_not_evaluate::RULE,
    &words::expansion_in_single_quotes::RULE,
    &words::tilde_in_quotes::RULE,
    &words::positional_over_nine::RULE,
    &words::backquotes::RULE,
    &words::array_without_index::RULE,
    &words::unquoted_array::RULE,
    &words::octal_number::RULE,
    &variables::unset_variable::RULE,
    &variables::unused_variable::RULE,
    &variables::local_outside_function::RULE,
    &variables::function_before_definition::RULE,
    &variables::unused_function::RULE,
    &flow::unreachable_code::RULE,
    &flow::constant_condition::RULE,
    &flow::unquoted_test_operand::RULE,
    &flow::number_compared_as_text::RULE,
    &flow::quoted_regex::RULE,
    &flow::loop_runs_once::RULE,
    &flow::pattern_unreachable::RULE,
    &flow::assignment_prefix_unseen::RULE,
    &includes::include_cycle::RULE,
    &packages::unknown_directive::RULE,
    &packages::directive_words::RULE,
    &packages::unpinned_rpm::RULE,
    &packages::insecure_url::RULE,
    &packages::url_with_password::RULE,
    &packages::duplicate_rpm::RULE,
    &packages::same_package_two_versions::RULE,
    &packages::mixed_architecture::RULE,
    &packages::key_after_package::RULE,
    &accounts::group_after_user::RULE,
    &accounts::unknown_group::RULE,
    &accounts::duplicate_gid::RULE,
    &accounts::duplicate_uid::RULE,
    &accounts::duplicate_name::RULE,
    &accounts::id_leading_zero::RULE,
    &accounts::home_inside_sock_dir::RULE,
    &accounts::gecos_unknown_user::RULE,
    &accounts::gecos_twice::RULE,
    &devices::known_device_mismatch::RULE,
    &devices::duplicate_device::RULE,
    &devices::dangerous_device::RULE,
    &devices::link_target_has_sock_dir::RULE,
    &devices::duplicate_symlink::RULE,
    &packaging::bad_package_name::RULE,
    &packaging::bad_version::RULE,
    &suppressions::unused_suppression::RULE,
    &suppressions::unknown_rule_in_comment::RULE,
    &suppressions::suppression_without_code::RULE,
    &suppressions::suppression_without_reason::RULE,
];
