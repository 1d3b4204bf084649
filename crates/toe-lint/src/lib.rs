//! Rules about nails.
