//! Package files, keyrings and the rpm database.
