//! What the fuzz targets check holds for every input that once broke it, and for the nails of this repository.

#[path = "checks/evaluator.rs"]
mod evaluator;
#[path = "checks/formatter.rs"]
mod formatter;
#[path = "checks/parser.rs"]
mod parser;

use std::path::{Path, PathBuf};

/// The files below `directory` of the repository, by name.
fn files(directory: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(directory);
    let mut files: Vec<PathBuf> = Vec::new();
    let mut directories = vec![directory];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(&directory).expect("a directory of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { directories.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// Checks every kept input of `target`, and every nail of the repository.
fn replay(target: &str, style: &[u8], check: fn(&[u8])) {
    let kept = files("tests/fuzz/crashes");
    for path in
        kept.iter().filter(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(target)))
    {
        eprintln!("{}", path.display());
        check(&std::fs::read(path).expect("a kept input"));
    }
    for path in files("TOENAILS").into_iter().chain(files("tests/sock_nails")) {
        eprintln!("{}", path.display());
        let nail = std::fs::read(&path).expect("a nail");
        check(&[style, &nail].concat());
    }
}

#[test]
fn parser_takes_what_once_broke_it() {
    replay("parser", b"", parser::check);
}

#[test]
fn evaluator_takes_what_once_broke_it() {
    replay("evaluator", b"", evaluator::check);
}

#[test]
fn formatter_takes_what_once_broke_it() {
    replay("formatter", b"\0", formatter::check);
}
