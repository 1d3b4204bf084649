//! What a directive does, as typed values parsed once from its words.

use crate::{
    AccountId, AccountName, AccountNameError, DeviceKind, DirectiveName, Location, SockPath, SockPathError,
    StepError, StepFault,
};

/// The options of one `Rpm` line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RpmOptions {
    /// `--noscripts`: no scriptlet of this package runs.
    pub no_scripts: bool,
    /// `--notriggers`: no trigger of or by this package runs.
    pub no_triggers: bool,
    /// `--excludedocs`: files marked %doc are not installed.
    pub exclude_docs: bool,
    /// `--replacefiles`: files of other packages may be replaced.
    pub replace_files: bool,
    /// `--nosignature`: no signature is asked for.
    pub no_signature: bool,
}

/// The meaning of one directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `Base DIR`: the SOCK starts here.
    Base {
        /// SOCK_DIR, an absolute host path.
        dir: String,
    },
    /// `Rpm LOCATION [OPTION..]`.
    Rpm {
        /// The package.
        location: Location,
        /// Its options.
        options: RpmOptions,
    },
    /// `GpgImport KEY`.
    GpgImport {
        /// The key file.
        location: Location,
    },
    /// `GroupAdd GID GROUP`.
    GroupAdd {
        /// Its number.
        gid: AccountId,
        /// Its name.
        name: AccountName,
    },
    /// `UserAdd UID GID HOME SHELL NAME`.
    UserAdd {
        /// Its number.
        uid: AccountId,
        /// The number of its group.
        gid: AccountId,
        /// Home directory, made from /etc/skel.
        home: SockPath,
        /// Login shell, stored as written.
        shell: String,
        /// Its name.
        name: AccountName,
    },
    /// `Gecos USER COMMENT..`.
    Gecos {
        /// The user.
        user: AccountName,
        /// The comment field.
        comment: String,
    },
    /// `Mknod TYPE MAJOR MINOR NAME`.
    Mknod {
        /// Character, block or FIFO.
        kind: DeviceKind,
        /// Major number; 0 for a FIFO.
        major: u32,
        /// Minor number; 0 for a FIFO.
        minor: u32,
        /// The path of the node, below /dev.
        path: SockPath,
    },
    /// `Symlink LINK TARGET`: the host's LINK points to SOCK_DIR/TARGET.
    Symlink {
        /// Absolute host path of the link.
        link: String,
        /// What it points to, as seen inside the SOCK.
        target: SockPath,
    },
    /// `Copy SRC DEST [MODE [USER:GROUP]]`.
    Copy {
        /// Host file or tree.
        source: String,
        /// Where it goes.
        dest: SockPath,
        /// Mode and owner.
        attributes: Attributes,
    },
    /// `Write DEST [MODE [USER:GROUP]] <<EOF`.
    Write {
        /// Where it goes.
        dest: SockPath,
        /// Mode and owner.
        attributes: Attributes,
        /// The here-document after expansion.
        content: String,
    },
    /// `Dir PATH [MODE [USER:GROUP]]`.
    Dir {
        /// The directory.
        path: SockPath,
        /// Mode and owner.
        attributes: Attributes,
    },
    /// `Link TARGET PATH`: a symbolic link inside the SOCK.
    Link {
        /// The text of the link.
        target: String,
        /// The link.
        path: SockPath,
    },
    /// `Exec COMMAND..`: runs inside the SOCK.
    Exec {
        /// The words of the command.
        argv: Vec<String>,
    },
    /// `Service NAME USER:GROUP COMMAND..`.
    Service {
        /// Name of the unit, without `.service`.
        name: String,
        /// Its user.
        user: AccountName,
        /// Its group.
        group: AccountName,
        /// The command, as seen inside the SOCK.
        argv: Vec<String>,
    },
    /// `log WORDS`.
    Log {
        /// The words, joined with spaces.
        message: String,
    },
    /// `die WORDS`: reaching it at run time fails the run.
    Die {
        /// The words, joined with spaces.
        message: String,
    },
}

