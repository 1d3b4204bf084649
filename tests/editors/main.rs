//! What docs/editors offers: the TextMate grammar, the files for Vim, and the hooks of pre-commit.

#![allow(clippy::unwrap_used, reason = "test code")]

mod textmate;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use textmate::{Grammar, Token};
use toe_plan::DirectiveName;

const SAMPLE: &str = include_str!("sample.nail");

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn grammar() -> String {
    std::fs::read_to_string(repository().join("docs/editors/toenail.tmLanguage.json")).unwrap()
}

/// Runs an oracle; `None`, said loudly, where it is missing.
fn oracle(command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) => Some(output),
        Err(error) => {
            let name = command.get_program().to_string_lossy().into_owned();
            eprintln!("MISSING: {name}, the oracle of this test ({error})");
            assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "{name} is required");
            None
        }
    }
}

/// The words of the one expression in `text` that has `first` as an alternative.
fn alternatives<'t>(text: &'t str, first: &str) -> Vec<&'t str> {
    let start = text.find(&format!("({first}|")).unwrap() + 1;
    text[start..].split(')').next().unwrap().split('|').collect()
}

#[test]
fn both_know_every_directive() {
    let all: Vec<&str> = DirectiveName::ALL.iter().map(|name| name.as_str()).collect();
    assert_eq!(alternatives(&grammar(), "Include"), all, "the TextMate grammar");
    let vim = std::fs::read_to_string(repository().join("docs/editors/vim/syntax/toenail.vim")).unwrap();
    let line = vim.lines().find_map(|line| line.strip_prefix("let s:names = '")).unwrap();
    assert_eq!(line.trim_end_matches('\'').split(' ').collect::<Vec<_>>(), all, "the syntax file of Vim");
}

/// Tokens with the last part of each scope that matters, as `text<scope>`.
fn shown(line: &[Token]) -> String {
    let mut out = String::new();
    for (text, scopes) in line {
        let short: Vec<String> = scopes
            .iter()
            .map(|scope| scope.trim_end_matches(".toenail").rsplit('.').next().unwrap().to_owned())
            .collect();
        if short.is_empty() {
            out.push_str(text);
        } else {
            write!(out, "{text}<{}>", short.join(" ")).unwrap();
        }
    }
    out
}

#[test]
fn textmate_sees_what_a_nail_is_made_of() {
    let tokens = Grammar::new(&grammar()).tokens(SAMPLE);
    let lines: Vec<String> = tokens.iter().map(|line| shown(line)).collect();
    let expected = [
        r"# toe: ignore<number-sign suppression> TOE108 why<number-sign>",
        r"Include<directive> TOENAILS/base",
        r#"X<assignment>=<assignment>1;<list> Rpm<directive> "<double>$X<double normal> Rpm"<double> # Rpm<number-sign>"#,
        r"if<control> PkgCheck<directive> a;<list> then<control> UserAdd<directive> 1 2 /h /s Rpm;<list> fi<control>",
        r"log<directive> 'Rpm x'<single> $((<arithmetic>1<arithmetic numeric> + <arithmetic>${<arithmetic bracket>#X<arithmetic bracket normal>}<arithmetic bracket>))<arithmetic>",
        r"f<function>() {<compound> Dir<directive> /x;<list> }<compound>",
        r"Write<directive> /etc/x <<<heredoc heredoc>END<heredoc heredoc>",
        r"Rpm <heredoc>$X<heredoc normal>",
        r"END<heredoc>",
        r"case<control> x in<control> a) Link<directive> a b ;;<list> esac<control>",
        r#"Rpm<directive> `<backquote>arch<backquote program>`<backquote> "<double>$(<double substitution>basename<double substitution program> <double substitution>"<double substitution double>$X<double substitution double normal>"<double substitution double>)<double substitution>"<double> ><redirect>/dev/null"#,
    ];
    assert_eq!(lines, expected);
}

#[test]
fn textmate_reads_the_nails_of_this_repository_to_their_end() {
    let mut directives = 0;
    for directory in ["TOENAILS", "tests/sock_nails"] {
        for entry in std::fs::read_dir(repository().join(directory)).unwrap() {
            let path = entry.unwrap().path();
            // A comment at the end is seen as one only when nothing before it was left open.
            let text = std::fs::read_to_string(&path).unwrap() + "# the end\n";
            let tokens = Grammar::new(&grammar()).tokens(&text);
            let name = path.display();
            assert_eq!(shown(tokens.last().unwrap()), "# the end<number-sign>", "{name}");
            for (line, tokens) in text.lines().zip(&tokens) {
                let word = line.split_whitespace().next().unwrap_or_default();
                if DirectiveName::from_word(word).is_some() {
                    directives += 1;
                    let first = tokens.iter().find(|(text, _)| !text.trim().is_empty()).unwrap();
                    assert_eq!(
                        shown(std::slice::from_ref(first)).trim(),
                        format!("{word}<directive>"),
                        "{name}: {line}"
                    );
                }
            }
        }
    }
    assert!(directives > 20, "{directives}");
}

