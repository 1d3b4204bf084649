//! The command line, typed, without logic.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Builds application-specific chroots (SOCKs) from exact RPMs and ships them.
#[derive(Debug, Parser)]
#[command(name = "toe", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// When to use colours (NO_COLOR and CLICOLOR_FORCE are obeyed under `auto`)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON document, also on failure
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Evaluate a foot and show what `run` would do; touches nothing, fetches nothing
    Plan(PlanArgs),
    /// Format nails
    Fmt(FmtArgs),
}

/// How a foot is read.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Set a variable before the foot is read (assignments in the foot win)
    #[arg(short = 'D', long = "define", value_name = "NAME=VALUE", value_parser = define)]
    pub define: Vec<(String, String)>,
    /// Pass a variable in from the environment
    #[arg(long, value_name = "NAME")]
    pub env: Vec<String>,
    /// SOCK_DIR, overriding the foot
    #[arg(long, value_name = "DIR")]
    pub root: Option<String>,
    /// A directory where Include looks, after the current and the including file's
    #[arg(long, value_name = "DIR")]
    pub nail_path: Vec<PathBuf>,
    /// Let command substitutions run programs of this machine
    #[arg(long)]
    pub allow_exec: bool,
}

#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The foot
    pub foot: String,
    #[command(flatten)]
    pub eval: EvalArgs,
    /// How the plan is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// What is formatted, and whether it is written.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Nails, directories with nails (*.nail, *.foot and the files of TOENAILS), or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; name the nails that are not formatted, and end with status 1 if there are any
    #[arg(long)]
    pub check: bool,
    /// Write nothing; show what would change, and end with status 1 if anything would
    #[arg(long)]
    pub diff: bool,
}

fn define(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    let first = name.bytes().next().ok_or("the name is empty")?;
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if first.is_ascii_digit() || !name.bytes().all(word) {
        return Err(format!("`{name}` is not a variable name"));
    }
    Ok((name.to_owned(), value.to_owned()))
}
