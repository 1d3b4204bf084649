//! The content of a nail, as far as it can be one.

use std::io::Read;

use toe_syntax::error::MAX_LENGTH;

/// All of `from`, or one byte more than a nail may have.
pub fn at_most_a_nail(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_LENGTH as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
