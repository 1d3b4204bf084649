//! Comments that silence rules.

use super::{stdout, toe, toe_reading};

fn lint(nail: &str) -> String {
    stdout(&toe_reading(std::path::Path::new("/"), &["lint", "-"], nail))
}

fn mended(nail: &str) -> String {
    stdout(&toe_reading(std::path::Path::new("/"), &["lint", "--fix", "-"], nail))
}

/// TOE108 and TOE508 find something in this line.
const LINE: &str = "Dir \"/`arch`\"; GroupAdd 0353 web";

#[test]
fn both_forms_name_one_rule_or_more() {
    for comment in [
        "toe: ignore TOE108, TOE508 as it was",
        "toe: ignore TOE108 TOE508 as it was",
        "toe: ignore[TOE108, id-leading-zero] as it was",
    ] {
        assert_eq!(lint(&format!("{LINE} # {comment}\n")), "", "{comment}");
        assert_eq!(lint(&format!("# {comment}\n{LINE}\n")), "", "{comment}");
        assert!(lint(&format!("# {comment}\nDir /a\n{LINE}\n")).contains("TOE508"), "{comment}");
    }
    let one = lint(&format!("{LINE} # toe: ignore[TOE108] as it was\n"));
    assert!(one.contains("TOE508") && !one.contains("is in backquotes"), "{one}");
}

#[test]
fn a_whole_file_may_be_silenced_at_its_head() {
    assert_eq!(lint(&format!("# A nail.\n# toe: ignore-file[TOE108, TOE508] old\n\nDir /a\n{LINE}\n")), "");
    let below = lint(&format!("Dir /a\n# toe: ignore-file[TOE108] old\n{LINE}\n"));
    assert!(
        below.contains("TOE108") && below.contains("TOE901") && below.contains("first command"),
        "{below}"
    );
}

#[test]
fn comments_of_shellcheck_silence_what_they_mean() {
    let backquotes = "Dir \"/`arch`\"\n";
    assert_eq!(lint(&format!("# shellcheck disable=SC2006\nDir /a\n{backquotes}")), "");
    assert_eq!(lint(&format!("Dir /a\n# shellcheck disable=SC2034,SC2006\n{backquotes}")), "");
    let command =
        format!("Dir /a\n# shellcheck disable=SC2006\nif true; then\n\t{backquotes}\t{backquotes}fi\n");
    assert_eq!(lint(&command), "");
    assert!(lint(&format!("{command}{backquotes}")).contains("TOE108"));
    // One that silences nothing is for the other tool.
    assert_eq!(lint("# shellcheck disable=SC2006,SC9999\nDir /a\n"), "");
}

#[test]
fn unused_ones_are_found_and_removed() {
    assert!(lint("# toe: ignore[TOE108] why\nDir /a\n").contains("TOE901"));
    assert_eq!(mended("Dir /b\n# toe: ignore[TOE108] why\nDir /a\n"), "Dir /b\nDir /a\n");
    assert_eq!(mended("Dir /a   # toe: ignore[TOE108] why\n"), "Dir /a\n");
    let half = "GroupAdd 0353 web # toe: ignore[TOE108, TOE508, TOE105] why\n";
    assert!(lint(half).contains("TOE108 and TOE105 find nothing here"), "{}", lint(half));
    assert_eq!(mended(half), "GroupAdd 0353 web # toe: ignore[TOE508] why\n");
    // A rule that is not asked finds nothing, and so tells nothing.
    let not_asked = toe_reading(
        std::path::Path::new("/"),
        &["lint", "-", "--ignore", "TOE108"],
        "# toe: ignore[TOE108] w\nDir /a\n",
    );
    assert_eq!(stdout(&not_asked), "");
}

#[test]
fn unknown_words_are_mended_where_one_rule_is_near() {
    let nail = "Dir \"/`arch`\" # toe: ignore[backqoutes] why\n";
    assert!(lint(nail).contains("did you mean backquotes?"));
    assert_eq!(mended(nail), "Dir \"/`arch`\" # toe: ignore[backquotes] why\n");
    let far = "Dir /a # toe: ignore[frobnication] why\n";
    assert!(lint(far).contains("TOE902"));
    assert_eq!(mended(far), far);
}

#[test]
fn a_foot_heeds_the_comments_of_what_it_includes() {
    let directory = tempfile::tempdir().unwrap();
    let foot = "REPO_FILE=a\nMREPO_URL=http://h\nBase /var/deploy/web\nGroupAdd 353 web\nInclude more\n";
    std::fs::write(directory.path().join("web.foot"), foot).unwrap();
    std::fs::write(
        directory.path().join("more"),
        "GroupAdd 353 log # toe: ignore[TOE503] shared on purpose\n",
    )
    .unwrap();
    assert_eq!(stdout(&toe(directory.path(), &["lint", "web.foot"])), "");
}
