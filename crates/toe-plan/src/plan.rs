//! The whole plan and its stable forms.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Directive, Place};

/// A file that the evaluation read, with the digest of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The path as it was found.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A program of the host that ran while the foot was evaluated (`--allow-exec`): the plan may be another elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExternalCommand {
    /// Its words.
    pub args: Vec<String>,
    /// Where it is written.
    #[serde(flatten)]
    pub place: Place,
    /// The Include commands that led there, outermost first.
    pub included_from: Vec<Place>,
}

/// What a foot means. The field order is that of `toe plan --format json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Version of this format: 1.
    pub version: u32,
    /// The foot, as it was given.
    pub foot: String,
    /// Where the SOCK is built.
    pub sock_dir: String,
    /// The variables that mean something to `toe` (and were set), by name.
    pub variables: BTreeMap<String, String>,
    /// Every directive reached, in evaluation order.
    pub directives: Vec<Directive>,
    /// Every file read, in the order of reading, each once.
    pub inputs: Vec<Input>,
    /// Every program of the host that was run, in the order of running.
    pub external_commands: Vec<ExternalCommand>,
}

impl Plan {
    /// The version of the plan format that this crate writes.
    pub const VERSION: u32 = 1;

    /// The value of a variable that means something, such as `PACKAGE`.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }
}
