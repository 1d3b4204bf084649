//! %triggerprein and %triggerin: which scripts a package sets off, and which of its own run.

use toe_rpm::tags::sense;
use toe_rpm::{PackageLabel, Trigger, TriggerCondition, TriggerKind, evr};

use crate::transaction::Member;

/// A trigger that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fired {
    /// Position of the package that it belongs to.
    pub owner: usize,
    /// Position among that package's triggers.
    pub trigger: usize,
    /// Instances of the package that set it off, `$2`.
    pub target_count: usize,
}

/// Triggers of `members` that a package with this label sets off: at most one script of each.
pub(super) fn set_off_by(
    members: &[Member],
    label: &PackageLabel,
    kind: TriggerKind,
    count: usize,
) -> Vec<Fired> {
    let fires = |(owner, member): (usize, &Member)| {
        let trigger = first_match(&member.scriptlets.triggers, label, kind)?;
        Some(Fired { owner, trigger, target_count: count })
    };
    members.iter().enumerate().filter_map(fires).collect()
}

/// The package's own triggers that packages in `members` set off: each script once.
pub(super) fn own(own: usize, triggers: &[Trigger], members: &[Member], kind: TriggerKind) -> Vec<Fired> {
    let mut fired: Vec<Fired> = Vec::new();
    let conditions = triggers
        .iter()
        .enumerate()
        .filter(|(_, t)| t.kind == kind)
        .flat_map(|(at, t)| t.conditions.iter().map(move |c| (at, c)));
    for (at, condition) in conditions {
        if fired.iter().any(|f| f.trigger == at) {
            continue;
        }
        if let Some(target) = members.iter().find(|m| matches(condition, &m.label)) {
            let target_count = members.iter().filter(|m| m.label.name == target.label.name).count();
            fired.push(Fired { owner: own, trigger: at, target_count });
        }
    }
    fired
}

fn first_match(triggers: &[Trigger], label: &PackageLabel, kind: TriggerKind) -> Option<usize> {
    triggers.iter().position(|t| t.kind == kind && t.conditions.iter().any(|c| matches(c, label)))
}

/// Name and version, as dependencies compare: a condition without release takes any.
fn matches(condition: &TriggerCondition, label: &PackageLabel) -> bool {
    if condition.name != label.name.as_bytes() {
        return false;
    }
    let wanted = condition.flags & (sense::LESS | sense::GREATER | sense::EQUAL);
    if wanted == 0 || condition.evr.is_empty() {
        return true;
    }
    let (epoch, rest) = match condition.evr.split_once(':') {
        Some((epoch, rest)) => (epoch.parse().unwrap_or(0), rest),
        None => (0, condition.evr.as_str()),
    };
    let (version, release) = match rest.rsplit_once('-') {
        Some((version, release)) => (version, Some(release)),
        None => (rest, None),
    };
    let order = label
        .epoch
        .unwrap_or(0)
        .cmp(&epoch)
        .then_with(|| evr::compare_segments(&label.version, version))
        .then_with(|| {
            release.map_or(std::cmp::Ordering::Equal, |r| evr::compare_segments(&label.release, r))
        });
    let bit = match order {
        std::cmp::Ordering::Less => sense::LESS,
        std::cmp::Ordering::Greater => sense::GREATER,
        std::cmp::Ordering::Equal => sense::EQUAL,
    };
    wanted & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_decide() {
        let label = PackageLabel {
            name: "a".into(),
            epoch: None,
            version: "1.5".into(),
            release: "3".into(),
            arch: None,
        };
        let condition = |evr: &str, flags| TriggerCondition { name: b"a".to_vec(), evr: evr.into(), flags };
        for (evr, flags, expected) in [
            ("", 0, true),
            ("1.5", sense::EQUAL, true),
            ("1.5-2", sense::EQUAL, false),
            ("1.5-2", sense::GREATER, true),
            ("2", sense::LESS, true),
            ("1:0", sense::GREATER | sense::EQUAL, false),
        ] {
            assert_eq!(matches(&condition(evr, flags), &label), expected, "{evr} {flags}");
        }
        assert!(!matches(&TriggerCondition { name: b"b".to_vec(), evr: String::new(), flags: 0 }, &label));
    }
}
