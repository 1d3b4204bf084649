//! What a program in the sandbox sees, cannot do, and leaves behind.

mod confinement;
mod ending;
mod root;
mod view;
