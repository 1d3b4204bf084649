//! Packing the assembled SOCK of a foot, for `pair` and `run`.

use std::collections::BTreeSet;
use std::path::Path;

use toe_install::Record;
use toe_pack::{Bundled, PairOptions, Paired};
use toe_root::{Privilege, Root};
use toe_rpm::rpmdb::Database;
use toe_rpm::{FileTable, tags};

use crate::assembling;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::progress::Progress;
use crate::terminal::Terminal;

/// Why there is nothing to pack.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum PackagingError {
    #[error("there is no SOCK in {dir}")]
    #[diagnostic(code(toe::pair::no_sock), help("assemble it first: toe sew {foot}"))]
    NoSock { dir: String, foot: String },
}

/// Opens the SOCK of a foot, with the owners that a run without root could only note down.
pub fn open_sock(foot: &Foot) -> Result<Root, Failure> {
    let dir = Path::new(&foot.plan.sock_dir);
    let none = || {
        let (dir, foot) = (foot.plan.sock_dir.clone(), foot.plan.foot.clone());
        Failure::of(&PackagingError::NoSock { dir, foot })
    };
    if !dir.is_dir() {
        return Err(none());
    }
    let root = Root::open(dir).map_err(|e| Failure::of(&e))?;
    let record = Record::read(&root).map_err(|e| Failure::of(&e))?.ok_or_else(none)?;
    if record.ledger.is_empty() {
        return Ok(root);
    }
    let ledger = record.read_ledger().map_err(|e| Failure::of(&e))?;
    Root::open_with(dir, Privilege::Ledger, ledger).map_err(|e| Failure::of(&e))
}

/// Writes the output RPM of a foot's SOCK.
pub fn pair(foot: &Foot, output: &Path, terminal: &Terminal) -> Result<Paired, Failure> {
    let root = open_sock(foot)?;
    let inside = Inside::read(&root).map_err(|e| Failure::of(&e))?;
    let date = assembling::source_date()?.unwrap_or(inside.newest_build_time.into());
    let mut options = PairOptions::new(output, u64::try_from(date).unwrap_or(0));
    options.contents = inside.contents;
    options.config = inside.config;
    let progress = Progress::new(terminal, &foot.sources);
    toe_pack::pair(&foot.plan, &root, &options, &progress).map_err(|e| Failure::of(&e))
}

/// What the SOCK's database says about its packages.
#[derive(Default)]
struct Inside {
    contents: Vec<Bundled>,
    config: BTreeSet<Vec<u8>>,
    /// RPMTAG_BUILDTIME (1006), seconds since 1970.
    newest_build_time: u32,
}

impl Inside {
    fn read(root: &Root) -> Result<Self, toe_rpm::Error> {
        let mut inside = Inside::default();
        let Ok(directory) = root.dir_fd("/var/lib/rpm") else { return Ok(inside) };
        use std::os::fd::AsFd;
        let database = match Database::open_read_only(directory.as_fd()) {
            Ok(database) => database,
            Err(toe_rpm::Error::NoDatabase) => return Ok(inside),
            Err(error) => return Err(error),
        };
        for package in database.packages()? {
            inside.contents.push(Bundled { name: package.label.name.clone(), evr: package.label.evr() });
            let built = package.header.u32(tags::BUILDTIME)?.unwrap_or(0);
            inside.newest_build_time = inside.newest_build_time.max(built);
            let files = FileTable::read(&package.header)?;
            inside.config.extend(files.files.iter().filter(|f| f.is_config()).map(|f| f.path.to_vec()));
        }
        inside.contents.sort();
        Ok(inside)
    }
}
