//! What the author had in mind is said where it can be known from the text; elsewhere the error stays what it was.

#![allow(clippy::unwrap_used, reason = "test code")]

use toe_source::{SourceId, Span};
use toe_syntax::{SyntaxError, parse};

/// The errors of `text`, each in short with the text of its place.
fn errors(text: &str) -> Vec<String> {
    let at = |span: Span| text.get(span.start as usize..span.end as usize).unwrap();
    let short = |error: SyntaxError| match error {
        SyntaxError::ElseIf { opened, span, .. } => {
            format!("ElseIf {:?} of {:?}", at(span), opened.map(|opened| opened.start))
        }
        SyntaxError::KeywordCase { keyword, span, .. } => format!("KeywordCase {:?} {keyword}", at(span)),
        SyntaxError::StrayKeyword { word, span, .. } => format!("StrayKeyword {word} {}", span.start),
        SyntaxError::SignInWord { word, span, .. } => {
            format!("SignInWord {} {:?}", span.start, word.map(at))
        }
        SyntaxError::HtmlEntity { meant, span, .. } => format!("HtmlEntity {:?} {meant}", at(span)),
        SyntaxError::NestedExpansion { span } => format!("NestedExpansion {:?}", at(span)),
        SyntaxError::Unfinished { opener, closer, .. } => format!("Unfinished {opener} {closer}"),
        SyntaxError::Unexpected { found, .. } => format!("Unexpected {found}"),
        SyntaxError::NotInSubset { what, .. } => format!("NotInSubset {what}"),
        other => format!("{other:?}"),
    };
    parse(SourceId(0), text).errors.into_iter().map(short).collect()
}

#[test]
fn else_if() {
    let of = |text: &str| errors(text);
    assert_eq!(of("if a; then\n\tb\nelse if c; then\n\td\nfi\nx\n"), ["ElseIf \"else if\" of Some(0)"]);
    assert_eq!(
        of("if a; then\n\tb\nelse  if c; then\n\td\nelse\n\te\nfi\n"),
        ["ElseIf \"else  if\" of Some(0)"]
    );
    assert_eq!(of("if a; then b\nelseif c; then d; fi\n"), ["ElseIf \"elseif\" of None"]);
    // With a `fi` of its own it is an `if` in the `else`.
    assert_eq!(of("if a; then b; else if c; then d; fi; fi\n"), Vec::<String>::new());
    // In quotes it is text.
    assert_eq!(of("if a; then\n\techo 'x\nelse if c'\n"), ["Unfinished if fi"]);
}

#[test]
fn reserved_words_in_other_letters() {
    for (text, expected) in [
        ("if a; Then\n\tb\nfi\n", "KeywordCase \"Then\" then"),
        ("if a\nTHEN\n\tb\nfi\n", "KeywordCase \"THEN\" then"),
        ("if a; then\n\tb\nFi\nDir /x\n", "KeywordCase \"Fi\" fi"),
        ("for i in a b; Do\n\tx\ndone\n", "KeywordCase \"Do\" do"),
        ("for i in a b; do\n\tx\nDone\n", "KeywordCase \"Done\" done"),
        ("While a; do\n\tb\ndone\n", "KeywordCase \"While\" while"),
        ("If a; then\n\tb\nfi\n", "KeywordCase \"If\" if"),
        ("For i in a; do b; done\n", "KeywordCase \"For\" for"),
        ("case $x In\na) b ;;\nesac\n", "KeywordCase \"In\" in"),
        ("case $x in\na) b ;;\nEsac\n", "KeywordCase \"Esac\" esac"),
        ("Case $x in\na) b ;;\nesac\n", "KeywordCase \"Case\" case"),
        ("Function web { Dir /a; }\n", "KeywordCase \"Function\" function"),
        // These are words, and text.
        ("if a; then\n\techo Fi\n", "Unfinished if fi"),
        ("if a; then\n\techo 'x\nFi\n'\n", "Unfinished if fi"),
    ] {
        assert_eq!(errors(text), [expected], "{text}");
    }
}

