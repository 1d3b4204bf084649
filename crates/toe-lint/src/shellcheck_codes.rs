//! Which rules find what a code of ShellCheck stands for, so that its comments keep old files quiet here too.

/// The rules' codes for those of ShellCheck, by number.
const RULES: &[(u16, &[&str])] = &[
    (1012, &["TOE109"]),
    (1018, &["TOE004"]),
    (1036, &["TOE022"]),
    (1037, &["TOE107"]),
    (1066, &["TOE014"]),
    (1068, &["TOE013"]),
    (1083, &["TOE112"]),
    (1088, &["TOE022"]),
    (1090, &["TOE303"]),
    (1091, &["TOE302"]),
    (1101, &["TOE008"]),
    (1110, &["TOE005"]),
    (1111, &["TOE005"]),
    (1143, &["TOE009"]),
    (2005, &["TOE122"]),
    (2006, &["TOE108"]),
    (2015, &["TOE222"]),
    (2016, &["TOE103"]),
    (2027, &["TOE104"]),
    (2028, &["TOE109"]),
    (2030, &["TOE227"]),
    (2031, &["TOE227"]),
    (2034, &["TOE203"]),
    (2043, &["TOE223"]),
    (2046, &["TOE101"]),
    (2048, &["TOE114"]),
    (2050, &["TOE216"]),
    (2066, &["TOE223"]),
    (2068, &["TOE114"]),
    (2070, &["TOE217"]),
    (2071, &["TOE219"]),
    (2072, &["TOE219", "TOE221"]),
    (2076, &["TOE220"]),
    (2078, &["TOE216"]),
    (2080, &["TOE118"]),
    (2081, &["TOE218"]),
    (2086, &["TOE101", "TOE102", "TOE217"]),
    (2088, &["TOE105"]),
    (2097, &["TOE228"]),
    (2098, &["TOE228"]),
    (2112, &["TOE805"]),
    (2113, &["TOE805"]),
    (2115, &["TOE614", "TOE707"]),
    (2116, &["TOE122"]),
    (2123, &["TOE205"]),
    (2128, &["TOE113"]),
    (2140, &["TOE104"]),
    (2153, &["TOE121", "TOE201"]),
    (2154, &["TOE201", "TOE202", "TOE415"]),
    (2155, &["TOE229"]),
    (2168, &["TOE208"]),
    (2178, &["TOE115"]),
    (2179, &["TOE115"]),
    (2218, &["TOE212"]),
    (2221, &["TOE225"]),
    (2222, &["TOE225"]),
    (2248, &["TOE102"]),
    (2249, &["TOE226"]),
    (2269, &["TOE206"]),
    (2283, &["TOE013"]),
    (2291, &["TOE120"]),
    (2292, &["TOE806"]),
    (2295, &["TOE116"]),
    (2312, &["TOE229"]),
    (2317, &["TOE215"]),
    (2319, &["TOE231"]),
    (2320, &["TOE231"]),
    (2329, &["TOE213"]),
];

/// The rules for `word`, such as `SC2086`; none for a code that nothing here answers to.
pub(crate) fn rules_of(word: &str) -> &'static [&'static str] {
    let number = word.strip_prefix("SC").unwrap_or(word).parse();
    let found =
        number.ok().and_then(|number: u16| RULES.binary_search_by_key(&number, |(code, _)| *code).ok());
    found.map_or(&[], |at| RULES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_to_rules() {
        assert!(RULES.is_sorted_by_key(|(code, _)| *code));
        for code in RULES.iter().flat_map(|(_, codes)| *codes) {
            assert!(crate::rule_of_word(code).is_some(), "{code} is no rule");
        }
        assert_eq!(rules_of("SC2006"), ["TOE108"]);
        assert_eq!(rules_of("2006"), ["TOE108"]);
        assert!(rules_of("SC9999").is_empty());
        assert!(rules_of("all").is_empty());
    }
}
