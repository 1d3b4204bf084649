//! Handles of the directories that files go to, and what was made in the tree so far.

use std::collections::HashMap;
use std::rc::Rc;

use toe_root::{Attributes, Dir, Root, RootError};

use crate::package_error::{PackageError, shown};

/// Handles that are kept; a package seldom has more directories in use at a time.
const KEPT: usize = 128;

enum Made {
    Directory(Vec<u8>),
    File(Rc<Dir>, Vec<u8>),
}

/// The directories of one unpacking.
pub(super) struct Directories<'r> {
    pub(super) root: &'r Root,
    package: &'r str,
    open: HashMap<Vec<u8>, Rc<Dir>>,
    made: Vec<Made>,
}

impl<'r> Directories<'r> {
    pub(super) fn new(root: &'r Root, package: &'r str) -> Self {
        Directories { root, package, open: HashMap::new(), made: Vec::new() }
    }

    pub(super) fn failed(&self) -> impl Fn(RootError) -> PackageError + use<> {
        let package = self.package.to_owned();
        move |source| PackageError::Write { package: package.clone(), source }
    }

    /// The directory of a file, and the file's name in it. Missing directories are made 0755, root's.
    pub(super) fn parent_of(&mut self, path: &[u8]) -> Result<(Rc<Dir>, Vec<u8>), PackageError> {
        let slash = path.iter().rposition(|b| *b == b'/').unwrap_or(0);
        let (parent, name) = path.split_at(slash);
        let dir = self.get(parent)?;
        Ok((dir, name.get(1..).unwrap_or_default().to_vec()))
    }

    fn get(&mut self, path: &[u8]) -> Result<Rc<Dir>, PackageError> {
        if let Some(dir) = self.open.get(path) {
            return Ok(dir.clone());
        }
        let asked = if path.is_empty() { &b"/"[..] } else { path };
        let dir = match self.root.dir(asked) {
            Ok(dir) => dir,
            Err(e) if e.is_not_found() && !path.is_empty() => {
                let (parent, name) = self.parent_of(path)?;
                match parent.mkdir(&name, 0o755) {
                    Ok(()) => {}
                    // A link that leads nowhere.
                    Err(e) if e.is_already_exists() => return Err(self.not_a_directory(path)),
                    Err(e) => return Err(self.failed()(e)),
                }
                self.made.push(Made::Directory(path.to_vec()));
                parent.set_attributes(&name, &Attributes::new(0, 0, 0o755)).map_err(self.failed())?;
                self.root.dir(asked).map_err(self.failed())?
            }
            Err(e) if e.errno() == Some(rustix::io::Errno::NOTDIR.raw_os_error()) => {
                return Err(self.not_a_directory(path));
            }
            Err(e) => return Err(self.failed()(e)),
        };
        if self.open.len() >= KEPT {
            self.open.clear();
        }
        let dir = Rc::new(dir);
        self.open.insert(path.to_vec(), dir.clone());
        Ok(dir)
    }

    fn not_a_directory(&self, path: &[u8]) -> PackageError {
        PackageError::NotADirectory { path: shown(path), package: self.package.to_owned() }
    }

    /// Makes the package's own directory, or keeps the one that is there, and gives it its attributes.
    pub(super) fn own(&mut self, path: &[u8], attributes: &Attributes) -> Result<(), PackageError> {
        if path == b"/" {
            return self.root.set_attributes(b"/", attributes).map_err(self.failed());
        }
        let (parent, name) = self.parent_of(path)?;
        match parent.find(&name).map_err(self.failed())? {
            Some(there) if there.is_dir() => {}
            Some(there) if there.is_symlink() => {
                // rpm's rule: a link is followed when root, or the owner of its target, made it.
                match self.root.follow(path) {
                    Ok(target)
                        if target.metadata().is_dir()
                            && (there.uid == 0 || there.uid == target.metadata().uid) =>
                    {
                        return target.set_attributes(attributes).map_err(self.failed());
                    }
                    _ => self.replace_by_directory(&parent, &name, path)?,
                }
            }
            Some(_) => self.replace_by_directory(&parent, &name, path)?,
            None => self.make(&parent, &name, path)?,
        }
        parent.set_attributes(&name, attributes).map_err(self.failed())
    }

    fn replace_by_directory(
        &mut self,
        parent: &Rc<Dir>,
        name: &[u8],
        path: &[u8],
    ) -> Result<(), PackageError> {
        parent.unlink(name).map_err(self.failed())?;
        self.open.clear();
        self.make(parent, name, path)
    }

    fn make(&mut self, parent: &Dir, name: &[u8], path: &[u8]) -> Result<(), PackageError> {
        parent.mkdir(name, 0o700).map_err(self.failed())?;
        self.made.push(Made::Directory(path.to_vec()));
        Ok(())
    }

    /// Remembers a temporary file.
    pub(super) fn made_file(&mut self, dir: &Rc<Dir>, name: &[u8]) {
        self.made.push(Made::File(dir.clone(), name.to_vec()));
    }

    /// Takes everything back that was made, in reverse order: directories where they are empty.
    pub(super) fn undo(&mut self) {
        for made in self.made.drain(..).rev() {
            // What cannot be removed stays: the tree is thrown away with the failed run.
            let _ = match made {
                Made::File(dir, name) => dir.unlink(&name),
                Made::Directory(path) => self.root.rmdir(&path),
            };
        }
    }
}
