//! `usermod -c COMMENT NAME`.

use toe_plan::AccountName;
use toe_root::Root;

use super::AccountError;
use super::table::Table;

/// Sets the comment field of a user. `time` becomes the file's mtime.
pub fn set_comment(root: &Root, user: &AccountName, comment: &str, time: i64) -> Result<(), AccountError> {
    let mut passwd = Table::passwd(root)?;
    let Some(mut fields) = passwd.entry(user.as_str())? else {
        return Err(AccountError::NoSuchUser { name: user.as_str().to_owned() });
    };
    let Some(field) = fields.get_mut(4) else {
        return Err(AccountError::NoSuchUser { name: user.as_str().to_owned() });
    };
    if field == comment.as_bytes() {
        return Ok(());
    }
    *field = comment.as_bytes().to_vec();
    passwd.put(user.as_str(), fields.join(&b':'))?;
    passwd.store(root, 0o644, time)
}
