//! `groupadd -g GID NAME`.

use toe_plan::{AccountId, AccountName};
use toe_root::Root;

use super::AccountError;
use super::table::Table;

/// Adds a group to `group`, and to `gshadow` if there is one. `time` becomes the files' mtime.
pub fn group_add(root: &Root, gid: AccountId, name: &AccountName, time: i64) -> Result<(), AccountError> {
    let mut group = Table::group(root)?;
    if group.has_name(name.as_str()) {
        return Err(AccountError::GroupExists { name: name.as_str().to_owned() });
    }
    if let Some(by) = group.name_of(gid.0) {
        return Err(AccountError::GidTaken { gid: gid.0, by });
    }
    let mut gshadow = Table::gshadow(root)?;
    group.put(name.as_str(), format!("{name}:x:{}:", gid.0).into_bytes())?;
    group.store(root, 0o644, time)?;
    if gshadow.exists() {
        gshadow.put(name.as_str(), format!("{name}:!::").into_bytes())?;
        gshadow.store(root, 0o400, time)?;
    }
    Ok(())
}