/// Mode and owner given to `Copy`, `Write` and `Dir`; what is absent is taken from the source
/// (Copy) or is 0644, 0755 for directories, and root:root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes {
    /// Permission bits, 0 to 07777.
    pub mode: Option<u32>,
    /// User and group, by name or number, looked up inside the SOCK.
    pub owner: Option<(String, String)>,
}

impl Step {
    /// Parses the arguments of a directive. `body` is the here-document of `Write`.
    /// `Include`, `PkgCheck` and `ShadowCheck` are not steps: the evaluator acts on them.
    pub fn parse(name: DirectiveName, args: &[String], body: Option<&str>) -> Result<Step, StepError> {
        let words = Words { name, args };
        match name {
            DirectiveName::Include | DirectiveName::PkgCheck | DirectiveName::ShadowCheck => Err(
                words.wrong_at(None, StepFault::Count, format!("{} is not a step of a plan", name.as_str()))
            ),
            DirectiveName::Base => {
                words.count(1, Some(1))?;
                Ok(Step::Base { dir: words.host_path(0)? })
            }
            DirectiveName::Rpm => {
                words.count(1, None)?;
                Ok(Step::Rpm { location: words.location(0)?, options: words.rpm_options(1)? })
            }
            DirectiveName::GpgImport => {
                words.count(1, Some(1))?;
                Ok(Step::GpgImport { location: words.location(0)? })
            }
            DirectiveName::GroupAdd => {
                words.count(2, Some(2))?;
                Ok(Step::GroupAdd { gid: words.id(0, "GID")?, name: words.account(1)? })
            }
            DirectiveName::UserAdd => {
                words.count(5, Some(5))?;
                Ok(Step::UserAdd {
                    uid: words.id(0, "UID")?,
                    gid: words.id(1, "GID")?,
                    home: words.passwd_path(2)?,
                    shell: words.passwd_path(3)?.as_str().to_owned(),
                    name: words.account(4)?,
                })
            }
            DirectiveName::Gecos => {
                words.count(2, None)?;
                let comment = args[1..].join(" ");
                if let Some(bad) = comment.chars().find(|c| *c == ':' || c.is_control()) {
                    let word = args.iter().skip(1).position(|a| a.contains(bad)).map(|i| i + 1);
                    return Err(words.wrong_at(
                        word,
                        StepFault::Comment,
                        format!("a comment field cannot hold {bad:?}"),
                    ));
                }
                Ok(Step::Gecos { user: words.account(0)?, comment })
            }
            DirectiveName::Mknod => words.mknod(),
            DirectiveName::Symlink => {
                words.count(2, Some(2))?;
                Ok(Step::Symlink { link: words.host_path(0)?, target: words.sock_path(1)? })
            }
            DirectiveName::Copy => {
                words.count(2, Some(4))?;
                words.plain(0)?;
                Ok(Step::Copy {
                    source: args[0].clone(),
                    dest: words.sock_path(1)?,
                    attributes: words.attributes(2)?,
                })
            }
            DirectiveName::Write => {
                words.count(1, Some(3))?;
                let Some(body) = body else {
                    return Err(words.wrong_at(
                        None,
                        StepFault::NoBody,
                        "Write has no here-document".to_owned(),
                    ));
                };
                Ok(Step::Write {
                    dest: words.sock_path(0)?,
                    attributes: words.attributes(1)?,
                    content: body.to_owned(),
                })
            }
            DirectiveName::Dir => {
                words.count(1, Some(3))?;
                Ok(Step::Dir { path: words.sock_path(0)?, attributes: words.attributes(1)? })
            }
            DirectiveName::Link => {
                words.count(2, Some(2))?;
                words.plain(0)?;
                if args[0].len() > 4095 {
                    return Err(words.wrong_at(
                        Some(0),
                        StepFault::TooLong,
                        "the link's text is longer than 4095 bytes".to_owned(),
                    ));
                }
                Ok(Step::Link { target: args[0].clone(), path: words.sock_path(1)? })
            }
            DirectiveName::Exec => {
                words.count(1, None)?;
                words.plain(0)?;
                Ok(Step::Exec { argv: args.to_vec() })
            }
            DirectiveName::Service => {
                words.count(3, None)?;
                words.service()
            }
            DirectiveName::Log => Ok(Step::Log { message: args.join(" ") }),
            DirectiveName::Die => Ok(Step::Die { message: args.join(" ") }),
        }
    }

