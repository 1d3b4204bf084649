//! Reading yum's configuration: what it holds, whose packages must be signed, what is refused.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use toe_repo::{GpgPolicy, YumConf, YumConfError, YumVariables};

struct Files(tempfile::TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = directory.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Files(directory)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn load(&self, name: &str) -> Result<YumConf, YumConfError> {
        let variables = YumVariables::new().with("releasever", "9").with("basearch", "x86_64");
        YumConf::load(&self.path(name), &variables)
    }

    /// The message with the directory taken out.
    fn error(&self, name: &str) -> String {
        let error = self.load(name).expect_err("must be refused");
        assert!(toe_source::Diagnostic::from_error(&error).help.is_some());
        error.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }
}

const FULL: &str = "\
# a comment
[main]
gpgcheck = 1
proxy=http://proxy:3128

[base]
name=Base $releasever - $basearch ; not a comment
baseurl=http://one.example/$releasever/os/
# a comment between
        http://two.example/${releasever}/os/,http://three.example/os
mirrorlist=https://mirrors.example/?repo=base#part
gpgkey=file:///etc/pki/KEY-a file:///etc/pki/KEY-b
sslverify=no

[updates]
baseurl: http://one.example/9/os/updates
enabled=0
gpgcheck=off
metalink=https://mirrors.example/metalink
";

#[test]
fn a_file_with_all_that_matters() {
    let files = Files::new(&[("yum.conf", FULL)]);
    let conf = files.load("yum.conf").unwrap();
    let base = conf.repository("base").unwrap();
    assert_eq!(base.name(), "Base 9 - x86_64 ; not a comment");
    assert_eq!(
        base.base_urls(),
        ["http://one.example/9/os/", "http://two.example/9/os/", "http://three.example/os"]
    );
    assert_eq!(base.mirrorlist(), Some("https://mirrors.example/?repo=base#part"));
    assert_eq!(base.gpg_keys(), ["file:///etc/pki/KEY-a", "file:///etc/pki/KEY-b"]);
    assert!(conf.enabled(base).unwrap());
    assert!(conf.gpgcheck(base).unwrap(), "from [main]");
    assert!(!conf.sslverify(base).unwrap());
    let updates = conf.repository("updates").unwrap();
    assert!(!conf.enabled(updates).unwrap());
    assert!(!conf.gpgcheck(updates).unwrap());
    assert!(conf.sslverify(updates).unwrap());
    assert_eq!(updates.metalink(), Some("https://mirrors.example/metalink"));
    assert_eq!(conf.main.as_ref().unwrap().proxy(), Some("http://proxy:3128"));
    let key = base.setting("gpgkey").unwrap();
    assert_eq!(conf.sources.text(key.span), "file:///etc/pki/KEY-a file:///etc/pki/KEY-b");
    assert_eq!(conf.sources.start(key.span).line, 12);
}

#[test]
fn a_url_belongs_to_the_longest_base_url() {
    let files = Files::new(&[("yum.conf", FULL)]);
    let conf = files.load("yum.conf").unwrap();
    let of = |url| conf.repository_of(url).map(|r| r.id.as_str());
    assert_eq!(of("http://one.example/9/os/Packages/a.rpm"), Some("base"));
    assert_eq!(of("http://user:pw@ONE.example:80/9/os//updates/a.rpm?x"), Some("updates"));
    assert_eq!(of("http://one.example/9/os/updates-old/a.rpm"), Some("base"));
    assert_eq!(of("https://one.example/9/os/a.rpm"), None);
    assert_eq!(of("http://one.example/8/os/a.rpm"), None);
    assert_eq!(of("relative/a.rpm"), None);
    let policy = conf.gpgcheck_for("http://three.example/os/a.rpm").unwrap();
    let gpgkeys = vec!["file:///etc/pki/KEY-a".to_owned(), "file:///etc/pki/KEY-b".to_owned()];
    assert_eq!(policy, Some(GpgPolicy { gpgcheck: true, gpgkeys }));
    assert_eq!(conf.gpgcheck_for("http://elsewhere.example/a.rpm").unwrap(), None);
}

