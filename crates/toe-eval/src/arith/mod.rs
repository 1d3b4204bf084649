//! Shell arithmetic (bash manual, 6.5): 64-bit, wrapping.

mod evaluate;
mod lexer;
mod nested_subscript;
mod parser;
mod tree;