    /// How the words of a directive are written, for help lines.
    pub fn usage(name: DirectiveName) -> &'static str {
        match name {
            DirectiveName::Include => "Include FILE [ARG..]",
            DirectiveName::Base => "Base DIR",
            DirectiveName::Rpm => {
                "Rpm LOCATION [--noscripts] [--notriggers] [--excludedocs] [--replacefiles] [--nosignature]"
            }
            DirectiveName::GpgImport => "GpgImport KEY",
            DirectiveName::PkgCheck => "PkgCheck NAME",
            DirectiveName::ShadowCheck => "ShadowCheck",
            DirectiveName::GroupAdd => "GroupAdd GID GROUP",
            DirectiveName::UserAdd => "UserAdd UID GID HOME SHELL NAME",
            DirectiveName::Gecos => "Gecos USER COMMENT..",
            DirectiveName::Mknod => "Mknod c|u|b MAJOR MINOR NAME, or Mknod p NAME",
            DirectiveName::Symlink => "Symlink LINK TARGET",
            DirectiveName::Copy => "Copy SRC DEST [MODE [USER:GROUP]]",
            DirectiveName::Write => "Write DEST [MODE [USER:GROUP]] <<EOF",
            DirectiveName::Dir => "Dir PATH [MODE [USER:GROUP]]",
            DirectiveName::Link => "Link TARGET PATH",
            DirectiveName::Exec => "Exec COMMAND..",
            DirectiveName::Service => "Service NAME USER:GROUP COMMAND..",
            DirectiveName::Log => "log WORDS",
            DirectiveName::Die => "die WORDS",
        }
    }
}

struct Words<'a> {
    name: DirectiveName,
    args: &'a [String],
}

