//! Repositories, downloads and the cache.
