//! `ShadowCheck`: shadow-utils is in the plan, or its nail is included.

use toe_source::Span;

use crate::EvalErrorKind;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn shadow_check(&mut self, args: &[Expanded], span: Span) -> Run<i32> {
        if let Some(word) = args.first() {
            self.here = word.span;
            return Err(self.error(EvalErrorKind::BadArgument {
                message: format!("ShadowCheck takes no words, here are {}", args.len()),
                help: "write: ShadowCheck".to_owned(),
            }));
        }
        if self.is_package_there("shadow-utils")? {
            return Ok(0);
        }
        self.include(&[Expanded { text: "TOENAILS/shadow-utils".to_owned(), span }])
    }
}
