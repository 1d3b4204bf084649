//! What is still open at a place of a text that is no nail, for the message only.
