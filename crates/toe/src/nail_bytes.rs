//! The content of a nail, as far as it can be one.

use std::io::Read;

use toe_syntax::error::MAX_LENGTH;

/// All of `from`, or one byte more than a nail may have. `length` is about what it has.
pub fn at_most_a_nail(from: impl Read, length: u64) -> std::io::Result<Vec<u8>> {
    // One byte of room more saves asking whether that was all.
    let room = usize::try_from(length).unwrap_or(usize::MAX).min(MAX_LENGTH) + 1;
    let mut bytes = Vec::with_capacity(room);
    from.take(MAX_LENGTH as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
