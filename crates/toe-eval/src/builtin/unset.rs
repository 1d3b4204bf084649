//! `unset [-f|-v] NAME..`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::scope::Value;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn unset(&mut self, args: &[Expanded]) -> Run<i32> {
        let (mut functions, mut variables) = (true, true);
        let mut rest = args;
        while let Some((first, next)) = rest.split_first() {
            match first.text.as_str() {
                "-f" => variables = false,
                "-v" => functions = false,
                "--" => {
                    rest = next;
                    break;
                }
                other if other.starts_with('-') && other.len() > 1 => {
                    return Err(self.not_in_subset(format!("`unset {other}`"), "the subset has -f and -v"));
                }
                _ => break,
            }
            rest = next;
        }
        if !functions && !variables {
            return Err(self.bad_call("unset", "-f and -v exclude each other", "give one of them"));
        }
        for word in rest {
            self.here = word.span;
            self.charge(1)?;
            let name = word.text.as_str();
            if !variables {
                self.unset_function(name)?;
            } else if let Some((array, index)) = name.strip_suffix(']').and_then(|n| n.split_once('[')) {
                self.unset_element(array, index)?;
            } else if !crate::expand::tilde::is_name(name) {
                let help = "give the name of a variable, without `$`";
                return Err(self.bad_call("unset", format!("`{}` is no name", name.escape_debug()), help));
            } else if self.scope.get(name).is_some() || !functions {
                self.check_assignable(name)?;
                if name == "IFS" && self.scope.layer_of(name) > 0 {
                    return Err(
                        self.not_in_subset("unsetting a local IFS", "assign it, or leave the function")
                    );
                }
                self.scope.unset(name);
            } else {
                self.check_assignable(name)?;
                self.unset_function(name)?;
            }
        }
        Ok(0)
    }

    fn unset_function(&mut self, name: &str) -> Run {
        if toe_plan::DirectiveName::from_word(name).is_some() && !self.scope.functions.contains_key(name) {
            return Err(self.not_in_subset(format!("unsetting the directive `{name}`"), "leave it alone"));
        }
        self.scope.functions.remove(name);
        Ok(())
    }

    fn unset_element(&mut self, name: &str, index: &str) -> Run {
        if index == "@" || index == "*" || !crate::expand::tilde::is_name(name) {
            return Err(self.not_in_subset(
                format!("`unset {name}[{index}]`"),
                format!("write {name}=() or unset {name}"),
            ));
        }
        self.check_assignable(name)?;
        let index = self.arithmetic(index)?;
        let layer = self.scope.layer_of(name);
        let last = match self.scope.in_layer(layer, name).map(|v| &v.value) {
            Some(Value::Array(elements)) => elements.keys().next_back().copied().unwrap_or(-1),
            None | Some(Value::Unset) => return Ok(()),
            Some(Value::Scalar(_)) => {
                return Err(self.bad_call(
                    "unset",
                    format!("`{name}` is no array"),
                    format!("write unset {name}"),
                ));
            }
        };
        let index = if index < 0 { last.saturating_add(1).saturating_add(index) } else { index };
        if index < 0 {
            return Err(self.bad_index(name, index));
        }
        self.scope.put_element(layer, name, index, None);
        Ok(())
    }
}
