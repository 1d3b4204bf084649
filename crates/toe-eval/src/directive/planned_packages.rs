//! The packages of the plan so far, found by what PkgCheck may call them.

use std::collections::HashMap;

use toe_plan::{Directive, PackageFile, Step};

/// The directives that name a package in the file name of their location, by the package's name.
#[derive(Debug, Default)]
pub(crate) struct PlannedPackages {
    by_name: HashMap<Box<str>, Vec<usize>>,
    /// So many directives were looked at.
    seen: usize,
}

impl PlannedPackages {
    /// Takes in the directives that are new since the last time.
    pub(crate) fn follow(&mut self, directives: &[Directive]) {
        for (index, directive) in directives.iter().enumerate().skip(self.seen) {
            if let Some(package) = package_of(directive) {
                match self.by_name.get_mut(package.name) {
                    Some(indices) => indices.push(index),
                    None => {
                        self.by_name.insert(package.name.into(), vec![index]);
                    }
                }
            }
        }
        self.seen = directives.len();
    }

    /// The directives whose package has a name that `word` may begin with, as [`PackageFile::is_named`] takes it.
    pub(crate) fn candidates<'s>(&'s self, word: &'s str) -> impl Iterator<Item = usize> + 's {
        let ends = word.match_indices(['-', '.']).map(|(at, _)| at).chain([word.len()]);
        ends.filter_map(|end| self.by_name.get(word.get(..end)?)).flatten().copied()
    }
}

/// The package that a directive installs, as far as its file name says.
pub(crate) fn package_of(directive: &Directive) -> Option<PackageFile<'_>> {
    match &directive.step {
        Step::Rpm { location, .. } => PackageFile::parse(location.file_name()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toe_plan::PackageFile;

    use super::PlannedPackages;

    proptest! {
        #[test]
        fn a_package_is_among_the_candidates_of_its_names(
            name in "[a-c]{1,2}([-.][a-c1]{1,2}){0,2}", version in "1(\\.2)?", release in "1(\\.el9)?",
            word in "[a-c]{1,2}([-.][a-c1]{1,2}){0,2}",
        ) {
            let file = format!("{name}-{version}-{release}.noarch.rpm");
            let package = PackageFile::parse(&file).unwrap();
            let mut planned = PlannedPackages::default();
            planned.by_name.insert(package.name.into(), vec![7]);
            let vr = format!("{name}-{version}-{release}");
            for called in [name.clone(), format!("{name}.noarch"), format!("{name}-{version}"), vr.clone(),
                format!("{vr}.noarch"), word, format!("{vr}.noarch-x")]
            {
                let found = planned.candidates(&called).any(|index| index == 7);
                prop_assert!(found || !package.is_named(&called), "{called}");
            }
        }
    }
}
