//! What the plan declares beside the tree: devices and host links.

use std::collections::BTreeSet;

use toe_plan::{DeviceKind, Plan, Step};

use crate::PackError;

/// A device that `Mknod` declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Device {
    /// Path inside the SOCK.
    pub(crate) path: Vec<u8>,
    pub(crate) kind: DeviceKind,
    pub(crate) major: u32,
    pub(crate) minor: u32,
}

/// Declarations of a plan.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// SOCK_DIR as a path of the host, without a trailing slash.
    pub(crate) sock: Vec<u8>,
    /// Each path once; of repeated lines the first counts, as mknod(1) fails on the second.
    pub(crate) devices: Vec<Device>,
    /// Link on the host and its text; of repeated lines the last counts.
    pub(crate) links: Vec<(Vec<u8>, Vec<u8>)>,
    /// Directories and links below /dev that `Dir` and `Link` declare.
    pub(crate) kept_below_dev: BTreeSet<Vec<u8>>,
}

impl Declared {
    pub(crate) fn of(plan: &Plan) -> Result<Self, PackError> {
        let mut declared = Declared { sock: sock_dir(&plan.sock_dir)?, ..Declared::default() };
        for directive in &plan.directives {
            match &directive.step {
                Step::Mknod { kind, major, minor, path } => {
                    let path = path.as_str().as_bytes().to_vec();
                    if declared.devices.iter().all(|device| device.path != path) {
                        declared.devices.push(Device { path, kind: *kind, major: *major, minor: *minor });
                    }
                }
                Step::Symlink { link, target } => {
                    let below = target.as_str().trim_end_matches('/').as_bytes();
                    let text = [declared.sock.as_slice(), below].concat();
                    let link = link.as_bytes().to_vec();
                    declared.links.retain(|(taken, _)| *taken != link);
                    declared.links.push((link, text));
                }
                Step::Dir { path, .. } | Step::Link { path, .. } if path.as_str().starts_with("/dev/") => {
                    declared.kept_below_dev.insert(path.as_str().as_bytes().to_vec());
                }
                Step::Service { name, .. } => {
                    return Err(PackError::ServiceNotYet { name: name.clone() });
                }
                _ => {}
            }
        }
        Ok(declared)
    }
}

fn sock_dir(text: &str) -> Result<Vec<u8>, PackError> {
    let wrong = || PackError::SockDir { value: text.to_owned() };
    let path = toe_plan::SockPath::parse(text).map_err(|_| wrong())?;
    if !text.starts_with('/') || path.as_str() == "/" {
        return Err(wrong());
    }
    Ok(path.as_str().as_bytes().to_vec())
}
