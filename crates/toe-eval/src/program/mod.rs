//! Programs that only turn words and files into text, native and in the forms that nails use.

mod basename;
mod cat;
mod cut;
mod dirname;
mod head;
mod input;
mod rev;
mod seq;
mod sort;
mod sort_key;
mod tail;
mod tr;
mod uname;
mod uniq;
mod wc;

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

/// A program: takes its words, gives its status.
pub(crate) type Program = fn(&mut Machine<'_>, &[Expanded]) -> Run<i32>;

/// The words of all programs.
pub(crate) const NAMES: &[&str] = &[
    "basename", "dirname", "uname", "arch", "cat", "seq", "tr", "cut", "head", "tail", "sort", "uniq", "wc",
    "rev",
];

/// The program that `word` names.
pub(crate) fn from_word(word: &str) -> Option<Program> {
    Some(match word {
        "basename" => |m, a| m.basename(a),
        "dirname" => |m, a| m.dirname(a),
        "uname" => |m, a| m.uname(a),
        "arch" => |m, a| m.arch(a),
        "cat" => |m, a| m.cat(a),
        "seq" => |m, a| m.seq(a),
        "tr" => |m, a| m.tr(a),
        "cut" => |m, a| m.cut(a),
        "head" => |m, a| m.head(a),
        "tail" => |m, a| m.tail(a),
        "sort" => |m, a| m.sort(a),
        "uniq" => |m, a| m.uniq(a),
        "wc" => |m, a| m.wc(a),
        "rev" => |m, a| m.rev(a),
        _ => return None,
    })
}
