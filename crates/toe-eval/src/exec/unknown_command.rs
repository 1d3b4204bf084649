//! A command word that nothing knows: what it was probably meant to be.

use toe_plan::DirectiveName;
use toe_source::Span;

use crate::expand::Expanded;
use crate::expand::tilde::is_name;
use crate::machine::Machine;
use crate::stop::Stop;
use crate::{EvalErrorKind, builtin, program, suggest};

/// The quotes of word processors.
const TYPOGRAPHIC_QUOTES: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];

/// Programs that only make text of text, so that one may well be allowed.
const MAKE_TEXT: [&str; 5] = ["sed", "awk", "grep", "tr", "expr"];
const ONLY_ALLOWED: &str = "an external command runs only with --allow-exec";

impl Machine<'_> {
    /// The error for `name`, which begins the command at `command`.
    pub(super) fn unknown_command(&mut self, name: &Expanded, args: &[Expanded], command: Span) -> Stop {
        self.here = name.span;
        let help = self
            .meant_assignment(name, args, command)
            .or_else(|| meant_characters(&name.text))
            .or_else(|| instead_or_allowed(&name.text))
            .or_else(|| self.near_command(&name.text).map(|near| format!("did you mean `{near}`?")))
            .unwrap_or_else(|| ONLY_ALLOWED.to_owned());
        self.error(EvalErrorKind::UnknownCommand { name: name.text.clone(), help })
    }

    /// `NAME = VALUE`, `NAME= VALUE`, and `$NAME=VALUE`.
    fn meant_assignment(&self, name: &Expanded, args: &[Expanded], command: Span) -> Option<String> {
        let text = &self.sources.file(command.source).text;
        let before = text.get(command.start as usize..name.span.start as usize).unwrap_or_default();
        if let Some(variable) = before.trim_end().strip_suffix('=').filter(|v| is_name(v)) {
            return Some(format!("an assignment has no blank after `=`: write {variable}={}", name.text));
        }
        if is_name(&name.text)
            && let Some(rest) = args.first().and_then(|word| word.text.strip_prefix('='))
        {
            let value = args.get(usize::from(rest.is_empty())).map_or("VALUE", |word| word.text.as_str());
            let value = value.trim_start_matches('=');
            return Some(format!("an assignment has no blanks around `=`: write {}={value}", name.text));
        }
        let written = text.get(name.span.start as usize..name.span.end as usize).unwrap_or_default();
        let (variable, value) = written.strip_prefix('$')?.split_once('=')?;
        is_name(variable).then(|| format!("to assign, leave the `$` out: write {variable}={value}"))
    }

    fn near_command(&self, word: &str) -> Option<String> {
        let known = DirectiveName::ALL
            .iter()
            .map(|d| d.as_str())
            .chain(builtin::NAMES.iter().copied())
            .chain(program::NAMES.iter().copied())
            .chain(self.scope.functions.keys().map(String::as_str));
        suggest::nearest(word, known).map(str::to_owned)
    }
}

/// Characters that only look like those of the language.
fn meant_characters(word: &str) -> Option<String> {
    if let Some(quote) = word.chars().find(|c| TYPOGRAPHIC_QUOTES.contains(c)) {
        return Some(format!("{quote} quotes nothing: write \" or '"));
    }
    let rest = word.strip_prefix('[').filter(|rest| !rest.is_empty())?;
    Some(format!("put a blank after `[`: write [ {rest}"))
}

fn instead_or_allowed(program: &str) -> Option<String> {
    let instead = instead_of_program(program)?;
    let may_run = MAKE_TEXT.contains(&program);
    Some(if may_run { format!("{instead}; {ONLY_ALLOWED}") } else { instead.to_owned() })
}

/// What a nail has in the place of a program that people reach for, as a help line; `None` for other names.
pub fn instead_of_program(program: &str) -> Option<&'static str> {
    Some(match program {
        "mkdir" => "write: Dir PATH [MODE [USER:GROUP]]",
        "cp" | "install" | "rsync" => "write: Copy SRC DEST [MODE [USER:GROUP]]",
        "ln" => "write: Link TARGET PATH inside the SOCK, or Symlink LINK TARGET for a link on the host",
        "touch" | "tee" => "write: Write DEST [MODE [USER:GROUP]] <<EOF",
        "chmod" | "chown" | "chgrp" => {
            "give MODE and USER:GROUP to the Dir, Copy or Write that makes the file"
        }
        "useradd" | "adduser" => "write: UserAdd UID GID HOME SHELL NAME",
        "groupadd" | "addgroup" => "write: GroupAdd GID GROUP",
        "usermod" | "chfn" => "write: Gecos USER COMMENT..",
        "rpm" | "yum" | "dnf" | "microdnf" | "apt-get" | "apt" => "a nail names each package: Rpm LOCATION",
        "curl" | "wget" => "Rpm and GpgImport take URLs; other files come with Copy or a package",
        "chroot" => "write: Exec COMMAND.. to run a command inside the SOCK",
        "systemctl" | "service" | "chkconfig" => "write: Service NAME USER:GROUP COMMAND..",
        "expr" => {
            "write $((EXPRESSION)) for numbers, or an operator on a variable such as ${NAME:FIRST:LENGTH}"
        }
        "sed" | "awk" | "grep" | "tr" => {
            "use an operator on a variable, such as ${NAME//PATTERN/TEXT}, or [[ $NAME =~ EXPRESSION ]]"
        }
        "date" | "hostname" | "whoami" | "id" | "git" => {
            "a run is a function of its inputs: pass the value in with -D NAME=VALUE"
        }
        "sudo" => "leave it out: a nail runs nothing on the host",
        "elsif" | "elseif" => "write `elif`",
        "endif" => "an `if` ends with `fi`",
        _ => return None,
    })
}
