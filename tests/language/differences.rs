//! Where toe is stricter than bash on purpose: an error where bash goes on.

/// A nail, a part of the message that refuses it, the reason.
pub const DELIBERATE: &[(&str, &str, &str)] = &[];

/// Whether `errors` is one of these.
pub fn is_deliberate(errors: &str) -> bool {
    DELIBERATE.iter().any(|(_, error, _)| errors.contains(error))
}
