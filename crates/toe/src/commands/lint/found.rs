//! All findings of a lint in one order.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use toe_lint::{Report, own_fix};
use toe_source::{Diagnostic, SourceMap};

use crate::render::findings::{Found, Silenced};

/// Each finding once, by place: a nail that several feet include would say the same again for each.
#[derive(Debug)]
pub struct Findings<'r> {
    /// What is shown.
    pub shown: Vec<Found<'r>>,
    /// What comments silence.
    pub silenced: Vec<Silenced<'r>>,
}

/// What makes two findings one, and their order.
type Key = (String, u32, u32, String, String);

impl<'r> Findings<'r> {
    /// Those of `reports`, which are in the order of their nails.
    pub fn of(reports: &'r [Report]) -> Self {
        let mut told: HashMap<Key, usize> = HashMap::new();
        let mut shown: Vec<(Key, Found)> = Vec::new();
        let mut told_silenced = HashSet::new();
        let mut silenced = Vec::new();
        for report in reports {
            for diagnostic in &report.diagnostics {
                let key = key(diagnostic, &report.sources);
                let fixable = own_fix(diagnostic).map(|fix| fix.safety);
                if let Some(first) = told.get(&key) {
                    // A foot cannot mend what it includes; where the nail is linted itself, it can be mended.
                    let (_, first) = &mut shown[*first];
                    first.fixable = first.fixable.or(fixable);
                    continue;
                }
                told.insert(key.clone(), shown.len());
                shown.push((key, Found { diagnostic, sources: &report.sources, fixable }));
            }
            for suppressed in &report.suppressed {
                let key = key(&suppressed.diagnostic, &report.sources);
                if told_silenced.insert(key.clone()) {
                    silenced.push((key, Silenced { suppressed, sources: &report.sources }));
                }
            }
        }
        shown.sort_by(|(a, _), (b, _)| a.cmp(b));
        silenced.sort_by(|(a, _), (b, _)| a.cmp(b));
        Findings {
            shown: shown.into_iter().map(|(_, found)| found).collect(),
            silenced: silenced.into_iter().map(|(_, silenced)| silenced).collect(),
        }
    }
}

fn key(diagnostic: &Diagnostic, sources: &SourceMap) -> Key {
    let place = diagnostic.labels.first().map_or((String::new(), 0, 0), |label| {
        let name = &sources.file(label.span.source).name;
        let name = Path::new(name).components().filter(|part| *part != std::path::Component::CurDir);
        let name = name.collect::<std::path::PathBuf>().display().to_string();
        (name, label.span.start, label.span.end)
    });
    (place.0, place.1, place.2, diagnostic.code.clone(), diagnostic.message.clone())
}
