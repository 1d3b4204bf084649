//! From tree to plan: variables, expansion, control flow, built-ins, directives, includes.
//!
//! [`evaluate`] reads a foot through a [`Host`] and yields a [`Evaluation`]: the plan, the texts that
//! were read, and what was wrong. It has no side effects; everything that it knows of the outside it
//! asks its host. Inside the subset of the language page a nail means what bash 5.2 says under
//! `set -u`; outside of it there is an [`EvalError`].

mod error;
mod evaluation;
mod host;
mod limits;
mod memory_host;
mod real_host;
mod settings;

pub use error::{EvalError, EvalErrorKind};
pub use evaluation::{Evaluation, ExternalCommand, evaluate, required_checks};
pub use host::{CommandOutput, DirEntry, FileKind, Host, HostError, NailFile};
pub use limits::Limits;
pub use memory_host::MemoryHost;
pub use real_host::RealHost;
pub use settings::Settings;
