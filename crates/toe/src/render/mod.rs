//! How findings are shown: a file a format.

mod escape;
pub mod findings;
pub mod github;
pub mod json;
pub mod sarif;
mod snippet;
pub mod text;

pub use escape::escaped;
