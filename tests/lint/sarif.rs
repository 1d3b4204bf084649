//! `--format sarif`: all that was found is in it. (That logs are valid is held in tests/sarif_schema.)

use std::path::Path;

use serde_json::{Value, json};

use super::{stdout, toe};

fn log(directory: &Path, words: &[&str]) -> Value {
    serde_json::from_str(&stdout(&toe(directory, &[&["lint", "--format", "sarif"], words].concat()))).unwrap()
}

/// A foot with findings that have further places, an include chain, fixes, and one that is silenced.
fn nails() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let foot = "REPO_FILE=a.repo\nMREPO_URL=http://h\nBase /var/deploy/web\nGroupAdd 353 web\nInclude \"more nails\"\n\
                Dir \"/ä/`arch`\"\nDir \"/b/`arch`\" # toe: ignore[TOE108] as it was\n";
    std::fs::write(directory.path().join("web.foot"), foot).unwrap();
    std::fs::write(directory.path().join("more nails"), "GroupAdd 353 log\n").unwrap();
    directory
}

#[test]
fn results_have_everything_that_was_found() {
    let directory = nails();
    let log = log(directory.path(), &["web.foot"]);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    let codes: Vec<&str> = results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    assert_eq!(codes, ["TOE503", "TOE108", "TOE108"]);
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(
            rule["helpUri"]
                .as_str()
                .unwrap()
                .ends_with(&format!("/docs/rules/{}.md", rule["id"].as_str().unwrap()))
        );
    }
    let (group, style, silenced) = (&results[0], &results[1], &results[2]);
    assert_eq!((&group["level"], &style["level"]), (&json!("error"), &json!("note")));
    let place = &group["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "more%20nails");
    let related = group["relatedLocations"].as_array().unwrap();
    let related: Vec<(&Value, &Value)> = related
        .iter()
        .map(|at| (&at["physicalLocation"]["region"]["startLine"], &at["message"]["text"]))
        .collect();
    assert_eq!(related, [(&json!(4), &json!("first here")), (&json!(5), &json!("included from here"))]);
    let region = json!({
        "startLine": 6, "startColumn": 9, "endLine": 6, "endColumn": 15, "byteOffset": 104, "byteLength": 6,
    });
    assert_eq!(style["locations"][0]["physicalLocation"]["region"], region);
    let change = &style["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "$(arch)");
    assert!(style["suppressions"].is_null());
    assert_eq!(silenced["suppressions"][0]["justification"], "as it was");
    assert_eq!(silenced["suppressions"][0]["kind"], "inSource");
}

#[test]
fn a_finding_is_known_again_where_it_moves() {
    let directory = tempfile::tempdir().unwrap();
    let prints = |text: &str| -> Vec<String> {
        std::fs::write(directory.path().join("a.nail"), text).unwrap();
        let log = log(directory.path(), &["."]);
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        let print =
            |r: &Value| r["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().to_owned();
        results.iter().map(print).collect()
    };
    let before = prints("Dir \"/`arch`\"\nGroupAdd 0353 web\n");
    let after = prints("# more\n\nGroupAdd 0353 web\n\tDir \"/`arch`\"\nDir \"/`arch`\"\n");
    assert_eq!(before.len(), 2);
    assert_eq!((&after[0], &after[1]), (&before[1], &before[0]));
    assert_ne!(after[2], after[1]);
    assert_ne!(before[0], before[1]);
}
