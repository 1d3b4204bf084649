//! Unpacking one package into the tree: everything under temporary names first, then one walk that
//! renames. Until that walk nothing that was there has changed, and a failure leaves nothing.

pub mod config;
mod directories;
mod owners;
mod unpack;

use std::collections::BTreeSet;

use toe_root::Root;

use crate::package_error::PackageError;
use crate::transaction::{Member, is_on_disk};
use config::Placement;

/// What was noticed on the way, for warnings.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Noticed {
    /// Users that the SOCK does not have; root owns their files.
    pub unknown_users: BTreeSet<String>,
    /// Groups that the SOCK does not have.
    pub unknown_groups: BTreeSet<String>,
    /// Configuration files that were moved aside or written beside, with the suffix.
    pub config: Vec<(String, &'static str)>,
}

/// Where each file of a package goes, decided before its %pre.
pub(crate) struct Placements(Vec<Placement>);

impl Placements {
    /// `shared` says whether another installed package has the file's path.
    pub(crate) fn decide(
        root: &Root,
        member: &Member,
        shared: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Self, PackageError> {
        let placements = member.files.files.iter().zip(&member.states).map(|(file, state)| {
            if file.is_ghost() || !is_on_disk(*state) {
                return Ok(Placement::Keep);
            }
            config::placement(root, &member.files, file, shared(&file.path))
        });
        Ok(Placements(placements.collect::<Result<_, _>>()?))
    }
}

pub(crate) use unpack::unpack;
