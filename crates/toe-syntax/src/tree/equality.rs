//! Equality of trees without positions: two nails that mean the same, written the same way. Blanks between the tokens
//! of arithmetic are layout, and so is whether a command substitution is written with backquotes.

use super::arithmetic_tokens;
use super::{
    AndOr, Arg, Arith, ArithFor, ArrayElement, AssignValue, Assignment, Case, CaseItem, Command, CommandKind,
    CommandSubst, Cond, For, Function, HereDoc, If, List, Nail, Param, ParamOp, PartKind, Pipeline, Redirect,
    RedirectKind, Simple, Subscript, While, Word, WordPart,
};

impl Nail {
    /// True when `other` has the same commands: everything but positions and comments is equal.
    pub fn eq_ignoring_spans(&self, other: &Nail) -> bool {
        self.body.alike(&other.body)
    }
}

/// Equality without positions.
trait Alike {
    fn alike(&self, other: &Self) -> bool;
}

impl<T: Alike> Alike for [T] {
    fn alike(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.alike(b))
    }
}

impl<T: Alike> Alike for Vec<T> {
    fn alike(&self, other: &Self) -> bool {
        self.as_slice().alike(other)
    }
}

impl<T: Alike> Alike for Option<T> {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.alike(b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }
}

impl<T: Alike> Alike for Box<T> {
    fn alike(&self, other: &Self) -> bool {
        self.as_ref().alike(other)
    }
}

impl<A: Alike, B: Alike> Alike for (A, B) {
    fn alike(&self, other: &Self) -> bool {
        self.0.alike(&other.0) && self.1.alike(&other.1)
    }
}

/// Types without positions.
macro_rules! plainly {
    ($($type:ty),*) => {
        $(impl Alike for $type {
            fn alike(&self, other: &Self) -> bool {
                self == other
            }
        })*
    };
}

/// Structures: the fields that count. Naming all fields makes a new one an error here.
macro_rules! by_fields {
    ($($type:ident { $($field:ident),* } $(but $($position:ident),*)?;)*) => {
        $(impl Alike for $type {
            fn alike(&self, other: &Self) -> bool {
                let $type { $($field,)* $($($position: _,)*)? } = self;
                $($field.alike(&other.$field))&&*
            }
        })*
    };
}

plainly!(bool, char, u32, String);
plainly!(super::AndOrOp, super::ParamName, super::ReplaceKind, super::CaseTerminator);

by_fields! {
    List { statements };
    AndOr { first, rest } but span;
    Pipeline { negated, command } but span;
    Command { kind, redirects } but span;
    Simple { assignments, args, redirects } but span;
    Word { parts } but span;
    WordPart { kind } but span;
    CommandSubst { body } but backquoted;
    Param { name, index, indirect, op, braced };
    If { branches, otherwise };
    For { name, words, body } but name_span;
    ArithFor { init, condition, step, body };
    While { until, condition, body };
    Case { subject, items };
    CaseItem { patterns, body, terminator } but span;
    Function { name, keyword, body } but name_span;
    Redirect { fd, kind } but span;
    HereDoc { delimiter, quoted, strip_tabs, body } but body_span;
}

impl Alike for Arith {
    fn alike(&self, other: &Self) -> bool {
        let Arith { parts, span: _ } = self;
        arithmetic(parts, &other.parts)
    }
}

fn arithmetic(a: &[WordPart], b: &[WordPart]) -> bool {
    arithmetic_tokens::alike(a, b, Alike::alike)
}

/// An index, which is arithmetic.
fn index(a: Option<&Word>, b: Option<&Word>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => arithmetic(&a.parts, &b.parts),
        (a, b) => a.is_none() && b.is_none(),
    }
}

impl Alike for Assignment {
    fn alike(&self, other: &Self) -> bool {
        let Assignment { name, index: at, append, value, name_span: _, span: _ } = self;
        name == &other.name
            && index(at.as_ref(), other.index.as_ref())
            && append == &other.append
            && value.alike(&other.value)
    }
}

impl Alike for ArrayElement {
    fn alike(&self, other: &Self) -> bool {
        let ArrayElement { index: at, append, value } = self;
        index(at.as_ref(), other.index.as_ref()) && append == &other.append && value.alike(&other.value)
    }
}

