//! The files of a configuration: one file, what it includes, or a directory of `.repo` files.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{RepoSection, YumConf, YumConfError, YumVariables, error::place, ini};

/// No configuration is larger, in bytes.
const MOST_BYTES: u64 = 4 << 20;

impl YumConf {
    /// Reads what REPO_FILE names: a `yum.conf` or `.repo` file with the files that it includes and
    /// the directories of its `reposdir`, or a directory, of which all `*.repo` files are read in the
    /// order of their names. Of a repository that several files name, the first counts.
    ///
    /// # Errors
    /// A file is missing, unreadable or not in the format; the error names it and the line.
    pub fn load(path: &Path, variables: &YumVariables) -> Result<Self, YumConfError> {
        let mut conf = YumConf::default();
        if path.is_dir() {
            let files = repo_files(path)?;
            if files.is_empty() {
                return Err(YumConfError::NoRepoFiles { path: path.display().to_string() });
            }
            for file in files {
                conf.read_file(&file, variables, &mut Vec::new())?;
            }
            return Ok(conf);
        }
        conf.read_file(path, variables, &mut Vec::new())?;
        let directories: Vec<PathBuf> =
            conf.main.iter().flat_map(|main| main.list("reposdir")).map(PathBuf::from).collect();
        for directory in directories.iter().filter(|d| d.is_dir()) {
            for file in repo_files(directory)? {
                conf.read_file(&file, variables, &mut Vec::new())?;
            }
        }
        Ok(conf)
    }

    fn read_file(
        &mut self,
        path: &Path,
        variables: &YumVariables,
        reading: &mut Vec<PathBuf>,
    ) -> Result<(), YumConfError> {
        let text = read_text(path)?;
        let id = self.sources.add(path.display().to_string(), text);
        let sections = ini::sections(&self.sources, id, variables)?;
        reading.push(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
        let includes: Vec<_> = sections.iter().filter_map(|s| s.setting("include")).cloned().collect();
        for section in sections {
            self.add(section);
        }
        for include in includes {
            let place = place(&self.sources, include.span);
            let target = include.value;
            let local = target.strip_prefix("file://").unwrap_or(&target);
            if local.contains("://") {
                return Err(YumConfError::RemoteInclude { place, target });
            }
            let file = path.parent().unwrap_or(Path::new("")).join(local);
            let resolved = fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
            if reading.contains(&resolved) {
                return Err(YumConfError::IncludeCycle { place, target });
            }
            self.read_file(&file, variables, reading)?;
        }
        reading.pop();
        Ok(())
    }

    fn add(&mut self, section: RepoSection) {
        if section.id == "main" {
            self.main.get_or_insert(section);
        } else if self.repository(&section.id).is_none() {
            self.repositories.push(section);
        }
    }
}

fn unreadable(path: &Path, source: io::Error) -> YumConfError {
    let path = path.display().to_string();
    match source.kind() {
        io::ErrorKind::NotFound => YumConfError::Missing { path },
        _ => YumConfError::Unreadable { path, source },
    }
}

fn repo_files(directory: &Path) -> Result<Vec<PathBuf>, YumConfError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(|e| unreadable(directory, e))? {
        let path = entry.map_err(|e| unreadable(directory, e))?.path();
        if path.extension().is_some_and(|e| e == "repo") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_text(path: &Path) -> Result<String, YumConfError> {
    // O_NONBLOCK: the open of a FIFO would wait for a writer for ever.
    let flags = rustix::fs::OFlags::NONBLOCK.bits() as i32;
    let file =
        OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(|e| unreadable(path, e))?;
    let not_text = |reason| YumConfError::NotText { path: path.display().to_string(), reason };
    if !file.metadata().map_err(|e| unreadable(path, e))?.is_file() {
        return Err(not_text("it is not a regular file"));
    }
    let bytes = read_at_most(file).map_err(|e| unreadable(path, e))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(not_text("it is larger than 4 MiB"));
    }
    String::from_utf8(bytes).map_err(|_| not_text("it is not text in UTF-8"))
}

fn read_at_most(file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
