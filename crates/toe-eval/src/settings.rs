//! What the command line says about an evaluation.

use std::path::PathBuf;

use crate::Limits;

/// The inputs of an evaluation besides the files.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `-D NAME=VALUE`: variables set before the foot, in order; later ones win.
    pub defines: Vec<(String, String)>,
    /// `--env NAME`: variables passed in from the environment, with their values. `-D` wins over them.
    pub env: Vec<(String, String)>,
    /// `--nail-path DIR`: where relative Include files are looked for last.
    pub nail_path: Vec<PathBuf>,
    /// `--root DIR`: the value of SOCK_DIR, whatever the foot assigns.
    pub root: Option<String>,
    /// `--allow-exec`: commands that are not of the subset run on the host.
    pub allow_exec: bool,
    /// Bounds on time and memory.
    pub limits: Limits,
}
