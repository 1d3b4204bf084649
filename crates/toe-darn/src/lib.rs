//! What a chroot has beyond its plan.

use std::collections::BTreeSet;

use toe_plan::{Nevra, Plan, Step};

/// The installed packages that no `Rpm` line of the plan names, by its file name, in the order given. A line whose file is
/// not called NAME-VERSION-RELEASE.ARCH.rpm names nothing here, as nothing is fetched.
pub fn beyond<'a>(plan: &Plan, installed: &'a [Nevra]) -> Vec<&'a Nevra> {
    let key = |n: &Nevra| (n.name.clone(), n.version.clone(), n.release.clone(), n.arch.clone());
    let named: BTreeSet<_> = plan
        .directives
        .iter()
        .filter_map(|d| match &d.step {
            Step::Rpm { location, .. } => Nevra::from_file_name(location.file_name()),
            _ => None,
        })
        .map(|n| key(&n))
        .collect();
    installed.iter().filter(|n| n.name != "gpg-pubkey" && !named.contains(&key(n))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use toe_plan::{Directive, DirectiveName, Place, RpmOptions};
    use toe_source::{Origin, SourceId, Span};

    use super::*;

    fn rpm_line(word: &str) -> Directive {
        let args = vec![word.to_owned()];
        Directive {
            name: DirectiveName::Rpm,
            step: Step::parse(DirectiveName::Rpm, &args, None).unwrap(),
            args,
            place: Place { file: "foot".into(), line: 1, column: Some(1) },
            included_from: Vec::new(),
            origin: Origin::in_foot(Span::new(SourceId(0), 0, 3)),
            arg_spans: Vec::new(),
        }
    }

    #[test]
    fn another_version_is_beyond_the_plan() {
        let plan = Plan {
            version: Plan::VERSION,
            foot: "foot".into(),
            sock_dir: "/var/deploy".into(),
            variables: BTreeMap::new(),
            directives: vec![rpm_line("http://h/a-1-1.noarch.rpm"), rpm_line("/p/b-2-1.x86_64.rpm")],
            inputs: Vec::new(),
            external_commands: Vec::new(),
        };
        assert!(
            matches!(&plan.directives[0].step, Step::Rpm { options, .. } if *options == RpmOptions::default())
        );
        let installed: Vec<Nevra> = ["a-1-1.noarch.rpm", "b-3-1.x86_64.rpm", "c-1-1.noarch.rpm"]
            .map(|name| Nevra::from_file_name(name).unwrap())
            .to_vec();
        let beyond: Vec<String> = beyond(&plan, &installed).iter().map(ToString::to_string).collect();
        assert_eq!(beyond, ["b-3-1.x86_64", "c-1-1.noarch"]);
    }
}