impl Words<'_> {
    /// An error whose help is not the usage.
    fn wrong_with_help(word: usize, fault: StepFault, message: String, help: impl Into<String>) -> StepError {
        StepError { word: Some(word), fault, message, help: help.into() }
    }

    fn wrong_at(&self, word: Option<usize>, fault: StepFault, message: String) -> StepError {
        StepError { word, fault, message, help: format!("write: {}", Step::usage(self.name)) }
    }

    fn count(&self, least: usize, most: Option<usize>) -> Result<(), StepError> {
        let have = self.args.len();
        if have >= least && most.is_none_or(|most| have <= most) {
            return Ok(());
        }
        let wanted = match most {
            Some(most) if most == least => format!("{least}"),
            Some(most) => format!("{least} to {most}"),
            None => format!("at least {least}"),
        };
        let plural = if wanted == "1" || wanted == "at least 1" { "word" } else { "words" };
        let extra = most.filter(|most| have > *most);
        Err(self.wrong_at(
            extra,
            StepFault::Count,
            format!("{} takes {wanted} {plural}, here are {have}", self.name.as_str()),
        ))
    }

    /// No NUL, no newline, not empty: what every path and name of the host must be.
    fn plain(&self, i: usize) -> Result<(), StepError> {
        let word = &self.args[i];
        if word.is_empty() {
            return Err(self.wrong_at(Some(i), StepFault::Empty, "the word is empty".to_owned()));
        }
        if let Some(c) = word.chars().find(|c| c.is_control()) {
            return Err(self.wrong_at(
                Some(i),
                StepFault::Control,
                format!("the word has the control character {c:?}"),
            ));
        }
        Ok(())
    }

    fn host_path(&self, i: usize) -> Result<String, StepError> {
        self.plain(i)?;
        let word = &self.args[i];
        if !word.starts_with('/') {
            let help = match (self.name, self.args.get(1)) {
                (DirectiveName::Symlink, Some(target)) if target.starts_with('/') => {
                    format!("the link on the host comes first: Symlink {target} {word}")
                }
                (DirectiveName::Symlink, _) => {
                    format!("LINK is a path on the host: Symlink /{word} TARGET")
                }
                _ => {
                    let name =
                        word.rsplit('/').find(|part| !part.is_empty() && *part != "..").unwrap_or("NAME");
                    format!("write it from the root on, as in {} /var/deploy/{name}", self.name.as_str())
                }
            };
            let message = format!("`{word}` is not an absolute path");
            return Err(Self::wrong_with_help(i, StepFault::Relative, message, help));
        }
        if word.split('/').any(|c| c == "..") {
            return Err(self.wrong_at(Some(i), StepFault::DotDot, format!("`{word}` has a `..` component")));
        }
        Ok(word.clone())
    }

    fn sock_path(&self, i: usize) -> Result<SockPath, StepError> {
        SockPath::parse(&self.args[i]).map_err(|e: SockPathError| {
            self.wrong_at(Some(i), path_fault(&e), format!("`{}`: {e}", self.args[i].escape_debug()))
        })
    }

    fn passwd_path(&self, i: usize) -> Result<SockPath, StepError> {
        let path = self.sock_path(i)?;
        let fault = match &self.args[i] {
            word if !word.starts_with('/') => StepFault::Relative,
            word if word.contains(':') => StepFault::Colon,
            _ => return Ok(path),
        };
        let why = format!("`{}` must be absolute and without `:`", self.args[i]);
        Err(self.wrong_at(Some(i), fault, why))
    }

    fn location(&self, i: usize) -> Result<Location, StepError> {
        self.plain(i)?;
        Location::parse(&self.args[i]).map_err(|scheme| {
            let mut error =
                self.wrong_at(Some(i), StepFault::Scheme, format!("`{scheme}` locations cannot be fetched"));
            "use http://, https://, file:///PATH or a path".clone_into(&mut error.help);
            error
        })
    }

    fn rpm_options(&self, from: usize) -> Result<RpmOptions, StepError> {
        let mut options = RpmOptions::default();
        for (i, word) in self.args.iter().enumerate().skip(from) {
            match word.as_str() {
                "--noscripts" => options.no_scripts = true,
                "--notriggers" => options.no_triggers = true,
                "--excludedocs" => options.exclude_docs = true,
                "--replacefiles" => options.replace_files = true,
                "--nosignature" => options.no_signature = true,
                _ => {
                    let message = format!("Rpm has no option `{}`", word.escape_debug());
                    if !word.starts_with('-') {
                        let help = "write a line for each package: Rpm LOCATION [OPTION..]";
                        return Err(Self::wrong_with_help(i, StepFault::Option, message, help));
                    }
                    return Err(self.wrong_at(Some(i), StepFault::Option, message));
                }
            }
        }
        Ok(options)
    }

    fn number(&self, i: usize, what: &str, limit: u32) -> Result<u32, StepError> {
        let word = &self.args[i];
        let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        match word.parse::<u32>() {
            Ok(n) if digits && n <= limit => Ok(n),
            _ => {
                let message =
                    format!("`{}` is not a {what} (a number from 0 to {limit})", word.escape_debug());
                let fault = if word.is_empty() { StepFault::Empty } else { StepFault::Number };
                match (self.name, self.args) {
                    (DirectiveName::GroupAdd, [name, gid]) if gid.parse::<u32>().is_ok() => {
                        let help = format!("the number comes first: GroupAdd {gid} {}", name.escape_debug());
                        Err(Self::wrong_with_help(i, fault, message, help))
                    }
                    _ => Err(self.wrong_at(Some(i), fault, message)),
                }
            }
        }
    }

    /// (uid_t)-1 means "unchanged" to chown(2) and is no id.
    fn id(&self, i: usize, what: &str) -> Result<AccountId, StepError> {
        self.number(i, what, u32::MAX - 1).map(AccountId)
    }

    fn account(&self, i: usize) -> Result<AccountName, StepError> {
        AccountName::parse(&self.args[i]).map_err(|e: AccountNameError| {
            self.wrong_at(
                Some(i),
                if e == AccountNameError::Empty { StepFault::Empty } else { StepFault::AccountName },
                format!("`{}` cannot be an account name: {e}", self.args[i].escape_debug()),
            )
        })
    }

    fn mknod(&self) -> Result<Step, StepError> {
        self.count(2, Some(4))?;
        let Some(kind) = DeviceKind::from_letter(&self.args[0]) else {
            let why = format!("`{}` is not a kind of device (c, u, b or p)", self.args[0].escape_debug());
            return Err(self.wrong_at(Some(0), StepFault::DeviceKind, why));
        };
        let (major, minor, name) = if kind == DeviceKind::Fifo {
            self.count(2, Some(2))?;
            (0, 0, 1)
        } else {
            self.count(4, Some(4))?;
            // Linux's dev_t has 12 bits of major and 20 bits of minor.
            (self.number(1, "major number", 0xfff)?, self.number(2, "minor number", 0xf_ffff)?, 3)
        };
        let below = self.sock_path(name)?;
        if self.args[name].starts_with('/') || below.as_str() == "/" {
            let why = format!("`{}` must be a name below /dev, without a leading `/`", self.args[name]);
            let device = self.args[name].trim_start_matches("/dev").trim_matches('/');
            let help = format!(
                "leave /dev/ out: Mknod {}",
                [&self.args[..name], &[device.to_owned()]].concat().join(" ")
            );
            return Err(Self::wrong_with_help(name, StepFault::DevicePath, why, help));
        }
        let path = SockPath::parse(&format!("/dev{below}"))
            .map_err(|e| self.wrong_at(Some(name), path_fault(&e), format!("`{}`: {e}", self.args[name])))?;
        Ok(Step::Mknod { kind, major, minor, path })
    }

    fn attributes(&self, from: usize) -> Result<Attributes, StepError> {
        let mut attributes = Attributes::default();
        if let Some(mode) = self.args.get(from) {
            let octal = (1..=5).contains(&mode.len()) && mode.bytes().all(|b| (b'0'..=b'7').contains(&b));
            match u32::from_str_radix(mode, 8) {
                Ok(bits) if octal && bits <= 0o7777 => attributes.mode = Some(bits),
                _ => {
                    let why = format!("`{}` is not a mode in octal (0 to 7777)", mode.escape_debug());
                    let help = if mode.starts_with('/') {
                        format!(
                            "{0} makes one path: write a line for each; {1}",
                            self.name.as_str(),
                            Step::usage(self.name)
                        )
                    } else {
                        "write octal digits, such as 0755 for rwxr-xr-x or 0640 for rw-r-----".to_owned()
                    };
                    return Err(Self::wrong_with_help(from, StepFault::Mode, why, help));
                }
            }
        }
        if let Some(owner) = self.args.get(from + 1) {
            let pair = owner.split_once(':').filter(|(user, group)| owner_ok(user) && owner_ok(group));
            let Some((user, group)) = pair else {
                let message = format!("`{}` is not USER:GROUP", owner.escape_debug());
                let help = "write both, as names or numbers, such as root:root";
                return Err(Self::wrong_with_help(from + 1, StepFault::Owner, message, help));
            };
            attributes.owner = Some((user.to_owned(), group.to_owned()));
        }
        Ok(attributes)
    }

    fn service(&self) -> Result<Step, StepError> {
        let unit = &self.args[0];
        let unit_ok = !unit.is_empty()
            && unit.len() <= 200
            && unit.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.@".contains(&b))
            && !unit.starts_with(['.', '-']);
        if !unit_ok {
            return Err(self.wrong_at(
                Some(0),
                StepFault::UnitName,
                format!("`{}` cannot be a unit's name", unit.escape_debug()),
            ));
        }
        let pair = self.args[1].split_once(':');
        let names = pair.and_then(|(u, g)| Some((AccountName::parse(u).ok()?, AccountName::parse(g).ok()?)));
        let Some((user, group)) = names else {
            return Err(self.wrong_at(
                Some(1),
                StepFault::Owner,
                format!("`{}` is not USER:GROUP", self.args[1].escape_debug()),
            ));
        };
        if !self.args[2].starts_with('/') {
            return Err(self.wrong_at(
                Some(2),
                StepFault::Relative,
                "the command must be an absolute path of the SOCK".to_owned(),
            ));
        }
        Ok(Step::Service { name: unit.clone(), user, group, argv: self.args[2..].to_vec() })
    }
}

