//! PAIR: the output RPM of a SOCK.

use std::path::PathBuf;

use toe_plan::Plan;
use toe_root::Root;
use toe_rpm::build::{LeftOut, PackageWriter, Slot};
use toe_source::{Event, Observer};

use crate::declared::Declared;
use crate::inventory::{self, Inventory};
use crate::{PackError, PairOptions, label};

/// A SOCK as a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    /// The package: `PACKAGE-VERSION-RELEASE.ARCH.rpm` in the output directory.
    pub path: PathBuf,
    /// Its length in bytes.
    pub size: u64,
    /// Paths of the tree that the package does not hold, each with the reason.
    pub left_out: Vec<LeftOut>,
}

/// Packs the tree of `root` as the foot of `plan` says, at the path of its SOCK_DIR.
///
/// Owners, modes, capabilities and devices are those that `root` tells, so a root with a ledger packs what was
/// meant. The package replaces one of the same name in one step; the tree is only read.
pub fn pair(
    plan: &Plan,
    root: &Root,
    options: &PairOptions,
    observer: &dyn Observer,
) -> Result<Paired, PackError> {
    let declared = Declared::of(plan)?;
    let mut spec = label::spec(plan, options)?;
    let Inventory { entries, work, bytes } = inventory::take(root, &declared, &options.config, observer)?;
    if let Some(script) = work.post() {
        spec = spec.scriptlet(Slot::Post, script, "<lua>");
    }
    if let Some(script) = work.preun() {
        spec = spec.scriptlet(Slot::PreUn, script, "<lua>");
    }
    observer.event(Event::Phase { name: "packing", total: Some(bytes), bytes: true });
    let out = options.output_dir.join(spec.file_name());
    let mut writer = PackageWriter::new(spec);
    if let Some(threads) = options.threads {
        writer = writer.threads(threads);
    }
    for entry in entries {
        writer.add(entry);
    }
    let built = writer.finish(&out)?;
    observer.event(Event::PhaseDone);
    Ok(Paired { path: built.path, size: built.size, left_out: built.left_out })
}
