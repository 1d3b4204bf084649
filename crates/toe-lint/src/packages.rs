//! What the packages of a foot say of themselves, as far as rules ask for it.

use std::collections::{HashMap, HashSet};

use toe_plan::{Location, Nevra};

/// What one package says of itself, beside the other packages of its foot.
#[derive(Debug, Clone)]
pub struct PackageFacts {
    /// Its name, from its header.
    pub nevra: Nevra,
    /// Its files.
    pub files: Vec<PackagedFile>,
    /// What it needs and no package of the foot provides, as rpm writes it.
    pub missing: Vec<String>,
    /// Files that an earlier package of the foot has too, with another content, and the place of that package.
    pub conflicts: Vec<(String, Location)>,
}

/// A file of a package.
#[derive(Debug, Clone)]
pub struct PackagedFile {
    /// Its path in the SOCK.
    pub path: String,
    /// Where it leads, if it is a symbolic link.
    pub link_target: Option<String>,
}

/// All packages of a foot.
#[derive(Debug, Clone, Default)]
pub struct Packages {
    by_location: HashMap<Location, PackageFacts>,
    paths: HashSet<String>,
    links: HashMap<String, String>,
}

/// Links on the way to one path; Linux follows 40.
const MOST_LINKS: usize = 40;

impl Packages {
    /// Takes the packages by the places that they are fetched from.
    pub fn new(by_location: HashMap<Location, PackageFacts>) -> Self {
        let files = || by_location.values().flat_map(|package| &package.files);
        let paths = files().map(|file| file.path.clone()).collect();
        let links = files().filter_map(|file| Some((file.path.clone(), file.link_target.clone()?))).collect();
        Packages { by_location, paths, links }
    }

    /// The package of a place.
    pub fn at(&self, location: &Location) -> Option<&PackageFacts> {
        self.by_location.get(location)
    }

    /// True when a package has `path`, perhaps by another name, as links of packages lead to it.
    pub fn have(&self, path: &str) -> bool {
        let mut found: Vec<String> = Vec::new();
        let mut todo: Vec<String> = components(path);
        let mut links = 0;
        while let Some(component) = todo.pop() {
            if component == ".." {
                found.pop();
                continue;
            }
            found.push(component);
            let Some(target) = self.links.get(&format!("/{}", found.join("/"))) else { continue };
            links += 1;
            if links > MOST_LINKS {
                return false;
            }
            found.pop();
            if target.starts_with('/') {
                found.clear();
            }
            todo.extend(components(target));
        }
        let whole = format!("/{}", found.join("/"));
        // Directories need no owner.
        self.paths.contains(&whole) || self.paths.iter().any(|path| is_below(path, &whole))
    }
}

/// The components of a path, the last first.
fn components(path: &str) -> Vec<String> {
    path.split('/').filter(|c| !c.is_empty() && *c != ".").rev().map(str::to_owned).collect()
}

fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(files: &[(&str, Option<&str>)]) -> Packages {
        let files = files
            .iter()
            .map(|(path, to)| PackagedFile { path: (*path).to_owned(), link_target: to.map(str::to_owned) })
            .collect();
        let nevra = Nevra::from_file_name("a-1-1.noarch.rpm").unwrap();
        let facts = PackageFacts { nevra, files, missing: Vec::new(), conflicts: Vec::new() };
        Packages::new(HashMap::from([(Location::Path("a".to_owned()), facts)]))
    }

    #[test]
    fn paths_are_found_through_links() {
        let packages = packages(&[
            ("/bin", Some("usr/bin")),
            ("/usr/bin/bash", None),
            ("/usr/bin/sh", Some("bash")),
            ("/usr/bin/up", Some("../../bin/./bash")),
            ("/usr/bin/off", Some("/nowhere")),
            ("/usr/bin/round", Some("round")),
        ]);
        for path in ["/bin/sh", "/bin/up", "/usr/bin/bash", "/bin", "/usr"] {
            assert!(packages.have(path), "{path}");
        }
        for path in ["/bin/off", "/bin/round", "/sbin/sh", "/usr/bi"] {
            assert!(!packages.have(path), "{path}");
        }
    }
}
