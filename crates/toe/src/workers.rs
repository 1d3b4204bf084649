//! The threads that read many nails at once.

use rayon::ThreadPoolBuilder;

/// The stack of each: what an evaluation and the parser ask for together, so that neither makes one of its own for
/// every nail. Only what is used of it is ever touched.
const STACK_BYTES: usize = 768 << 20;

/// Does `work`, whose parallel parts run on threads with large stacks; on the usual ones where there is no room.
pub fn with_large_stacks<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match ThreadPoolBuilder::new().stack_size(STACK_BYTES).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