#[test]
fn reserved_words_alone() {
    assert_eq!(errors("Dir /a\nfi\n"), ["StrayKeyword fi 7"]);
    assert_eq!(errors("done\n"), ["StrayKeyword done 0"]);
    assert_eq!(errors("}\n"), ["StrayKeyword } 0"]);
}

#[test]
fn signs_in_words() {
    for (text, expected) in [
        ("Rpm http://h/q?a=1&b=2 -x\n", "SignInWord 18 Some(\"http://h/q?a=1&b=2\")"),
        // Two in one word are one mistake.
        ("Rpm ${U}/q?a=1&b=2&c=3\n", "SignInWord 14 Some(\"${U}/q?a=1&b=2&c=3\")"),
        ("Rpm http://h/q?a& -x\n", "SignInWord 16 Some(\"http://h/q?a&\")"),
        ("Gecos web R&D\n", "SignInWord 11 Some(\"R&D\")"),
        ("Gecos web R&D;\n", "SignInWord 11 Some(\"R&D\")"),
        // In double quotes these would not mean the same.
        ("Dir 'a b'&c\n", "SignInWord 9 None"),
        ("Dir {a,b}&c\n", "SignInWord 9 None"),
        ("Dir *&c\n", "SignInWord 5 None"),
        ("Dir $(a)b&c\n", "SignInWord 9 None"),
        ("Dir /a &\n", "NotInSubset running a command in the background with `&`"),
        ("Dir /a & Dir /b\n", "NotInSubset running a command in the background with `&`"),
        ("Gecos web the (web) one\n", "SignInWord 14 Some(\"(web)\")"),
        ("Rpm /web(1).rpm\n", "SignInWord 8 Some(\"/web(1).rpm\")"),
        ("Gecos web a(b c)\n", "SignInWord 11 None"),
        ("a= (b)\n", "Unexpected `(`"),
        ("f (x) {\n", "Unexpected `(`"),
        ("f (x) { :; }\n", "Unexpected `(`"),
    ] {
        assert_eq!(errors(text), [expected], "{text}");
    }
}

#[test]
fn characters_of_web_pages() {
    assert_eq!(errors("a &amp;&amp; b\n"), ["HtmlEntity \"&amp;\" &"]);
    assert_eq!(errors("a &gt; b\n"), ["HtmlEntity \"&gt;\" >"]);
    assert_eq!(errors("[[ $a &lt; b ]]\n"), ["HtmlEntity \"&lt;\" <"]);
    assert_eq!(errors("Dir &quot;/a&quot;\n"), ["HtmlEntity \"&quot;\" \""]);
    assert_eq!(errors("echo \"&amp;\"\n"), Vec::<String>::new());
}

#[test]
fn expansions_in_the_place_of_a_name() {
    for (text, place) in [
        ("X=${${A}%x}\n", "${${"),
        ("X=\"${${A}%x}\"\n", "${${"),
        ("X=${$(arch)%x}\n", "${$("),
        ("X=${\"$A\"%x}\n", "${\\\""),
        ("echo ${$A}\n", "${$A"),
    ] {
        assert_eq!(errors(text), [format!("NestedExpansion \"{place}\"")], "{text}");
    }
    assert_eq!(errors("echo ${$} \"${A}${B}\"\n"), Vec::<String>::new());
}

#[test]
fn a_long_text_of_mistakes_takes_no_long_time() {
    let begun = std::time::Instant::now();
    for (before, piece) in [
        ("", "a&"),
        ("", "a&b"),
        ("", "a &amp; "),
        ("", "a&amp;"),
        ("", "\n&b"),
        ("", "x("),
        ("if a; then\n", "Fi\n"),
        ("if a; then\n", "If a\n"),
        ("if a; then\n", "else if a\n"),
    ] {
        let text = format!("{before}{}", piece.repeat(20_000));
        assert!(!parse(SourceId(0), &text).errors.is_empty(), "{piece}");
        // Of one word that ends in quotes, no quotes around it would do.
        assert!(!parse(SourceId(0), &format!("{text}'x'")).errors.is_empty(), "{piece}");
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
