//! Owners by name, looked up in the SOCK's own account files.

use std::collections::{BTreeSet, HashMap};

use toe_root::{Root, RootError};
use toe_rpm::FileEntry;

/// Largest account file that is read.
const MAX_FILE: u64 = 64 << 20;

/// Names and numbers, as they were when a package's %pre had run.
pub(super) struct Owners {
    users: HashMap<String, u32>,
    groups: HashMap<String, u32>,
    /// Names that were asked for and not found, for the warnings.
    pub(super) unknown_users: BTreeSet<String>,
    /// The same for groups.
    pub(super) unknown_groups: BTreeSet<String>,
}

impl Owners {
    pub(super) fn read(root: &Root) -> Result<Self, RootError> {
        Ok(Owners {
            users: numbers(root, b"/etc/passwd")?,
            groups: numbers(root, b"/etc/group")?,
            unknown_users: BTreeSet::new(),
            unknown_groups: BTreeSet::new(),
        })
    }

    /// User, group and mode of a file. An unknown name gives root, and takes the set-id bit away.
    pub(super) fn of(&mut self, file: &FileEntry) -> (u32, u32, u32) {
        let mut mode = file.mode;
        let uid = find(&self.users, &file.user).unwrap_or_else(|| {
            self.unknown_users.insert(file.user.to_string());
            mode &= !0o4000;
            0
        });
        let gid = find(&self.groups, &file.group).unwrap_or_else(|| {
            self.unknown_groups.insert(file.group.to_string());
            mode &= !0o2000;
            0
        });
        (uid, gid, mode)
    }
}

fn find(names: &HashMap<String, u32>, name: &str) -> Option<u32> {
    if name == "root" { Some(0) } else { names.get(name).copied() }
}

/// Name and number of each line; the first line of a name counts. No file means no names.
fn numbers(root: &Root, path: &[u8]) -> Result<HashMap<String, u32>, RootError> {
    let mut numbers = HashMap::new();
    let content = match root.parent(path).and_then(|(dir, name)| dir.read_file(&name, MAX_FILE)) {
        Ok(content) => content,
        Err(e) if e.is_not_found() => return Ok(numbers),
        Err(e) => return Err(e),
    };
    for line in String::from_utf8_lossy(&content).lines() {
        let mut fields = line.split(':');
        if let (Some(name), Some(number)) = (fields.next(), fields.nth(1))
            && let Ok(number) = number.parse()
        {
            numbers.entry(name.to_owned()).or_insert(number);
        }
    }
    Ok(numbers)
}
