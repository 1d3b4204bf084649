//! The redirections of the subset: to and from `/dev/null`, and `2>&1`.

use toe_syntax::tree::{Redirect, RedirectKind, Word};

use crate::expand::Context;
use crate::machine::{Machine, Stream};
use crate::stop::Run;

impl Machine<'_> {
    /// Runs `work` with its streams redirected.
    pub(crate) fn redirected(&mut self, redirects: &[Redirect], work: impl FnOnce(&mut Self) -> Run) -> Run {
        let saved = (self.stdout, self.stderr, self.stdin_null);
        let here = self.here;
        let result = self.redirect(redirects).and_then(|()| {
            self.here = here;
            work(self)
        });
        (self.stdout, self.stderr, self.stdin_null) = saved;
        result
    }

    fn redirect(&mut self, redirects: &[Redirect]) -> Run {
        for redirect in redirects {
            self.here = redirect.span;
            match (&redirect.kind, redirect.fd) {
                (RedirectKind::Out(word), None | Some(1)) => {
                    self.must_be_null(word, redirect)?;
                    self.stdout = Stream::Null;
                }
                (RedirectKind::Out(word), Some(2)) => {
                    self.must_be_null(word, redirect)?;
                    self.stderr = Stream::Null;
                }
                (RedirectKind::OutAndErr(word), None) => {
                    self.must_be_null(word, redirect)?;
                    (self.stdout, self.stderr) = (Stream::Null, Stream::Null);
                }
                (RedirectKind::DupOut(1), Some(2)) => self.stderr = self.stdout,
                (RedirectKind::In(word), None | Some(0)) => {
                    self.must_be_null(word, redirect)?;
                    self.stdin_null = true;
                }
                (RedirectKind::HereDoc(_), _) => {
                    return Err(self.not_in_subset(
                        "a here-document on anything but Write",
                        "assign the text to a variable, or use Write DEST <<EOF",
                    ));
                }
                _ => {
                    return Err(self.not_in_subset(
                        "this redirection",
                        "the subset has >/dev/null 2>/dev/null &>/dev/null 2>&1 </dev/null",
                    ));
                }
            }
        }
        Ok(())
    }

    fn must_be_null(&mut self, word: &Word, redirect: &Redirect) -> Run {
        let target = self.single(word, Context::SINGLE)?;
        self.here = redirect.span;
        if target == "/dev/null" {
            return Ok(());
        }
        Err(self.not_in_subset(
            format!("a redirection to or from `{target}`"),
            "evaluation writes no files; use Write to put a file into the SOCK",
        ))
    }
}
