//! The plan: what a foot means after evaluation, as plain data.
//!
//! `toe-eval` writes it; installing, packing, locking and showing read it. No I/O, no shell, no
//! packages. [`Step::parse`] turns the words of a directive into typed values, so a value
//! that cannot work is refused at its word before anything is built.

mod account;
mod device;
mod directive;
mod location;
mod nevra;
mod plan;
mod sock_path;
mod step;
mod step_error;

pub use account::{AccountId, AccountName, AccountNameError};
pub use device::DeviceKind;
pub use directive::{Directive, DirectiveName, Place};
pub use location::Location;
pub use nevra::{Nevra, PackageFile};
pub use plan::{ExternalCommand, Input, Plan};
pub use sock_path::{SockPath, SockPathError};
pub use step::{Attributes, RpmOptions, Step};
pub use step_error::{StepError, StepFault};
