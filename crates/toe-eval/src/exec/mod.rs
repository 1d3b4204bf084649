//! Running commands.

mod compound;
mod conditional;
mod function;
mod list;
mod redirect;
mod regex_match;
mod simple;
mod unknown_command;

pub use unknown_command::instead_of_program;

pub(crate) use simple::Declared;
