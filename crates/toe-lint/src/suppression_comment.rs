//! The text of a comment that silences rules, taken apart.

use std::ops::Range;

use crate::shellcheck_codes::rules_of;

/// What a comment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Its line, or the next.
    Line,
    /// The whole nail.
    File,
}

/// A comment that silences rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SuppressionComment {
    /// `# toe: ignore CODE reason` and its kin.
    Own {
        /// What it is for.
        reach: Reach,
        /// The words that name rules, as ranges of the comment's bytes.
        words: Vec<Range<usize>>,
        /// What is behind them.
        reason: Range<usize>,
    },
    /// `# shellcheck disable=SC2086`: the codes of the rules that find the same.
    Alias(Vec<&'static str>),
}

impl SuppressionComment {
    /// Takes a comment apart; `None` for one that silences nothing.
    pub fn read(comment: &str) -> Option<SuppressionComment> {
        let text = comment.trim_start_matches('#').trim_start();
        if let Some(rest) =
            text.strip_prefix("shellcheck").filter(|rest| rest.starts_with(char::is_whitespace))
        {
            let codes = rest.split_whitespace().filter_map(|word| word.strip_prefix("disable="));
            return Some(SuppressionComment::Alias(
                codes.flat_map(|codes| codes.split(',')).flat_map(rules_of).copied().collect(),
            ));
        }
        let rest = text.strip_prefix("toe:")?.trim_start().strip_prefix("ignore")?;
        let (reach, rest) =
            rest.strip_prefix("-file").map_or((Reach::Line, rest), |rest| (Reach::File, rest));
        let offset = |part: &str| part.as_ptr() as usize - comment.as_ptr() as usize;
        let range = |part: &str| offset(part)..offset(part) + part.len();
        if let Some(listed) = rest.strip_prefix('[') {
            let (list, reason) = listed.split_once(']').unwrap_or((listed, &listed[listed.len()..]));
            let words = list.split(',').map(str::trim).filter(|word| !word.is_empty()).map(range).collect();
            return Some(SuppressionComment::Own { reach, words, reason: range(reason.trim()) });
        }
        if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            return None;
        }
        let mut rest = rest.trim();
        let mut words = Vec::new();
        let mut is_open = true;
        while let Some(word) =
            rest.split_whitespace().next().filter(|word| is_open || looks_like_a_code(word))
        {
            words.extend(word.split(',').filter(|word| !word.is_empty()).map(range));
            is_open = word.ends_with(',');
            rest = rest[word.len()..].trim_start();
        }
        Some(SuppressionComment::Own { reach, words, reason: range(rest) })
    }
}

fn looks_like_a_code(word: &str) -> bool {
    let digits = word.trim_end_matches(',').get(3..).unwrap_or("");
    word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("TOE"))
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reach, words and reason.
    fn own(comment: &str) -> Option<(Reach, Vec<&str>, &str)> {
        match SuppressionComment::read(comment)? {
            SuppressionComment::Own { reach, words, reason } => {
                Some((reach, words.into_iter().map(|range| &comment[range]).collect(), &comment[reason]))
            }
            SuppressionComment::Alias(_) => None,
        }
    }

    #[test]
    fn both_forms_and_several_codes() {
        use Reach::{File, Line};
        let cases: &[(&str, Reach, &[&str], &str)] = &[
            ("# toe: ignore TOE108 as it was", Line, &["TOE108"], "as it was"),
            ("#toe:ignore TOE108", Line, &["TOE108"], ""),
            (
                "# toe: ignore TOE108, backquotes,toe405 TOE406 why TOE1",
                Line,
                &["TOE108", "backquotes", "toe405", "TOE406"],
                "why TOE1",
            ),
            ("# toe: ignore[TOE108] as it was", Line, &["TOE108"], "as it was"),
            ("# toe: ignore[TOE108, TOE405]", Line, &["TOE108", "TOE405"], ""),
            ("# toe: ignore[TOE108", Line, &["TOE108"], ""),
            ("# toe: ignore", Line, &[], ""),
            ("# toe: ignore[] why", Line, &[], "why"),
            ("## toe: ignore-file[TOE108] why", File, &["TOE108"], "why"),
            ("# toe: ignore-file TOE108 why", File, &["TOE108"], "why"),
        ];
        for (comment, reach, words, reason) in cases {
            assert_eq!(own(comment), Some((*reach, words.to_vec(), *reason)), "{comment}");
        }
        for comment in
            ["# toe: ignored", "# toe ignore TOE108", "# ignore TOE108", "# toe: ignore-files TOE1"]
        {
            assert_eq!(own(comment), None, "{comment}");
        }
    }

    #[test]
    fn shellcheck_comments_name_rules_of_their_own() {
        let alias = |comment| SuppressionComment::read(comment);
        let codes = vec!["TOE108", "TOE103"];
        assert_eq!(alias("# shellcheck disable=SC2006,SC2016 # why"), Some(SuppressionComment::Alias(codes)));
        assert_eq!(alias("# shellcheck source=x"), Some(SuppressionComment::Alias(Vec::new())));
        assert_eq!(alias("# shellchecked disable=SC2006"), None);
    }
}
