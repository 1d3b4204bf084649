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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_and_far() {
        assert_eq!(nearest("Inlcude", ["Rpm", "Include"]), Some("Include"));
        assert_eq!(nearest("SOCK_DRI", ["SOCK_DIR"]), Some("SOCK_DIR"));
        assert_eq!(nearest("frobnicate", ["Rpm", "Include"]), None);
    }
}
