//! A directory as a handle that nothing leaves.
