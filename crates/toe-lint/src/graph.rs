//! A nail and all that it may include, as rules see it.

use crate::flow::Flow;
use crate::nail_view::NailView;

/// The walk over every branch, and the nails that it met.
#[derive(Debug)]
pub struct Graph<'t> {
    /// What the walk found out.
    pub flow: &'t Flow,
    /// The linted nail first, then the others in the order of reading.
    pub nails: &'t [NailView<'t>],
    /// The linted nail is a foot: nobody includes it, so a variable that it does not set is given or unset.
    pub is_foot: bool,
}
