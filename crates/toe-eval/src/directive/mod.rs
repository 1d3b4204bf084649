//! The directives: what they do to the plan.

mod base;
mod include;
mod nail;
mod near_nail;
mod pkg_check;
pub(crate) mod planned_packages;
mod shadow_check;
mod step;

pub(crate) use pkg_check::DEFAULT_SOCK_DIR;

use toe_plan::DirectiveName;
use toe_source::Span;

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    /// Performs a directive; gives its status.
    pub(crate) fn run_directive(
        &mut self,
        name: DirectiveName,
        args: &[Expanded],
        body: Option<&str>,
        span: Span,
    ) -> Run<i32> {
        if self.subshell_depth > 0 && name != DirectiveName::PkgCheck {
            return Err(self.not_in_subset(
                format!("the directive {} inside a command substitution", name.as_str()),
                "write it as a command of its own",
            ));
        }
        match name {
            DirectiveName::PkgCheck => self.package_check(args),
            DirectiveName::Include => self.include(args),
            DirectiveName::ShadowCheck => self.shadow_check(args, span),
            DirectiveName::Base => self.base(args, span),
            _ => self.step(name, args, body, span),
        }
    }
}
