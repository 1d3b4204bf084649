//! `toe run` without a foot: lays out the built-in example, builds it, shows it, runs its daemon, packs it.

use std::ffi::CString;
use std::path::PathBuf;

use toe_install::run_as::{self, run_as};
use toe_install::sandbox::{End, Limits};
use toe_plan::{Plan, Step};
use toe_root::{FileKind, Root};
use toe_source::{Event, Observer};

use crate::args::RunArgs;
use crate::commands::{pair, sew};
use crate::demo;
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::foot::Foot;
use crate::noted::noted;
use crate::privilege::Privilege;
use crate::render::escaped;
use crate::terminal::Terminal;
use crate::{assembling, packaging};

/// Where the example is laid out, below the current directory.
const DIR: &str = "toe-demo";

/// Builds the example from nothing to its package.
pub fn run(args: &RunArgs, privilege: Privilege, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    let example = demo::lay_out(&here.join(DIR)).map_err(|e| Failure::of(&e))?;
    let mut eval = args.eval.clone();
    eval.define.splice(0..0, example.defines.iter().cloned());
    let foot = Foot::evaluate(&example.foot.display().to_string(), &eval, true, terminal)?;
    outln!("The foot: {}", example.foot.display());
    match privilege {
        Privilege::Root => {}
        Privilege::Namespace => outln!("Not root: working in a user namespace with one user."),
        Privilege::None => outln!("Not root, and user namespaces are forbidden here: files only."),
    }
    let report = assembling::sew(&foot, &args.assemble, privilege, terminal)?;
    let noted = if report.has_ledger { noted(&report.sock_dir)? } else { Vec::new() };
    out!("{}", sew::as_text(&report, &noted));
    outln!("\nThe SOCK:");
    let root = packaging::open_sock(&foot)?;
    show_tree(&root)?;
    outln!("\nIts daemon:");
    run_daemon(&foot, &root, privilege)?;
    if !args.no_pair {
        outln!("\nIts package, for the repositories you already have:");
        let paired = packaging::pair(&foot, &example.dir, terminal)?;
        out!("{}", pair::as_text(&paired));
    }
    Ok(ExitStatus::Done)
}

/// Every entry with its mode and owner, as the package will have them.
fn show_tree(root: &Root) -> Result<(), Failure> {
    for entry in root.walk() {
        let entry = entry.map_err(|e| Failure::of(&e))?;
        let path = String::from_utf8_lossy(&entry.path);
        if path.starts_with("/var/lib/rpm/") {
            continue;
        }
        let meta = &entry.metadata;
        let what = match meta.kind {
            FileKind::Directory => "/".to_owned(),
            FileKind::File => format!("  {} bytes", meta.size),
            FileKind::Symlink => " (link)".to_owned(),
            FileKind::CharacterDevice | FileKind::BlockDevice => " (device)".to_owned(),
            _ => String::new(),
        };
        outln!("  {:04o} {:>3}:{:<3} {}{what}", meta.mode, meta.uid, meta.gid, escaped(&path));
    }
    Ok(())
}

/// The daemon's lines are the command's result: they go to standard output.
struct Printed;

impl Observer for Printed {
    fn event(&self, event: Event<'_>) {
        if let Event::Line { text, .. } = event {
            outln!("  {}", escaped(text));
        }
    }
}

fn run_daemon(foot: &Foot, root: &Root, privilege: Privilege) -> Result<(), Failure> {
    if privilege == Privilege::None {
        outln!("  not run: without user namespaces only root can enter a SOCK");
        return Ok(());
    }
    let (uid, gid) = match privilege {
        Privilege::Root => first_user(&foot.plan).unwrap_or((0, 0)),
        _ => (0, 0),
    };
    let argv = [c"/usr/sbin/sleepd", c"3"].map(CString::from);
    let outcome =
        run_as(&root.fd(), uid, gid, &argv, Limits::default(), &Printed).map_err(|e| Failure::of(&e))?;
    match outcome.end {
        End::Exited(0) => {}
        End::Exited(run_as::CANNOT_SWITCH) => outln!("  not run: user {uid} is not available here"),
        end => outln!("  it ended with {end}"),
    }
    Ok(())
}

/// The ids of the first user that the foot adds.
fn first_user(plan: &Plan) -> Option<(u32, u32)> {
    plan.directives.iter().find_map(|d| match &d.step {
        Step::UserAdd { uid, gid, .. } => Some((uid.0, gid.0)),
        _ => None,
    })
}