fn path_fault(error: &SockPathError) -> StepFault {
    match error {
        SockPathError::Empty => StepFault::Empty,
        SockPathError::DotDot => StepFault::DotDot,
        SockPathError::Control => StepFault::Control,
        SockPathError::TooLong => StepFault::TooLong,
    }
}

fn owner_ok(name: &str) -> bool {
    name.parse::<u32>().is_ok_and(|n| n < u32::MAX) || AccountName::parse(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Step, StepError> {
        let mut words = line.split(' ').map(str::to_owned);
        let name = DirectiveName::from_word(&words.next().unwrap()).unwrap();
        Step::parse(name, &words.collect::<Vec<_>>(), None)
    }

    #[test]
    fn wrong_words_are_refused_at_their_place() {
        for (line, word) in [
            ("Base relative", Some(0)),
            ("Base /a /b", Some(1)),
            ("Base", None),
            ("Rpm ftp://h/x.rpm", Some(0)),
            ("Rpm x.rpm --force", Some(1)),
            ("GroupAdd -1 g", Some(0)),
            ("GroupAdd 4294967295 g", Some(0)),
            ("GroupAdd 5 9g", Some(1)),
            ("UserAdd 1 1 home /bin/sh u", Some(2)),
            ("UserAdd 1 1 /ho:me /bin/sh u", Some(2)),
            ("Gecos u a:b", Some(1)),
            ("Mknod x 1 2 n", Some(0)),
            ("Mknod c 1 n", None),
            ("Mknod c 1 2 ../n", Some(3)),
            ("Mknod c 1 2 /n", Some(3)),
            ("Mknod c 4096 2 n", Some(1)),
            ("Symlink rel x", Some(0)),
            ("Symlink /a/../b x", Some(0)),
            ("Symlink /a ../x", Some(1)),
            ("Dir /x 888", Some(1)),
            ("Dir /x 755 a", Some(2)),
            ("Write /x", None),
            ("Service a u:g bin", Some(2)),
        ] {
            assert_eq!(parse(line).map_err(|e| e.word), Err(word), "{line}");
        }
    }

    #[test]
    fn right_words_have_a_meaning() {
        assert!(matches!(parse("Mknod p fifo"), Ok(Step::Mknod { kind: DeviceKind::Fifo, .. })));
        let Ok(Step::Mknod { path, .. }) = parse("Mknod c 1 3 null") else { panic!("Mknod") };
        assert_eq!(path.as_str(), "/dev/null");
        let Ok(Step::Gecos { comment, .. }) = parse("Gecos appuser Application XYZ User") else {
            panic!("Gecos")
        };
        assert_eq!(comment, "Application XYZ User");
        let Ok(Step::Symlink { target, .. }) = parse("Symlink /var/test var/test") else { panic!("Symlink") };
        assert_eq!(target.as_str(), "/var/test");
    }
}
