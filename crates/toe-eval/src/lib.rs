//! From tree to plan: variables, expansion, control flow, built-ins, directives, includes.
//!
//! [`evaluate`] reads a foot through a [`Host`] and yields a [`Evaluation`]: the plan, the texts that
//! were read, and what was wrong. It has no side effects; everything that it knows of the outside it
//! asks its host. Inside the subset of the language page a nail means what bash 5.2 says under
//! `set -u`; outside of it there is an [`EvalError`].

mod arith;
mod assign;
mod builtin;
mod directive;
mod error;
mod evaluation;
mod exec;
mod expand;
mod host;
mod limits;
mod machine;
mod memory_host;
mod program;
mod real_host;
mod regex;
mod scope;
mod settings;
mod shared_files;
mod stop;
mod suggest;

pub use builtin::is_foreign_builtin;
pub use error::{EvalError, EvalErrorKind};
pub use evaluation::{Evaluation, LoadedNail, PLAN_VARIABLES, evaluate, required_checks};
pub use exec::instead_of_program;
pub use expand::{is_magic_variable, is_shell_variable};
pub use host::{CommandOutput, DirEntry, FileKind, Host, HostError, NailFile};
pub use limits::Limits;
pub use memory_host::MemoryHost;
pub use real_host::RealHost;
pub use settings::Settings;
pub use shared_files::SharedFiles;
