//! Many locations at once.

use std::{
    collections::HashMap,
    fs::File,
    os::unix::fs::MetadataExt,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use toe_plan::Location;
use toe_source::{Event, Observer};
use url::Url;

use crate::{
    FetchOptions, RepoError, Sha256Digest,
    cache::{Cache, Object},
    client::Clients,
    download::Download,
    local_file,
};

/// Something to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// Where it is.
    pub location: Location,
    /// What its content must be, when that is known (a lock). A cached file of this digest is then
    /// used without asking the server.
    pub sha256: Option<Sha256Digest>,
}

/// Which of the things wanted could not be fetched, and why.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct FetchFailure {
    /// Its position among the wants.
    pub want: usize,
    /// Why.
    pub error: RepoError,
}

impl From<FetchFailure> for RepoError {
    fn from(failure: FetchFailure) -> Self {
        failure.error
    }
}

/// A fetched file.
#[derive(Debug)]
pub struct Fetched {
    /// Where it is: in the cache, or the host's own path. For messages; the content is `file`.
    pub path: PathBuf,
    /// The file that was hashed, open for reading at its start. Reading it and not `path` makes sure
    /// that what is used is what was checked.
    pub file: File,
    /// In bytes.
    pub size: u64,
    /// The digest of the whole.
    pub sha256: Sha256Digest,
    /// True when nothing was downloaded for it; false for files of the host.
    pub from_cache: bool,
}

/// Fetches files into a cache. One per process is enough: its connections are reused.
#[derive(Debug)]
pub struct Fetcher {
    options: FetchOptions,
    cache: Cache,
    clients: Clients,
}

impl Fetcher {
    /// A fetcher; touches neither network nor disk before the first call.
    pub fn new(options: FetchOptions) -> Self {
        let cache = Cache::new(&options.cache_dir);
        Fetcher { options, cache, clients: Clients::default() }
    }

    /// Fetches everything that is wanted, several at once, and returns it in the order asked.
    /// A location that is wanted more than once is fetched once.
    ///
    /// # Errors
    /// The error of the first location, in the order asked, that cannot be fetched; those after it
    /// are given up, their parts stay in the cache.
    pub fn fetch_all(&self, wants: &[Want], observer: &dyn Observer) -> Result<Vec<Fetched>, FetchFailure> {
        let mut places: HashMap<&Location, usize> = HashMap::new();
        let mut unique: Vec<Want> = Vec::new();
        for want in wants {
            let place = *places.entry(&want.location).or_insert_with(|| {
                unique.push(Want { location: want.location.clone(), sha256: None });
                unique.len() - 1
            });
            if let Some(first) = unique.get_mut(place) {
                first.sha256 = first.sha256.or(want.sha256);
            }
        }
        let first_use = |place: usize| wants.iter().position(|w| places.get(&w.location) == Some(&place));
        let mut fetched: Vec<Option<Fetched>> = self
            .fetch_unique(&unique, observer)
            .map_err(|(place, error)| FetchFailure { want: first_use(place).unwrap_or_default(), error })?;
        let mut last_use = vec![0; unique.len()];
        for (i, want) in wants.iter().enumerate() {
            if let Some(last) = places.get(&want.location).and_then(|place| last_use.get_mut(*place)) {
                *last = i;
            }
        }
        let mut all = Vec::with_capacity(wants.len());
        for (i, want) in wants.iter().enumerate() {
            let place = places.get(&want.location).copied().unwrap_or_default();
            let Some(slot) = fetched.get_mut(place) else { continue };
            let is_last = last_use.get(place) == Some(&i);
            let one = if is_last {
                slot.take()
            } else {
                let again = slot.as_ref().map(|f| f.again(&want.location)).transpose();
                again.map_err(|error| FetchFailure { want: i, error })?
            };
            let Some(one) = one else { continue };
            if let Some(expected) = want.sha256.filter(|expected| *expected != one.sha256) {
                let location = want.location.redacted();
                let error = RepoError::WrongDigest { location, expected, found: one.sha256 };
                return Err(FetchFailure { want: i, error });
            }
            all.push(one);
        }
        Ok(all)
    }

