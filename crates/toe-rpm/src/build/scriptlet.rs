//! Scriptlets and their slots.

use super::dependency::Dependency;
use super::header_blob::{HeaderBlob, Value};

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
            Slot::PreTrans => (1151, 1153, 1 << 7),
            Slot::Pre => (1023, 1085, 1 << 9),
            Slot::Post => (1024, 1086, 1 << 10),
            Slot::PreUn => (1025, 1087, 1 << 11),
            Slot::PostUn => (1026, 1088, 1 << 12),
            Slot::PostTrans => (1152, 1154, 1 << 5),
            Slot::Verify => (1079, 1091, 1 << 13),
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