impl Alike for CommandKind {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (CommandKind::Simple(a), CommandKind::Simple(b)) => a.alike(b),
            (CommandKind::Group(a), CommandKind::Group(b)) => a.alike(b),
            (CommandKind::If(a), CommandKind::If(b)) => a.alike(b),
            (CommandKind::For(a), CommandKind::For(b)) => a.alike(b),
            (CommandKind::ArithFor(a), CommandKind::ArithFor(b)) => a.alike(b),
            (CommandKind::While(a), CommandKind::While(b)) => a.alike(b),
            (CommandKind::Case(a), CommandKind::Case(b)) => a.alike(b),
            (CommandKind::Function(a), CommandKind::Function(b)) => a.alike(b),
            (CommandKind::Cond(a), CommandKind::Cond(b)) => a.alike(b),
            (CommandKind::Arith(a), CommandKind::Arith(b)) => a.alike(b),
            _ => false,
        }
    }
}

impl Alike for Arg {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Arg::Word(a), Arg::Word(b)) => a.alike(b),
            (Arg::Assign(a), Arg::Assign(b)) => a.alike(b),
            _ => false,
        }
    }
}

impl Alike for AssignValue {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (AssignValue::Scalar(a), AssignValue::Scalar(b)) => a.alike(b),
            (AssignValue::Array(a), AssignValue::Array(b)) => a.alike(b),
            _ => false,
        }
    }
}

impl Alike for PartKind {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (PartKind::Literal(a), PartKind::Literal(b))
            | (PartKind::SingleQuoted(a), PartKind::SingleQuoted(b))
            | (PartKind::AnsiC(a), PartKind::AnsiC(b)) => a == b,
            (PartKind::Escaped(a), PartKind::Escaped(b)) => a == b,
            (PartKind::DoubleQuoted(a), PartKind::DoubleQuoted(b)) => a.alike(b),
            (PartKind::Arith(a), PartKind::Arith(b)) => arithmetic(a, b),
            (PartKind::Param(a), PartKind::Param(b)) => a.alike(b),
            (PartKind::CommandSubst(a), PartKind::CommandSubst(b)) => a.alike(b),
            _ => false,
        }
    }
}

impl Alike for Subscript {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Subscript::At, Subscript::At) | (Subscript::Star, Subscript::Star) => true,
            (Subscript::Index(a), Subscript::Index(b)) => arithmetic(&a.parts, &b.parts),
            _ => false,
        }
    }
}

impl Alike for ParamOp {
    fn alike(&self, other: &Self) -> bool {
        use ParamOp as O;
        match (self, other) {
            (O::None, O::None) | (O::Length, O::Length) => true,
            (O::Default { colon: one, word: a }, O::Default { colon: two, word: b })
            | (O::Assign { colon: one, word: a }, O::Assign { colon: two, word: b })
            | (O::Error { colon: one, word: a }, O::Error { colon: two, word: b })
            | (O::Alternative { colon: one, word: a }, O::Alternative { colon: two, word: b })
            | (O::RemovePrefix { longest: one, pattern: a }, O::RemovePrefix { longest: two, pattern: b })
            | (O::RemoveSuffix { longest: one, pattern: a }, O::RemoveSuffix { longest: two, pattern: b }) => {
                one == two && a.alike(b)
            }
            (
                O::Replace { kind: one, pattern: a, replacement: x },
                O::Replace { kind: two, pattern: b, replacement: y },
            ) => one == two && a.alike(b) && x.alike(y),
            (O::Substring { offset: a, length: x }, O::Substring { offset: b, length: y }) => {
                a.alike(b) && x.alike(y)
            }
            (O::Case { upper: one, all: x, pattern: a }, O::Case { upper: two, all: y, pattern: b }) => {
                one == two && x == y && a.alike(b)
            }
            _ => false,
        }
    }
}

impl Alike for Cond {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Cond::Not(a), Cond::Not(b)) | (Cond::Paren(a), Cond::Paren(b)) => a.alike(b),
            (Cond::And(a, x), Cond::And(b, y)) | (Cond::Or(a, x), Cond::Or(b, y)) => a.alike(b) && x.alike(y),
            (Cond::Unary { op: one, word: a, .. }, Cond::Unary { op: two, word: b, .. }) => {
                one == two && a.alike(b)
            }
            (
                Cond::Binary { op: one, left: a, right: x, .. },
                Cond::Binary { op: two, left: b, right: y, .. },
            ) => one == two && a.alike(b) && x.alike(y),
            (Cond::Word(a), Cond::Word(b)) => a.alike(b),
            _ => false,
        }
    }
}