/// Runs commands in Vim with docs/editors/vim on its path; its output is what they write to `out`.
fn vim(directory: &Path, file: &str, commands: &str) -> Option<String> {
    let out = directory.join("out");
    let script = format!(
        "set nocompatible\nset runtimepath^={}\nfiletype plugin on\nsyntax on\nedit {file}\nlet g:out = []\n{commands}\n\
         call writefile(g:out, '{}')\nqa!\n",
        repository().join("docs/editors/vim").display(),
        out.display()
    );
    std::fs::write(directory.join("script.vim"), script).unwrap();
    let toe = Path::new(env!("CARGO_BIN_EXE_toe")).parent().unwrap();
    let path = format!("{}:{}", toe.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("vim");
    command.args(["-es", "-u", "NONE", "-S", "script.vim"]).current_dir(directory).env("PATH", path);
    let output = oracle(command.env("HOME", directory))?;
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(std::fs::read_to_string(&out).unwrap_or_else(|e| panic!("vim wrote nothing: {e}; {shown}")))
}

/// Writes each line to `g:out` with the places where the kind of text changes.
const SHOW_SYNTAX: &str = "for l in range(1, line('$'))
  let previous = ''
  let shown = ''
  for c in range(1, len(getline(l)))
    let name = synIDattr(synID(l, c, 1), 'name')
    if name !=# previous
      let shown .= '{' . name . '}'
      let previous = name
    endif
    let shown .= getline(l)[c - 1]
  endfor
  call add(g:out, shown)
endfor";

#[test]
fn vim_sees_directives_where_they_are_commands() {
    let directory = tempfile::tempdir().unwrap();
    for file in ["x.nail", "y.foot", "TOENAILS/z"] {
        let path = directory.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, SAMPLE).unwrap();
        let Some(out) = vim(directory.path(), file, SHOW_SYNTAX) else { return };
        let lines: Vec<&str> = out.lines().collect();
        let seen: Vec<&str> = lines
            .iter()
            .flat_map(|line| line.split("{toenailDirective}").skip(1))
            .map(|rest| rest.split(['{', ' ']).next().unwrap())
            .collect();
        // Neither in strings, comments and here-documents, nor as an argument.
        let directives = ["Include", "Rpm", "PkgCheck", "UserAdd", "log", "Dir", "Write", "Link", "Rpm"];
        assert_eq!(seen, directives, "{file}: {out}");
        assert!(lines[0].starts_with("{toenailSuppression}# toe: ignore"), "{out}");
    }
}

#[test]
fn vim_formats_and_lints() {
    let directory = tempfile::tempdir().unwrap();
    // Backquotes in which something is escaped stay as they are.
    std::fs::write(directory.path().join("x.nail"), "Dir   /srv\nRpm http://h/`echo a\\\\b`.rpm\n").unwrap();
    let commands = "normal! gggqG
call extend(g:out, getline(1, '$'))
silent! write!
silent make!
for entry in getqflist()
  if entry.valid
    call add(g:out, bufname(entry.bufnr) . ':' . entry.lnum . ':' . entry.col . ' ' . entry.type . ' ' . entry.text[:5])
  endif
endfor";
    let Some(out) = vim(directory.path(), "x.nail", commands) else { return };
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[..2], ["Dir /srv", "Rpm http://h/`echo a\\\\b`.rpm"], "{out}");
    assert!(lines[2..].iter().any(|line| line.starts_with("x.nail:2:14 n TOE108")), "{out}");
}

#[test]
fn pre_commit_runs_the_hooks() {
    let directory = tempfile::tempdir().unwrap();
    let hooks = directory.path().join("hooks");
    let project = directory.path().join("project");
    let git = |place: &Path, words: &[&str]| {
        let who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"];
        let status = Command::new("git").args(who).args(words).current_dir(place).output().unwrap();
        assert!(status.status.success(), "{words:?}: {}", String::from_utf8_lossy(&status.stderr));
    };
    for place in [&hooks, &project] {
        std::fs::create_dir(place).unwrap();
        git(place, &["init", "-q"]);
    }
    std::fs::copy(repository().join(".pre-commit-hooks.yaml"), hooks.join(".pre-commit-hooks.yaml")).unwrap();
    git(&hooks, &["add", "."]);
    git(&hooks, &["commit", "-qm", "hooks"]);
    std::fs::create_dir(project.join("TOENAILS")).unwrap();
    std::fs::write(project.join("TOENAILS/web"), "Dir   /srv/web\n").unwrap();
    std::fs::write(project.join("TOENAILS/README.md"), "Dir   /srv/web\n").unwrap();
    std::fs::write(project.join("wrong.nail"), "Rpm\n").unwrap();
    git(&project, &["add", "."]);
    let toe = Path::new(env!("CARGO_BIN_EXE_toe")).parent().unwrap();
    let run = |hook: &str| {
        let mut command = Command::new("pre-commit");
        command.args(["try-repo", hooks.to_str().unwrap(), hook, "--all-files"]).current_dir(&project);
        let path = format!("{}:{}", toe.display(), std::env::var("PATH").unwrap());
        oracle(command.env("PATH", path).env("PRE_COMMIT_HOME", directory.path().join("cache")))
    };
    let Some(formatted) = run("toe-fmt") else { return };
    let said = String::from_utf8_lossy(&formatted.stdout).into_owned();
    assert_eq!(formatted.status.code(), Some(1), "{said}");
    assert!(said.contains("files were modified by this hook"), "{said}");
    assert_eq!(std::fs::read_to_string(project.join("TOENAILS/web")).unwrap(), "Dir /srv/web\n");
    assert_eq!(std::fs::read_to_string(project.join("TOENAILS/README.md")).unwrap(), "Dir   /srv/web\n");
    git(&project, &["add", "."]);
    assert_eq!(run("toe-fmt").unwrap().status.code(), Some(0), "formatted already");
    let linted = run("toe-lint").unwrap();
    let said = String::from_utf8_lossy(&linted.stdout).into_owned();
    assert_eq!(linted.status.code(), Some(1), "{said}");
    assert!(said.contains("wrong.nail") && said.contains("TOE402"), "{said}");
}
