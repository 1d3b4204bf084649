//! `wc -l|-c|-w FILE`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

const FORMS: &str = "wc -l FILE, wc -w FILE, wc -c FILE";

impl Machine<'_> {
    pub(super) fn wc(&mut self, args: &[Expanded]) -> Run<i32> {
        let (option, file) = match args {
            [option] => (option, None),
            [option, file] => (option, Some(file.text.as_str())),
            _ => return Err(self.not_in_subset("this form of `wc`", FORMS)),
        };
        if !matches!(option.text.as_str(), "-l" | "-w" | "-c") {
            return Err(self.foreign_form("wc", option, FORMS));
        }
        let files: Vec<&str> = file.into_iter().collect();
        let bytes = match self.read_inputs("wc", &files)? {
            Ok(bytes) => bytes,
            Err(status) => return Ok(status),
        };
        let count = match option.text.as_str() {
            "-l" => bytes.split(|b| *b == b'\n').count() - 1,
            "-c" => bytes.len(),
            _ => {
                if !bytes.is_ascii() {
                    return Err(
                        self.not_in_subset("`wc -w` over text outside of ASCII", "count lines or bytes")
                    );
                }
                bytes.split(|b| matches!(b, b' ' | 9..=13)).filter(|w| !w.is_empty()).count()
            }
        };
        let name = file.map(|f| format!(" {f}")).unwrap_or_default();
        self.write(format!("{count}{name}\n").as_bytes())?;
        Ok(0)
    }
}
