//! What a user reads when something is wrong: the whole message, for each kind of mistake.
//!
//! `tests/messages/NAME/` holds the nails of a case and `expected`, what `toe` prints (with its exit
//! status). A line `#! ARGS` first in `foot` gives the arguments; `sew foot` is the default. `TOE_BLESS=1`
//! rewrites the expectations. Before each case there is an old SOCK, and after each it must be the same, byte for byte.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod made_packages;
mod oracle;
mod tree_digest;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const TOE: &str = env!("CARGO_BIN_EXE_toe");

/// A place for one case, with an old SOCK in it.
struct Case {
    name: String,
    dir: tempfile::TempDir,
}

impl Case {
    fn new(name: &str) -> Self {
        let dir = tempfile::Builder::new().prefix("toe-message-").tempdir().unwrap();
        let from = cases().join(name);
        for file in std::fs::read_dir(&from).unwrap().map(|f| f.unwrap()) {
            if file.file_name() != "expected" {
                std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
            }
        }
        std::fs::write(dir.path().join("some.repo"), "[some]\nname=Some\nbaseurl=http://127.0.0.1:9/\n")
            .unwrap();
        made_packages::write_all(dir.path());
        Case { name: name.to_owned(), dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn toe(&self, args: &[String]) -> Command {
        let mut command = Command::new(TOE);
        command
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.dir.path())
            .env("COLUMNS", "100")
            .env("SOURCE_DATE_EPOCH", "1700000000");
        command
    }

    /// The SOCK that is there before the case runs.
    fn sew_old_sock(&self) {
        let foot = self.path("old.foot");
        std::fs::write(
            &foot,
            format!(
                "REPO_FILE=some.repo\nMREPO_URL={0}\nBase {0}/sock\nRpm good-1-1.noarch.rpm\n",
                self.dir.path().display()
            ),
        )
        .unwrap();
        let out = self.toe(&["sew".into(), "old.foot".into()]).output().unwrap();
        assert!(out.status.success(), "the old SOCK: {}", String::from_utf8_lossy(&out.stderr));
        std::fs::remove_file(foot).unwrap();
    }

    /// Runs the case and compares message, status and the old SOCK.
    fn check(&self, wrap: impl FnOnce(Command) -> Command) {
        let foot = std::fs::read_to_string(self.path("foot")).unwrap_or_default();
        let args: Vec<String> = match foot.lines().next().and_then(|l| l.strip_prefix("#! ")) {
            Some(args) => args.split(' ').map(str::to_owned).collect(),
            None => vec!["sew".into(), "foot".into()],
        };
        let before = tree_digest::of(&self.path("sock"));
        let mut command = self.toe(&args);
        command.env("D", self.dir.path());
        let out = wrap(command).output().unwrap();
        let mut got = String::new();
        got.push_str(&String::from_utf8(out.stdout).unwrap());
        got.push_str(&String::from_utf8(out.stderr).unwrap());
        let _ = writeln!(got, "exit status {}", out.status.code().map_or("none".into(), |c| c.to_string()));
        let got = got.replace(&self.dir.path().display().to_string(), "DIR");
        let got = hide_key_ids(&hide_durations(&got));
        assert_eq!(before, tree_digest::of(&self.path("sock")), "{}: the old SOCK changed", self.name);
        let left: Vec<_> = std::fs::read_dir(self.dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|n| n.contains("toe-stage"))
            .collect();
        assert!(left.is_empty(), "{}: left behind {left:?}", self.name);
        let expected = cases().join(&self.name).join("expected");
        if std::env::var_os("TOE_BLESS").is_some() {
            std::fs::write(&expected, &got).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(got, wanted, "{}: the message differs", self.name);
    }
}

/// The time at the end of progress lines, as in `fetching: 2, 0.1 s`, becomes `T s`.
fn hide_durations(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let seconds = line.strip_suffix(" s").and_then(|l| l.rsplit_once(' ')).filter(|(before, time)| {
            before.trim_start().split_once(':').is_some_and(|(phase, _)| phase.ends_with("ing"))
                && time.parse::<f64>().is_ok()
        });
        match seconds {
            Some((before, _)) => {
                out.push_str(before);
                out.push_str(" T s");
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// Ids of keys, 16 hexadecimal digits or the 40 of a fingerprint, are made anew with each test repository.
fn hide_key_ids(text: &str) -> String {
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c) || ('A'..='F').contains(&c);
    text.split_inclusive(|c: char| !hexadecimal(c))
        .map(|piece| {
            let digits = piece.trim_end_matches(|c: char| !hexadecimal(c));
            if matches!(digits.len(), 16 | 40) {
                piece.replacen(digits, "KEYID", 1)
            } else {
                piece.to_owned()
            }
        })
        .collect()
}

/// The program where every user can start it.
fn program_for_all(dir: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = dir.join("toe");
    assert!(Command::new("cp").arg(TOE).arg(&program).status().unwrap().success());
    program
}

/// `command` started by `words`.
fn behind(words: &[&str], program: &Path, command: &Command) -> Command {
    let mut wrapped = Command::new(words[0]);
    wrapped.args(&words[1..]).arg(program).args(command.get_args());
    if let Some(dir) = command.get_current_dir() {
        wrapped.current_dir(dir);
    }
    wrapped.env_clear();
    wrapped.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    wrapped
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/messages")
}

macro_rules! message_tests {
    ($($name:ident),+ $(,)?) => { $(
        #[test]
        fn $name() {
            let case = Case::new(stringify!($name));
            case.sew_old_sock();
            case.check(|c| c);
        }
    )+ };
}

message_tests! {
    unknown_directive,
    wrong_count,
    wrong_value,
    include_cycle,
    include_missing,
    unset_variable,
    repo_file_unset,
    repo_file_missing,
    quote_not_closed,
    not_in_subset,
    die_reached,
    two_sock_dirs,
    package_missing,
    package_truncated,
    package_corrupt,
    package_not_rpm,
    package_twice,
    file_conflict,
    pre_fails,
    dead_server,
    sock_dir_is_system,
    json_failure,
    lint_stops_a_run,
    apostrophe,
    arithmetic_on_text,
    arrow_comparison,
    associative_array,
    background,
    bad_arithmetic,
    bad_substitution,
    base_relative,
    brace_not_closed,
    bracket_end_without_blank,
    bracket_without_blank,
    break_outside_of_a_loop,
    byte_order_mark,
    carriage_return,
    case_without_esac,
    case_without_in,
    change_directory,
    copy_one_word,
    copy_owner,
    define_bad_name,
    define_without_value,
    dir_dotdot,
    dir_mode,
    dir_several,
    directive_wrong_case,
    division_by_zero,
    do_without_command,
    dollar_in_assignment,
    dollar_in_assignment_of_a_set_variable,
    done_for_fi,
    double_bracket_half_closed,
    double_quote_before_next_line,
    else_if,
    elseif,
    endless_loop,
    env_not_set,
    eval_word,
    exec_without_command,
    exit_status,
    external_command,
    external_in_substitution,
    fi_alone,
    foot_is_a_directory,
    foot_missing,
    foot_not_named,
    for_without_do,
    for_without_done,
    foreign_variable,
    function_misspelt,
    function_recursion,
    function_without_brace,
    gecos_colon,
    git_in_substitution,
    gpg_import_two_keys,
    group_add_swapped,
    here_document_end_indented,
    here_document_not_closed,
    here_document_on_cat,
    here_string,
    home_is_unset,
    home_of_a_user,
    if_with_bracket_glued,
    if_without_fi,
    if_without_then,
    include_cycle_of_three,
    include_directory,
    include_misspelt,
    include_outside,
    include_without_words,
    include_wrong_case,
    invalid_utf8,
    local_outside_of_a_function,
    mknod_count,
    mknod_number,
    mknod_path,
    mknod_type,
    nul_byte,
    octal_number,
    option_unknown,
    package_manager,
    package_misspelt,
    pair_without_package,
    pattern_without_parenthesis,
    positional_without_words,
    readonly_variable,
    redirect_to_file,
    required_variable,
    rpm_several,
    rpm_unknown_option,
    rpm_without_location,
    service_without_user,
    set_e,
    shadow_check_words,
    source_from_path,
    source_missing,
    space_after_equals,
    spaces_around_equals,
    subshell,
    substitution_not_closed,
    substitution_with_blank,
    symlink_one_word,
    symlink_swapped,
    symlink_with_sock_dir,
    test_of_no_number,
    test_of_several_words,
    then_on_one_line_without_command,
    then_without_command,
    typographic_quotes,
    unknown_command_word,
    unset_in_function_of_an_included_nail,
    unset_positional,
    user_add_name,
    user_add_negative,
    user_add_relative_home,
    variable_wrong_case,
    while_read,
    write_without_text,
}

#[test]
fn include_too_deep() {
    let case = Case::new("include_too_deep");
    for n in 1..=65 {
        std::fs::write(case.path(&format!("n{n}")), format!("Include n{}\n", n + 1)).unwrap();
    }
    case.sew_old_sock();
    case.check(|c| c);
}

/// The first thing that a case's message says, in one line.
fn headline(expected: &str) -> String {
    let says =
        |line: &str| line.starts_with("  × ") || line.starts_with("  ⚠ ") || line.starts_with("error: ");
    let json = || {
        let messages = expected.lines().filter_map(|line| line.trim().strip_prefix("\"message\": \""));
        let mut texts = messages.map(|text| text.trim_end_matches(',').trim_end_matches('"'));
        texts.rfind(|text| !text.is_empty()).map(str::to_owned)
    };
    let Some(first) = expected.lines().position(says) else { return json().unwrap_or_default() };
    let mut lines = expected.lines().skip(first);
    let start = lines.next().unwrap_or_default().trim_start_matches([' ', '×', '⚠']);
    lines.map_while(|line| line.strip_prefix("  │ ")).fold(start.to_owned(), |text, more| {
        if text.ends_with('-') { text + more } else { text + " " + more }
    })
}

#[test]
fn the_list_of_cases_is_whole() {
    let source = include_str!("messages.rs");
    let mut names: Vec<String> = std::fs::read_dir(cases())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 60, "{} cases", names.len());
    let readme = cases().join("README.md");
    let old = std::fs::read_to_string(&readme).unwrap();
    let mut new = old.split_inclusive('\n').take_while(|line| !line.starts_with("* ")).collect::<String>();
    for name in &names {
        assert!(
            source.contains(&format!("    {name},")) || source.contains(&format!("\"{name}\"")),
            "{name} has no test"
        );
        let expected = std::fs::read_to_string(cases().join(name).join("expected")).unwrap();
        let headline = headline(&expected);
        assert!(!headline.is_empty(), "{name}: the message has no first line");
        let _ = writeln!(new, "* `{name}`: {headline}");
    }
    if std::env::var_os("TOE_BLESS").is_some() {
        std::fs::write(&readme, &new).unwrap();
    } else {
        assert_eq!(old, new, "the list in README.md");
    }
}

/// A package of the test repository's `bad` directory, after the repository's key was imported.
fn check_bad(name: &str, package: &str) {
    let Some(repository) = oracle::test_repository() else { return };
    let case = Case::new(name);
    std::fs::copy(repository.join("RPM-GPG-KEY-test"), case.path("RPM-GPG-KEY-test")).unwrap();
    std::fs::copy(repository.join("bad").join(package), case.path(package)).unwrap();
    case.sew_old_sock();
    case.check(|c| c);
}

#[test]
fn package_signed_by_another_key() {
    check_bad("package_signed_by_another_key", "other-key.rpm");
}

#[test]
fn package_unsigned() {
    check_bad("package_unsigned", "unsigned.rpm");
}

#[test]
fn package_header_changed() {
    check_bad("package_header_changed", "header-changed.rpm");
}

#[test]
fn no_permission() {
    if !oracle::root() || !oracle::programs(&["setpriv"]) {
        return;
    }
    let case = Case::new("no_permission");
    case.sew_old_sock();
    let program = program_for_all(case.dir.path());
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    case.check(|c| behind(&nobody, &program, &c));
}

#[test]
fn no_space() {
    if !oracle::root() || !oracle::programs(&["unshare", "mount"]) {
        return;
    }
    let case = Case::new("no_space");
    case.sew_old_sock();
    std::fs::create_dir(case.path("small")).unwrap();
    let small = ["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs small && exec \"$@\"", "sh"];
    case.check(|c| behind(&small, Path::new(TOE), &c));
}
