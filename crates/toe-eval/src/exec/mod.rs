//! Running commands.

mod compound;
mod conditional;
mod function;
mod list;
mod redirect;
mod simple;

pub(crate) use simple::Declared;
