//! The nearest known name to one that is not known.

/// The nearest of `known` to `word` by edit distance, when it is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).max(1);
    let lower = word.to_lowercase();
    known
        .into_iter()
        .filter(|name| *name != word && word.len() < 200)
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

/// The nearest of `known` to the name of a package. Short names, and names that differ in a digit, are rather
/// other packages than misspelt ones: `python2` and `python3`, `glibc` and `glib2`.
pub(crate) fn nearest_package<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let length = word.chars().count();
    let most = if length < 9 { 1 } else { 2 };
    (5..200).contains(&length).then_some(())?;
    known
        .into_iter()
        .filter(|name| name.len().abs_diff(word.len()) <= 2 && digits(name) == digits(word))
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, _)| (1..=most).contains(distance))
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::{nearest, nearest_package};

    #[test]
    fn near_and_far() {
        assert_eq!(nearest("Inlcude", ["Rpm", "Include"]), Some("Include"));
        assert_eq!(nearest("SOCK_DRI", ["SOCK_DIR"]), Some("SOCK_DIR"));
        assert_eq!(nearest("frobnicate", ["Rpm", "Include"]), None);
    }

    #[test]
    fn packages_differ_in_digits() {
        assert_eq!(nearest_package("opensll-libs", ["openssl-libs", "zlib"]), Some("openssl-libs"));
        assert_eq!(nearest_package("python2", ["python3"]), None);
        assert_eq!(nearest_package("bind", ["find"]), None);
        assert_eq!(nearest_package("openssl", ["openssl-libs"]), None);
    }
}
