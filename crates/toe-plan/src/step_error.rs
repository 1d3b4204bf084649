//! Why the words of a directive cannot work.

/// Why the words of a directive cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StepError {
    /// Index of the word in the arguments; `None` points at the directive itself.
    pub word: Option<usize>,
    /// What kind of mistake it is.
    pub fault: StepFault,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// The kinds of mistake in the words of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepFault {
    /// Too few or too many words.
    Count,
    /// `Write` without a here-document.
    NoBody,
    /// A word without a character.
    Empty,
    /// A word with a control character.
    Control,
    /// A path or text longer than the system allows.
    TooLong,
    /// A path that must begin with `/`.
    Relative,
    /// A path with `..`.
    DotDot,
    /// A field of passwd with `:`.
    Colon,
    /// A location of a scheme that is not fetched.
    Scheme,
    /// An option that `Rpm` does not have.
    Option,
    /// Something that is no number, or one out of range.
    Number,
    /// What cannot be the name of a user or group.
    AccountName,
    /// A comment field with `:` or a control character.
    Comment,
    /// A letter that names no kind of device.
    DeviceKind,
    /// What is no name below /dev.
    DevicePath,
    /// A mode that is not octal.
    Mode,
    /// What is not USER:GROUP.
    Owner,
    /// What cannot be the name of a unit.
    UnitName,
}
