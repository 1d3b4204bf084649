//! Running commands.

mod compound;
mod conditional;
mod function;
mod list;
mod redirect;
mod regex_match;
mod simple;
mod unknown_command;

pub(crate) use simple::Declared;
