//! Commands that are programs of a machine, not words of the language.

use toe_plan::DirectiveName;
use toe_syntax::tree::Word;

use crate::nail_view::NailView;
use crate::word_text::{arguments, command_name, directive, fixed, fixed_text, is_own_command, words};

/// A command that runs a program.
#[derive(Debug)]
pub struct Program<'t> {
    /// Its name, without the directory.
    pub name: String,
    /// The word that names it.
    pub word: &'t Word,
    /// The words behind the name.
    pub arguments: Vec<&'t Word>,
    /// Run by `Exec`, in the SOCK.
    pub in_sock: bool,
}

impl Program<'_> {
    /// One that works on another root than `/`, as one that is being built is.
    pub fn is_about_the_root(&self) -> bool {
        let of_a_root = |word: &Word| {
            let text = fixed_start(word);
            matches!(text.as_str(), "--root" | "-r" | "--dbpath" | "--installroot")
                || ["--root=", "--dbpath=", "--installroot="].iter().any(|option| text.starts_with(option))
        };
        match self.name.as_str() {
            _ if self.in_sock => false,
            "chroot" | "unshare" | "systemd-nspawn" => true,
            "rpm" | "yum" | "dnf" => self.arguments.iter().any(|word| of_a_root(word)),
            _ => false,
        }
    }
}

/// The literal text with which a word begins.
fn fixed_start(word: &Word) -> String {
    let first = word.parts.first().map(|part| Word { parts: vec![part.clone()], span: part.span });
    first.and_then(|word| fixed(&word)).unwrap_or_default()
}

/// The commands of a nail that are no words of the language and no functions of the nail, and those of `Exec`.
pub fn programs<'t>(nail: &'t NailView<'t>) -> impl Iterator<Item = Program<'t>> {
    nail.outline.commands.iter().filter_map(|at| {
        let in_sock = directive(at.command) == Some(DirectiveName::Exec) && !nail.defines("Exec");
        let skipped = usize::from(in_sock);
        let word = words(at.command).nth(skipped)?;
        let name = if in_sock { fixed_text(word)? } else { command_name(at.command)? };
        if !in_sock && (is_own_command(&name) || nail.defines(&name)) {
            return None;
        }
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        Some(Program { name, word, arguments: arguments(at.command).skip(skipped).collect(), in_sock })
    })
}
