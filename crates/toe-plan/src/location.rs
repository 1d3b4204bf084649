//! Where a package or key is fetched from.

/// A place of bytes: a URL or a path of the host.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Location {
    /// `http://` or `https://`, as written.
    Url(String),
    /// A path of the host (also from `file://`), as written; relative to the current directory.
    Path(String),
}

impl Location {
    /// Reads a LOCATION word. The error is the scheme that cannot be used.
    pub fn parse(word: &str) -> Result<Self, String> {
        if let Some(path) = word.strip_prefix("file://") {
            let path = path.strip_prefix("localhost").unwrap_or(path);
            if !path.starts_with('/') {
                return Err("file (with a host)".to_owned());
            }
            return Ok(Location::Path(path.to_owned()));
        }
        match word.split_once("://") {
            Some((scheme, _))
                if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") =>
            {
                Ok(Location::Url(word.to_owned()))
            }
            Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b)) => {
                Err(scheme.to_owned())
            }
            _ => Ok(Location::Path(word.to_owned())),
        }
    }

    /// The location as it was written (without a `file://` prefix), with the user and password of a
    /// URL and its query hidden. For messages, logs and everything that is stored.
    pub fn redacted(&self) -> String {
        match self {
            Location::Path(path) => path.clone(),
            Location::Url(url) => redact(url),
        }
    }

    /// The last component of the path, without a query.
    pub fn file_name(&self) -> &str {
        let text = match self {
            Location::Url(url) => {
                let end = url.bytes().position(|b| b == b'?' || b == b'#');
                &url[..end.unwrap_or(url.len())]
            }
            Location::Path(path) => path,
        };
        let start = text.bytes().rposition(|b| b == b'/').map_or(0, |slash| slash + 1);
        &text[start..]
    }
}

fn redact(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let authority_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(authority_end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let hidden = if host.len() == authority.len() { "" } else { "***@" };
    match path.split_once('?') {
        Some((path, _)) => format!("{scheme}://{hidden}{host}{path}?***"),
        None => format!("{scheme}://{hidden}{host}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden() {
        let at = |s: &str| Location::parse(s).unwrap().redacted();
        assert_eq!(at("http://u:p@h:8/a/b.rpm?token=x"), "http://***@h:8/a/b.rpm?***");
        assert_eq!(at("https://h/a.rpm"), "https://h/a.rpm");
        assert_eq!(at("/tmp/a?b"), "/tmp/a?b");
    }

    #[test]
    fn schemes() {
        assert_eq!(Location::parse("file:///a/b"), Ok(Location::Path("/a/b".into())));
        assert_eq!(Location::parse("ftp://h/x"), Err("ftp".into()));
        assert!(Location::parse("file://host/x").is_err());
        assert_eq!(Location::parse("http://h/x.rpm?y").unwrap().file_name(), "x.rpm");
    }
}