    /// Every place of the result is filled. The number is that of the want that failed.
    fn fetch_unique(
        &self,
        wants: &[Want],
        observer: &dyn Observer,
    ) -> Result<Vec<Option<Fetched>>, (usize, RepoError)> {
        let total = Some(wants.len() as u64);
        observer.event(Event::Phase { name: "fetching", total, bytes: false });
        let (send_job, jobs) = crossbeam_channel::unbounded();
        for job in wants.iter().enumerate() {
            // The receiver lives until the end of this function.
            let _ = send_job.send(job);
        }
        drop(send_job);
        let (send_result, results) = crossbeam_channel::unbounded();
        // Jobs after the first failed one are given up, those before it go on: which error is
        // reported does not depend on which thread was quicker.
        let failed_at = AtomicUsize::new(usize::MAX);
        let workers = self.options.jobs.clamp(1, 64).min(wants.len());
        std::thread::scope(|scope| {
            for _ in 0..workers {
                let (jobs, send_result, failed_at) = (jobs.clone(), send_result.clone(), &failed_at);
                scope.spawn(move || {
                    for (i, want) in jobs {
                        let cancelled = || failed_at.load(Ordering::Relaxed) < i;
                        if cancelled() {
                            continue;
                        }
                        observer.event(Event::Item { name: want.location.file_name() });
                        let result = self.fetch_one(want, &cancelled);
                        if result.is_err() {
                            failed_at.fetch_min(i, Ordering::Relaxed);
                        }
                        observer.event(Event::Advance { by: 1 });
                        let _ = send_result.send((i, result));
                    }
                });
            }
        });
        drop(send_result);
        observer.event(Event::PhaseDone);
        let mut fetched: Vec<Option<Fetched>> = wants.iter().map(|_| None).collect();
        let mut first_error: Option<(usize, RepoError)> = None;
        for (i, result) in results {
            match result {
                Ok(one) => {
                    if let Some(slot) = fetched.get_mut(i) {
                        *slot = one;
                    }
                }
                Err(error) if first_error.as_ref().is_none_or(|(first, _)| i < *first) => {
                    first_error = Some((i, error));
                }
                Err(_) => {}
            }
        }
        first_error.map_or(Ok(fetched), Err)
    }

    /// `None` when it was cancelled.
    fn fetch_one(&self, want: &Want, cancelled: &dyn Fn() -> bool) -> Result<Option<Fetched>, RepoError> {
        match &want.location {
            Location::Path(path) => {
                let object = local_file::open(path)?;
                if let Some(expected) = want.sha256.filter(|expected| *expected != object.sha256) {
                    let location = path.clone();
                    return Err(RepoError::WrongDigest { location, expected, found: object.sha256 });
                }
                Ok(Some(Fetched::new(object, false)))
            }
            Location::Url(text) => {
                let bad = |reason: String| RepoError::BadUrl { location: want.location.redacted(), reason };
                let url = Url::parse(text).map_err(|e| bad(e.to_string()))?;
                if !matches!(url.scheme(), "http" | "https") {
                    return Err(bad(format!("the scheme {} is not http or https", url.scheme())));
                }
                let download = Download {
                    options: &self.options,
                    cache: &self.cache,
                    clients: &self.clients,
                    location: &want.location,
                    url,
                    expected: want.sha256,
                    cancelled,
                };
                Ok(download.run()?.map(|(object, from_cache)| Fetched::new(object, from_cache)))
            }
        }
    }
}

impl Fetched {
    fn new(object: Object, from_cache: bool) -> Self {
        let Object { path, file, size, sha256 } = object;
        Fetched { path, file, size, sha256, from_cache }
    }

    /// The same file with a position of its own.
    fn again(&self, location: &Location) -> Result<Self, RepoError> {
        let name = location.redacted();
        let unreadable = |source| RepoError::UnreadableFile {
            path: self.path.display().to_string(),
            doing: "open again",
            source,
        };
        let file = File::open(&self.path).map_err(unreadable)?;
        let (ours, other) = (self.file.metadata().map_err(unreadable)?, file.metadata().map_err(unreadable)?);
        if (ours.dev(), ours.ino()) != (other.dev(), other.ino()) {
            return Err(RepoError::FileChanged { path: name });
        }
        let Fetched { path, size, sha256, from_cache, .. } = self;
        Ok(Fetched { path: path.clone(), file, size: *size, sha256: *sha256, from_cache: *from_cache })
    }
}