#[test]
fn paths_and_file_urls_are_the_same_place() {
    let files = Files::new(&[("r.repo", "[a]\nbaseurl=file:///srv/my%20repo\n[b]\nbaseurl=/srv/other\n")]);
    let conf = files.load("r.repo").unwrap();
    let of = |url| conf.repository_of(url).map(|r| r.id.as_str());
    assert_eq!(of("/srv/my repo/x.rpm"), Some("a"));
    assert_eq!(of("file:///srv/other/x.rpm"), Some("b"));
}

#[test]
fn a_directory_is_read_in_order_and_the_first_of_a_name_counts() {
    let files = Files::new(&[
        ("d/b.repo", "[r]\nname=second\n[s]\nname=s\n"),
        ("d/a.repo", "[r]\nname=first\n"),
        ("d/c.rpmnew", "[t]\nname=t\n"),
    ]);
    let conf = files.load("d").unwrap();
    let names: Vec<_> = conf.repositories.iter().map(|r| (r.id.as_str(), r.name())).collect();
    assert_eq!(names, [("r", "first"), ("s", "s")]);
}

#[test]
fn includes_and_reposdir_are_followed() {
    let files = Files::new(&[
        ("yum.conf", "[main]\ninclude=more/other.conf\n"),
        ("more/other.conf", "[a]\nname=A\n"),
        ("d/b.repo", "[b]\nname=B\n"),
    ]);
    let text = format!(
        "[main]\ninclude=file://{}\nreposdir={} /nowhere\n",
        files.path("more/other.conf").display(),
        files.path("d").display()
    );
    fs::write(files.path("absolute.conf"), text).unwrap();
    assert!(files.load("yum.conf").unwrap().repository("a").is_some());
    let conf = files.load("absolute.conf").unwrap();
    assert!(conf.repository("a").is_some() && conf.repository("b").is_some());
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let files = Files::new(&[
        ("empty/readme", ""),
        ("early", "name=x\n"),
        ("open", "[base\n"),
        ("id", "[a b]\n"),
        ("words", "[a]\nbaseurl http://h/\n"),
        ("nothing", "[a]\nbaseurl\n"),
        ("blank", "[a]\n\n  http://h/\n"),
        ("remote", "[main]\ninclude=http://h/x\n"),
        ("cycle", "[main]\ninclude=cycle2\n"),
        ("cycle2", "[x]\ninclude = cycle\n"),
        ("gone", "[main]\ninclude=not-there\n"),
    ]);
    fs::write(files.path("bytes"), b"[a]\nname=\xff\n").unwrap();
    for (name, message) in [
        (
            "missing.repo",
            "cannot read the yum configuration `missing.repo`: there is no such file or directory",
        ),
        ("empty", "the directory `empty` holds no .repo file"),
        ("early", "early:1:1: the setting stands before the first section"),
        ("open", "open:1:1: the section has no `]` at the end of its line"),
        ("id", "id:1:1: this cannot be the id of a repository"),
        ("words", "words:2:1: what stands before `=` is no name of a setting"),
        ("nothing", "nothing:2:1: the line has no `=`"),
        ("blank", "blank:3:3: the line begins with a blank, but there is no value above that it continues"),
        ("remote", "remote:2:9: `include` of `http://h/x` is not supported"),
        ("cycle", "cycle2:2:11: `include` of `cycle` leads back to a file that is being read"),
        ("gone", "cannot read the yum configuration `not-there`: there is no such file or directory"),
        ("bytes", "`bytes` is no yum configuration: it is not text in UTF-8"),
    ] {
        assert_eq!(files.error(name), message, "{name}");
    }
}

#[test]
fn neither_true_nor_false_is_an_error_when_it_matters() {
    let files = Files::new(&[("r.repo", "[a]\nbaseurl=http://h/\ngpgcheck=perhaps\n")]);
    let conf = files.load("r.repo").unwrap();
    let error = conf.gpgcheck_for("http://h/x.rpm").unwrap_err().to_string();
    assert!(
        error.ends_with("r.repo:3:10: `gpgcheck` is `perhaps`, which is neither true nor false"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "([\\[\\]a-z=:#; \t\r\n$\\{\\}å]|\\PC){0,200}") {
        let files = Files::new(&[("r.repo", &text)]);
        if let Ok(conf) = files.load("r.repo") {
            for repository in &conf.repositories {
                prop_assert!(!repository.id.is_empty());
                // Spans lie within the text, on character boundaries.
                prop_assert!(!conf.sources.text(repository.span).is_empty());
            }
        }
    }
}
