//! `useradd -u UID -g GID -d HOME -s SHELL -m -N -r NAME`.

use toe_plan::{AccountId, AccountName, SockPath};
use toe_root::Root;

use super::AccountError;
use super::home::make_home;
use super::table::Table;

/// A user to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewUser<'a> {
    /// Its number.
    pub uid: AccountId,
    /// The number of its group.
    pub gid: AccountId,
    /// Home directory.
    pub home: &'a SockPath,
    /// Login shell, as written.
    pub shell: &'a str,
    /// Its name.
    pub name: &'a AccountName,
}

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// Adds a system user to `passwd`, and to `shadow` if there is one, and makes its home from /etc/skel
/// if it does not exist. `time` (seconds since the epoch) gives the day of the last password change
/// and the times of what is made. System users get no mail spool and no subordinate ids, as there.
pub fn user_add(root: &Root, user: &NewUser<'_>, time: i64) -> Result<(), AccountError> {
    let name = user.name.as_str();
    let group = Table::group(root)?;
    if group.name_of(user.gid.0).is_none() {
        return Err(AccountError::NoSuchGid { gid: user.gid.0 });
    }
    let mut passwd = Table::passwd(root)?;
    if passwd.has_name(name) {
        return Err(AccountError::UserExists { name: name.to_owned() });
    }
    if let Some(by) = passwd.name_of(user.uid.0) {
        return Err(AccountError::UidTaken { uid: user.uid.0, by });
    }
    let mut shadow = Table::shadow(root)?;
    let password = if shadow.exists() { "x" } else { "!" };
    let (uid, gid, home) = (user.uid.0, user.gid.0, user.home.as_str());
    passwd.put(name, format!("{name}:{password}:{uid}:{gid}::{home}:{}", user.shell).into_bytes())?;
    if shadow.exists() {
        // Day 0 would mean "change the password now".
        let day = match time.div_euclid(SECONDS_OF_A_DAY) {
            0 => String::new(),
            day => day.to_string(),
        };
        shadow.put(name, format!("{name}:!:{day}::::::").into_bytes())?;
        shadow.store(root, 0o400, time)?;
    }
    passwd.store(root, 0o644, time)?;
    make_home(root, user, time)
}
