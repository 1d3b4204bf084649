//! `set`, with the options of the subset.

use std::rc::Rc;

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn set(&mut self, args: &[Expanded]) -> Run<i32> {
        if args.is_empty() {
            return Err(self.not_in_subset("`set` without words", "give options, or `--` and words"));
        }
        let mut options = self.scope.options;
        let mut rest = args;
        let mut positional = None;
        while let Some((first, next)) = rest.split_first() {
            if first.text == "--" {
                positional = Some(next);
                break;
            }
            let (on, letters) = match (first.text.strip_prefix('-'), first.text.strip_prefix('+')) {
                (Some(letters), _) if !letters.is_empty() => (true, letters),
                (_, Some(letters)) if !letters.is_empty() => (false, letters),
                (None, None) => {
                    positional = Some(rest);
                    break;
                }
                _ => return Err(self.not_in_subset("`set -` and `set +`", "write `set --`")),
            };
            rest = next;
            for letter in letters.chars() {
                let name = match letter {
                    'e' => "errexit",
                    'u' => "nounset",
                    'f' => "noglob",
                    'o' => match rest.split_first() {
                        Some((name, next)) => {
                            rest = next;
                            name.text.as_str()
                        }
                        None => return Err(self.not_in_subset("`set -o` without a name", "name an option")),
                    },
                    other => {
                        let sign = if on { '-' } else { '+' };
                        return Err(self.not_in_subset(
                            format!("`set {sign}{other}`"),
                            "the subset has -e +e -u +u -f +f and --",
                        ));
                    }
                };
                match name {
                    "errexit" => options.errexit = on,
                    "noglob" => options.noglob = on,
                    "nounset" => options.nounset = on,
                    // Without pipelines it changes nothing.
                    "pipefail" => {}
                    other => {
                        return Err(self.not_in_subset(
                            format!("the option `{other}` of set"),
                            "the subset has errexit, nounset, noglob and pipefail",
                        ));
                    }
                }
            }
        }
        self.scope.options = options;
        if let Some(words) = positional {
            self.check_values(words.iter().map(|w| w.text.len() + 48).sum())?;
            self.scope.positional = Rc::new(words.iter().map(|w| Rc::from(w.text.as_str())).collect());
            self.positional_set = true;
        }
        Ok(0)
    }
}
