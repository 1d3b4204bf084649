//! Owners of `Copy`, `Write` and `Dir`, by name or number, as the SOCK knows them.

use toe_root::Root;

use crate::InstallError;

const LIMIT: u64 = 64 << 20;

/// The ids of `USER:GROUP`; root's without one.
pub fn look_up(root: &Root, owner: Option<&(String, String)>) -> Result<(u32, u32), InstallError> {
    let Some((user, group)) = owner else { return Ok((0, 0)) };
    Ok((id(root, "user", "/etc/passwd", user)?, id(root, "group", "/etc/group", group)?))
}

fn id(root: &Root, kind: &'static str, path: &str, name: &str) -> Result<u32, InstallError> {
    if name == "root" {
        return Ok(0);
    }
    if let Ok(number) = name.parse::<u32>()
        && number != u32::MAX
    {
        return Ok(number);
    }
    let unknown = || InstallError::UnknownOwner { kind, name: name.to_owned() };
    if root.find(path)?.is_none() {
        return Err(unknown());
    }
    let table = root.read_file(path, LIMIT)?;
    table
        .split(|b| *b == b'\n')
        .filter_map(|line| {
            let mut fields = line.split(|b| *b == b':');
            (fields.next()? == name.as_bytes()).then(|| fields.nth(1))?
        })
        .find_map(|field| std::str::from_utf8(field).ok()?.parse().ok())
        .ok_or_else(unknown)
}
