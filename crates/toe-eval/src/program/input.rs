//! What programs read: files under the include roots, or an empty standard input.

use std::path::Path;

use crate::HostError;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::{Run, Stop};

impl Machine<'_> {
    /// The bytes of a file, or the message of a program that cannot read it.
    pub(crate) fn read_text_file(&mut self, path: &str) -> Run<Result<Vec<u8>, String>> {
        let limit = self.settings.limits.file_bytes;
        self.charge(256)?;
        match self.host.read(Path::new(path), limit) {
            Ok(file) => {
                self.charge(file.bytes.len() as u64 / 64)?;
                self.note_input(path, &file);
                Ok(Ok(file.bytes))
            }
            Err(HostError::NotFound(_)) => Ok(Err(format!("{path}: No such file or directory"))),
            Err(reason) => Err(self.error(crate::EvalErrorKind::Outside(reason))),
        }
    }

    /// All files one after the other; without files, or for `-`, the standard input.
    pub(super) fn read_inputs(&mut self, command: &str, files: &[&str]) -> Run<Result<Vec<u8>, i32>> {
        let files = if files.is_empty() { &["-"][..] } else { files };
        let mut out = Vec::new();
        let mut status = 0;
        for file in files {
            if *file == "-" {
                if !self.stdin_null {
                    return Err(self.not_in_subset(
                        format!("`{command}` reading its standard input"),
                        "name a file under the include roots, or use a parameter operator on a variable",
                    ));
                }
                continue;
            }
            match self.read_text_file(file)? {
                Ok(bytes) => out.extend(bytes),
                Err(message) => {
                    self.complain(format!("{command}: {message}"))?;
                    status = 1;
                }
            }
            self.check_values(out.len())?;
        }
        self.charge(out.len() as u64 / 32)?;
        if status != 0 && files.len() > 1 {
            return Err(self.bad_call(command, "one of its files does not exist", "name existing files"));
        }
        Ok(if status == 0 { Ok(out) } else { Err(status) })
    }

    /// The error for a form of a program that is not native.
    pub(super) fn foreign_form(&self, command: &str, word: &Expanded, forms: &str) -> Stop {
        self.not_in_subset(
            format!("`{command} {}`", word.text),
            format!("the forms of the subset are: {forms}"),
        )
    }
}

/// Lines without their newlines; the last one need not end in one.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let none = bytes.is_empty();
    text.split(|b| *b == b'\n').filter(move |_| !none)
}
