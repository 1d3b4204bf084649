//! Installing decided packages, one transaction each, in rpm's order of scriptlets and triggers.

mod file_trigger;
mod installer;
mod package_trigger;
mod runner;

pub use installer::{Applying, InstalledReport, Installer};
