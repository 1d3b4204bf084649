//! The command line, typed, without logic.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use toe_lint::Selector;
use toe_source::{Safety, Severity};

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
    /// Check a foot, assemble its SOCK and package it
    ///
    /// Without FOOT, the built-in example is built below ./toe-demo: a small daemon in its own SOCK, from
    /// packages that toe makes on the spot. It needs no repository, no network and no root.
    Run(RunArgs),
    /// Assemble the SOCK of a foot
    Sew(SewArgs),
    /// Package the assembled SOCK of a foot
    Pair(PairArgs),
    /// Evaluate a foot and show what `run` would do; touches nothing, fetches nothing
    Plan(PlanArgs),
    /// Format nails
    Fmt(FmtArgs),
    /// Find mistakes in nails
    Lint(LintArgs),
    /// Show what a rule of `lint` finds, and why
    Explain(ExplainArgs),
}

/// How a foot is read.
#[derive(Debug, Clone, Args)]
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
    /// Let commands that are not of the language run on this machine (`lint` lists them and runs none)
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

/// What is linted, and what counts.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("mending").multiple(true))]
pub struct LintArgs {
    /// Nails, directories with nails (*.nail, *.foot and the files of TOENAILS), or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub eval: EvalArgs,
    /// Make the safe fixes in the nails; of standard input, write the mended nail to standard output
    #[arg(long, group = "mending")]
    pub fix: bool,
    /// Make fixes too after which a nail may mean something else
    #[arg(long = "unsafe", requires = "mending")]
    pub unsafe_too: bool,
    /// Write nothing; show what --fix would change, and end with status 1 if it would change anything
    #[arg(long, group = "mending")]
    pub diff: bool,
    /// Ask these rules only: codes, names, beginnings of codes such as TOE4, DEFAULT or ALL
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = selector)]
    pub select: Vec<Selector>,
    /// Do not ask these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = selector)]
    pub ignore: Vec<Selector>,
    /// Read this toe.toml instead of the nearest one above each nail
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Read no toe.toml
    #[arg(long, conflicts_with = "config")]
    pub isolated: bool,
    /// Show the settings for the nails instead of linting them
    #[arg(long)]
    pub show_settings: bool,
    /// What standard input is called, and where its includes and its toe.toml are looked for
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// Fetch the packages of feet, and ask the rules that look into them
    #[arg(long)]
    pub online: bool,
    /// Where downloads are kept [default: $XDG_CACHE_HOME/toe, else ~/.cache/toe]
    #[arg(long, value_name = "DIR", requires = "online")]
    pub cache: Option<PathBuf>,
    /// How the findings are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: LintFormat,
    /// End with status 1 for findings as bad as this, or worse [default: that of toe.toml, else warning]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
}

impl LintArgs {
    /// How safe the fixes are at least that are made, if any are.
    pub fn least_safety(&self) -> Option<Safety> {
        let least = if self.unsafe_too { Safety::Unsafe } else { Safety::Safe };
        (self.fix || self.diff).then_some(least)
    }
}

fn selector(word: &str) -> Result<Selector, String> {
    Selector::parse(word).map_err(|unknown| format!("there is no such rule; {}", unknown.help()))
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// For people
    Text,
    /// One JSON document, also on failure
    Json,
    /// A log of SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// The findings that make a lint fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// What is wrong
    Error,
    /// What is probably a mistake, too
    Warning,
    /// What could be written better, too
    Style,
    /// What is worth knowing, too
    Info,
    /// Nothing
    Never,
}

impl From<FailOn> for toe_lint::FailOn {
    fn from(limit: FailOn) -> Self {
        match limit {
            FailOn::Error => toe_lint::FailOn::AtLeast(Severity::Error),
            FailOn::Warning => toe_lint::FailOn::AtLeast(Severity::Warning),
            FailOn::Style => toe_lint::FailOn::AtLeast(Severity::Style),
            FailOn::Info => toe_lint::FailOn::AtLeast(Severity::Info),
            FailOn::Never => toe_lint::FailOn::Never,
        }
    }
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A code that `lint` shows, such as TOE103, or the rule's name; the rules are listed for the beginning of codes,
    /// such as TOE1, and without it
    pub code: Option<String>,
}

/// How a SOCK is assembled.
#[derive(Debug, Args)]
pub struct AssembleArgs {
    /// Use the cache only
    #[arg(long)]
    pub offline: bool,
    /// Where downloads are kept [default: $XDG_CACHE_HOME/toe, else ~/.cache/toe]
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// Run no scriptlet and no trigger of any package
    #[arg(long)]
    pub no_scripts: bool,
    /// Do not make the foot's Symlinks on this host
    #[arg(long)]
    pub no_host_links: bool,
    /// Build from nothing, also where the SOCK exists
    #[arg(long)]
    pub fresh: bool,
    /// Take over a directory that toe did not make; its content stays
    #[arg(long)]
    pub adopt: bool,
    /// Fail when another run holds the SOCK, instead of waiting for it
    #[arg(long)]
    pub no_wait: bool,
    /// Downloads and packages worked on at once [default: processors]
    #[arg(short = 'j', long, value_name = "N")]
    pub jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub struct SewArgs {
    /// The foot
    pub foot: String,
    #[command(flatten)]
    pub eval: EvalArgs,
    #[command(flatten)]
    pub assemble: AssembleArgs,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct PairArgs {
    /// The foot
    pub foot: String,
    #[command(flatten)]
    pub eval: EvalArgs,
    /// Where the package is written
    #[arg(short = 'o', long, value_name = "DIR", default_value = ".")]
    pub output: PathBuf,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct RunArgs {
    /// The foot; without it the built-in example is built below ./toe-demo
    pub foot: Option<String>,
    #[command(flatten)]
    pub eval: EvalArgs,
    #[command(flatten)]
    pub assemble: AssembleArgs,
    /// Assemble only
    #[arg(long)]
    pub no_pair: bool,
    /// Where the package is written
    #[arg(short = 'o', long, value_name = "DIR", default_value = ".")]
    pub output: PathBuf,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
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
