//! A foot that can be evaluated, as rules see it.

use toe_plan::Plan;

use crate::nail_view::NailView;
use crate::packages::Packages;
use crate::steps::Steps;

/// The plan of a foot and every nail that was read for it.
#[derive(Debug)]
pub struct Foot<'t> {
    /// The plan.
    pub plan: &'t Plan,
    /// Its directives.
    pub steps: &'t Steps<'t>,
    /// The foot first, then the others in the order of reading.
    pub nails: &'t [NailView<'t>],
    /// What the packages say of themselves, if they were asked.
    pub packages: Option<&'t Packages>,
}
