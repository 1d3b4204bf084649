//! Running commands.

mod compound;
mod conditional;
mod function;
mod list;
mod redirect;
mod regex_match;
mod simple;

pub(crate) use simple::Declared;
