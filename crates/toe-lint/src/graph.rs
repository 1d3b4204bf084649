//! A nail and all that it may include, as rules see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use toe_source::{SourceId, Span};

use crate::flow::Flow;
use crate::flow::record::Read;
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
    /// By variable and nail, the last Include of that nail that sets the variable.
    set_by_include: BTreeMap<(Arc<str>, SourceId), Span>,
}

impl<'t> Graph<'t> {
    /// Looks through the assignments once.
    pub fn new(flow: &'t Flow, nails: &'t [NailView<'t>], is_foot: bool) -> Self {
        let mut set_by_include: BTreeMap<(Arc<str>, SourceId), Span> = BTreeMap::new();
        for write in &flow.writes {
            for include in write.situation.included_from.iter() {
                let last = set_by_include.entry((write.name.clone(), include.source)).or_insert(*include);
                *last = (*last).max(*include);
            }
        }
        Graph { flow, nails, is_foot, set_by_include }
    }

    /// The Include below `read`, in the same nail, that sets the variable.
    pub fn set_by_later_include(&self, read: &Read) -> Option<Span> {
        let include = self.set_by_include.get(&(read.name.clone(), read.span.source)).copied();
        include.filter(|include| include.start > read.span.end && !read.situation.in_function)
    }
}
