//! %filetriggerin and %transfiletriggerin: which scripts the files of packages set off.

use toe_rpm::{Trigger, TriggerKind};

use crate::transaction::{Member, is_on_disk};

/// Triggers of this priority and above run before %post, the others after it.
pub(super) const EARLY: u32 = 10_000;

/// A file trigger that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fired {
    /// Position of the package that it belongs to.
    pub owner: usize,
    /// Position among that package's triggers of its kind.
    pub trigger: usize,
    pub priority: u32,
    /// The files that set it off, one a line.
    pub files: Vec<u8>,
}

/// Triggers of `owners` that the files of `sources` set off, higher priority first.
pub(super) fn set_off<'m>(
    owners: impl Iterator<Item = (usize, &'m Member)>,
    triggers: impl Fn(&Member) -> &[Trigger],
    wanted: impl Fn(&Trigger) -> bool,
    sources: &[&Member],
) -> Vec<Fired> {
    let mut fired = Vec::new();
    for (owner, member) in owners {
        for (at, trigger) in triggers(member).iter().enumerate() {
            if trigger.kind != TriggerKind::In || !wanted(trigger) {
                continue;
            }
            let files = matching_files(trigger, sources);
            if !files.is_empty() {
                fired.push(Fired { owner, trigger: at, priority: trigger.priority, files });
            }
        }
    }
    fired.sort_by_key(|f| (std::cmp::Reverse(f.priority), f.owner, f.trigger));
    fired
}

/// The files of `sources` that begin with one of the trigger's prefixes, one a line.
fn matching_files(trigger: &Trigger, sources: &[&Member]) -> Vec<u8> {
    let mut lines = Vec::new();
    for member in sources {
        for (file, state) in member.files.files.iter().zip(&member.states) {
            if is_on_disk(*state) && trigger.conditions.iter().any(|c| file.path.starts_with(&c.name)) {
                lines.extend_from_slice(&file.path);
                lines.push(b'\n');
            }
        }
    }
    lines
}