impl Alike for RedirectKind {
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (RedirectKind::Out(a), RedirectKind::Out(b))
            | (RedirectKind::OutAndErr(a), RedirectKind::OutAndErr(b))
            | (RedirectKind::In(a), RedirectKind::In(b)) => a.alike(b),
            (RedirectKind::DupOut(a), RedirectKind::DupOut(b)) => a == b,
            (RedirectKind::HereDoc(a), RedirectKind::HereDoc(b)) => a.alike(b),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use toe_source::SourceId;

    use crate::parse;

    fn alike(a: &str, b: &str) -> bool {
        let nail = |text: &str| {
            let parsed = parse(SourceId(0), text);
            assert_eq!(parsed.errors, Vec::new(), "{text}");
            parsed.nail
        };
        nail(a).eq_ignoring_spans(&nail(b))
    }

    #[test]
    fn layout_and_comments_do_not_count() {
        assert!(alike("a b;c", "# x\na  \\\n b\n\nc # y\n"));
        assert!(alike("if a;then b;fi", "if a\nthen\n\tb\nfi\n"));
        assert!(alike("case x in a) b;; esac", "case x in (a)\nb\nesac"));
        assert!(alike("a=(1 [2]=b)", "a=(\n1\n[2]=b )"));
        assert!(alike("a `b c`", "a $(b  c)"));
    }

    #[test]
    fn in_arithmetic_only_the_blanks_between_tokens_do_not_count() {
        let same = |a: &str, b: &str| alike(&format!("x=$(({a}))"), &format!("x=$(({b}))"));
        for (a, b) in
            [("a+b", " a + b "), ("a?b:c", "a ? b : c"), ("x[1]", "x[ 1 ]"), ("${#a}+1", "${#a} + 1")]
        {
            assert!(same(a, b), "{a}");
        }
        for (a, b) in [
            ("a+b", "a-b"),
            ("a++b", "a+ +b"),
            ("- -a", "--a"),
            ("a<<1", "a< <1"),
            ("a b", "ab"),
            ("a[1]", "a [1]"),
            ("$a+1", "$a +1"),
            ("1+$a", "1+ $a"),
            ("1-$((a))", "1- $((a))"),
            ("1$a", "1 $a"),
            ("$a$b", "$a $b"),
            ("$a", "${a}"),
            ("(a)", "a"),
        ] {
            assert!(!same(a, b), "{a}");
        }
        assert!(alike("x[a+1]=${y[b+1]} z=([1+1]=a)", "x[a + 1]=${y[b + 1]} z=([1 + 1]=a)"));
        assert!(alike("for ((a=1;;)); do b; done", "for ((a = 1; ; )); do b; done"));
        assert!(!alike("for ((a=1;;)); do b; done", "for ((; a = 1;)); do b; done"));
        assert!(!alike("((a+b))", "((a+c))"));
    }

    #[test]
    fn everything_else_counts() {
        let base = "a=1 b \"$c\" ${d:-e} $(f) >/dev/null && ! [[ -f g ]] || case h in i) j ;; esac";
        assert!(alike(base, base));
        let others = [
            "a=2 b \"$c\" ${d:-e} $(f) >/dev/null && ! [[ -f g ]] || case h in i) j ;; esac",
            "a+=1 b \"$c\" ${d:-e} $(f) >/dev/null && ! [[ -f g ]] || case h in i) j ;; esac",
            "a=1 b $c ${d:-e} $(f) >/dev/null && ! [[ -f g ]] || case h in i) j ;; esac",
            "a=1 b \"$c\" ${d-e} $(f) >/dev/null && ! [[ -f g ]] || case h in i) j ;; esac",
            "a=1 b \"$c\" ${d:-e} $(f) 2>/dev/null && ! [[ -f g ]] || case h in i) j ;; esac",
            "a=1 b \"$c\" ${d:-e} $(f) >/dev/null || ! [[ -f g ]] || case h in i) j ;; esac",
            "a=1 b \"$c\" ${d:-e} $(f) >/dev/null && [[ -f g ]] || case h in i) j ;; esac",
            "a=1 b \"$c\" ${d:-e} $(f) >/dev/null && ! [[ -d g ]] || case h in i) j ;; esac",
            "a=1 b \"$c\" ${d:-e} $(f) >/dev/null && ! [[ -f g ]] || case h in i) j ;& esac",
            "a=1 b \"$c\" ${d:-e} $(f) >/dev/null && ! [[ -f g ]] || case h in i | k) j ;; esac",
        ];
        for other in others {
            assert!(!alike(base, other), "{other}");
        }
    }
}
