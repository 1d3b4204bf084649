//! Logs of findings of every kind are valid. `TOE` names the program.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

/// Further places, an include chain, fixes, a silenced finding; nails that are no text, cannot be read, or mend as a
/// whole; names and text that a URI and JSON have to escape.
fn log() -> Value {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(directory.path().join(name), bytes).unwrap();
    write(
        "web.foot",
        "REPO_FILE=a.repo\nMREPO_URL=http://h\nBase /var/deploy/web\nGroupAdd 353 web\nInclude \"more nails\"\n\
         Dir \"/ä/`arch`\"\nDir \"/b/`arch`\" # toe: ignore[TOE108] as \"it\" was\n"
            .as_bytes(),
    );
    write("more nails", b"GroupAdd 353 log\n");
    write("broken.nail", b"Dir 'x\n");
    write("bytes.nail", b"Dir \xff\n");
    write("lines.nail", b"Dir /a\r\nDir /b\r\n");
    write("empty.nail", b"web() { }\n");
    let toe = std::env::var_os("TOE").map(PathBuf::from).expect("TOE names the program");
    let output = Command::new(toe.canonicalize().unwrap())
        .args(["lint", "--format", "sarif", "."])
        .current_dir(directory.path())
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn logs_are_valid() {
    let validator = jsonschema::validator_for(&sarif_schema::schema().unwrap()).unwrap();
    let log = log();
    let errors: Vec<String> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let results = log["runs"][0]["results"].as_array().unwrap();
    for part in ["relatedLocations", "fixes", "suppressions", "partialFingerprints"] {
        assert!(results.iter().any(|result| !result[part].is_null()), "no result has {part}");
    }
    for (at, wrong) in [
        ("/runs/0/results/0/level", json!("style")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/columnKind", json!("bytes")),
        ("/version", json!("2.0.0")),
    ] {
        let mut bad = log.clone();
        *bad.pointer_mut(at).unwrap() = wrong;
        assert!(!validator.is_valid(&bad), "{at} is not looked at");
    }
}
