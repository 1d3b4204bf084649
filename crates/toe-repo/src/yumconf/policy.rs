//! Which repository a URL belongs to, and whether its packages must be signed.

use url::Url;

use super::{RepoSection, YumConf, YumConfError};

/// What a repository says about the signatures of its packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GpgPolicy {
    /// True when packages must carry a good signature.
    pub gpgcheck: bool,
    /// Where its keys are: URLs or paths.
    pub gpgkeys: Vec<String>,
}

impl YumConf {
    /// The policy of the repository that `location` (a URL or an absolute path) lies in; `None` when
    /// it lies in none. Whether the repository is enabled does not matter: a nail names packages by
    /// URL.
    ///
    /// # Errors
    /// The repository's `gpgcheck` is neither true nor false.
    pub fn gpgcheck_for(&self, location: &str) -> Result<Option<GpgPolicy>, YumConfError> {
        let Some(repository) = self.repository_of(location) else { return Ok(None) };
        let gpgkeys = repository.gpg_keys().into_iter().map(str::to_owned).collect();
        Ok(Some(GpgPolicy { gpgcheck: self.gpgcheck(repository)?, gpgkeys }))
    }

    /// The repository one of whose base URLs `location` lies below: the one with the longest such
    /// base URL, the first of equals.
    pub fn repository_of(&self, location: &str) -> Option<&RepoSection> {
        let location = Place::of(location)?;
        let mut best: Option<(usize, &RepoSection)> = None;
        for repository in &self.repositories {
            for base in repository.list("baseurl").filter_map(Place::of) {
                if location.is_below(&base) && best.is_none_or(|(length, _)| base.path.len() > length) {
                    best = Some((base.path.len(), repository));
                }
            }
        }
        best.map(|(_, repository)| repository)
    }
}

/// A URL without what does not say where it is: user, password, query, a default port, the
/// difference between `file://` and a path.
struct Place {
    server: String,
    path: Vec<String>,
}

impl Place {
    fn of(location: &str) -> Option<Self> {
        let url = match location.strip_prefix('/') {
            Some(_) => Url::from_file_path(location).ok()?,
            None => Url::parse(location).ok()?,
        };
        let port = url.port_or_known_default().unwrap_or(0);
        let server = format!("{}://{}:{port}", url.scheme(), url.host_str().unwrap_or_default());
        let path = url.path_segments()?.filter(|s| !s.is_empty()).map(str::to_owned).collect();
        Some(Place { server, path })
    }

    fn is_below(&self, base: &Place) -> bool {
        self.server == base.server && self.path.len() > base.path.len() && self.path.starts_with(&base.path)
    }
}
