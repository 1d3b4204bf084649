//! What a nail assigns to its variables, as far as it is fixed.

use std::collections::BTreeMap;

use toe_syntax::tree::AssignValue;

use crate::nail_view::NailView;
use crate::word_text::fixed;

/// The values of the variables of one nail.
#[derive(Debug)]
pub struct FixedValues<'t> {
    /// All values of a variable; `None` when one of them is not fixed.
    values: BTreeMap<&'t str, Option<Vec<String>>>,
}

impl<'t> FixedValues<'t> {
    /// Looks at all assignments and loops of `nail`.
    pub fn of(nail: &'t NailView) -> Self {
        let mut values: BTreeMap<&str, Option<Vec<String>>> = BTreeMap::new();
        for at in &nail.outline.assignments {
            let value = match &at.assignment.value {
                AssignValue::Scalar(word) if !at.assignment.append && at.assignment.index.is_none() => {
                    fixed(word)
                }
                _ => None,
            };
            let all = values.entry(at.assignment.name.as_str()).or_insert_with(|| Some(Vec::new()));
            match (all.as_mut(), value) {
                (Some(all), Some(value)) => all.push(value),
                _ => *all = None,
            }
        }
        values.extend(nail.outline.fors.iter().map(|repeated| (repeated.name.as_str(), None)));
        FixedValues { values }
    }

    /// All values that the nail assigns to `name`, when each is a fixed text; `None` when one is not, and when
    /// it assigns none.
    pub fn get(&self, name: &str) -> Option<&[String]> {
        self.values.get(name)?.as_deref()
    }
}
