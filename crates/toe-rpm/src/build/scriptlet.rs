//! Scriptlets and their slots.

use super::dependency::Dependency;
use super::header_blob::{HeaderBlob, Value};
use crate::tags;

/// A script with the program that runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scriptlet {
    pub(super) body: String,
    pub(super) program: Vec<String>,
}

/// When a scriptlet runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// `%pretrans`: before the transaction.
    PreTrans,
    /// `%pre`: before the files are there.
    Pre,
    /// `%post`: after the files are there.
    Post,
    /// `%preun`: before the files go.
    PreUn,
    /// `%postun`: after the files went.
    PostUn,
    /// `%posttrans`: after the transaction.
    PostTrans,
    /// `%verifyscript`: on `rpm -V`.
    Verify,
}

impl Slot {
    /// Tag of the body, tag of the program, flag of the program's requirement.
    fn numbers(self) -> (u32, u32, u32) {
        match self {
            Slot::PreTrans => (tags::PRETRANS, tags::PRETRANSPROG, 1 << 7),
            Slot::Pre => (tags::PREIN, tags::PREINPROG, 1 << 9),
            Slot::Post => (tags::POSTIN, tags::POSTINPROG, 1 << 10),
            Slot::PreUn => (tags::PREUN, tags::PREUNPROG, 1 << 11),
            Slot::PostUn => (tags::POSTUN, tags::POSTUNPROG, 1 << 12),
            Slot::PostTrans => (tags::POSTTRANS, tags::POSTTRANSPROG, 1 << 5),
            Slot::Verify => (tags::VERIFYSCRIPT, tags::VERIFYSCRIPTPROG, 1 << 13),
        }
    }
}

/// Puts body and program. rpm wants a single program as a text, several words as an array.
pub(super) fn put(header: &mut HeaderBlob, slot: Slot, scriptlet: &Scriptlet) {
    let (body, program, _) = slot.numbers();
    header.put_text(body, &scriptlet.body);
    match scriptlet.program.as_slice() {
        [one] => header.put_text(program, one),
        words => header
            .put(program, Value::TextArray(words.iter().map(|word| word.clone().into_bytes()).collect())),
    }
}

/// What the scriptlet's program requires.
pub(super) fn requirement(slot: Slot, scriptlet: &Scriptlet) -> Option<Dependency> {
    match scriptlet.program.first().map(String::as_str) {
        Some("<lua>") => Some(Dependency::feature("BuiltinLuaScripts", "4.2.2-1")),
        Some(program) => Some(Dependency::interpreter(program, slot.numbers().2)),
        None => None,
    }
}
