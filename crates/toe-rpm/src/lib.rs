//! Package files, keyrings and the rpm database.

pub mod tags;
