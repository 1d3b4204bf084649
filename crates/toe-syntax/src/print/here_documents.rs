//! The bodies of here-documents: where they stand, and how they are written.

use crate::tree::{
    Arg, AssignValue, Assignment, Command, CommandKind, Cond, HereDoc, List, Nail, ParamOp, PartKind,
    Redirect, RedirectKind, Subscript, Word, WordPart,
};

/// Start and end of every here-document of `nail`.
pub(super) fn bodies(nail: &Nail) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    in_list(&nail.body, &mut found);
    found
}

type Found = Vec<(usize, usize)>;

fn in_list(list: &List, found: &mut Found) {
    for statement in &list.statements {
        in_command(&statement.first.command, found);
        for (_, pipeline) in &statement.rest {
            in_command(&pipeline.command, found);
        }
    }
}

fn in_command(command: &Command, found: &mut Found) {
    in_redirects(&command.redirects, found);
    match &command.kind {
        CommandKind::Simple(simple) => {
            in_redirects(&simple.redirects, found);
            simple.assignments.iter().for_each(|a| in_assignment(a, found));
            for arg in &simple.args {
                match arg {
                    Arg::Word(word) => in_parts(&word.parts, found),
                    Arg::Assign(assignment) => in_assignment(assignment, found),
                }
            }
        }
        CommandKind::Group(list) => in_list(list, found),
        CommandKind::If(command) => {
            for (condition, body) in &command.branches {
                in_list(condition, found);
                in_list(body, found);
            }
            command.otherwise.iter().for_each(|list| in_list(list, found));
        }
        CommandKind::For(command) => {
            command.words.iter().flatten().for_each(|word| in_parts(&word.parts, found));
            in_list(&command.body, found);
        }
        CommandKind::ArithFor(command) => {
            for part in [&command.init, &command.condition, &command.step].into_iter().flatten() {
                in_parts(&part.parts, found);
            }
            in_list(&command.body, found);
        }
        CommandKind::While(command) => {
            in_list(&command.condition, found);
            in_list(&command.body, found);
        }
        CommandKind::Case(command) => {
            in_parts(&command.subject.parts, found);
            for item in &command.items {
                item.patterns.iter().for_each(|word| in_parts(&word.parts, found));
                in_list(&item.body, found);
            }
        }
        CommandKind::Function(function) => in_command(&function.body, found),
        CommandKind::Cond(condition) => in_condition(condition, found),
        CommandKind::Arith(arith) => in_parts(&arith.parts, found),
    }
}

fn in_condition(condition: &Cond, found: &mut Found) {
    match condition {
        Cond::Not(inner) | Cond::Paren(inner) => in_condition(inner, found),
        Cond::And(left, right) | Cond::Or(left, right) => {
            in_condition(left, found);
            in_condition(right, found);
        }
        Cond::Unary { word, .. } | Cond::Word(word) => in_parts(&word.parts, found),
        Cond::Binary { left, right, .. } => {
            in_parts(&left.parts, found);
            in_parts(&right.parts, found);
        }
    }
}

fn in_assignment(assignment: &Assignment, found: &mut Found) {
    assignment.index.iter().for_each(|word| in_parts(&word.parts, found));
    match &assignment.value {
        AssignValue::Scalar(word) => in_parts(&word.parts, found),
        AssignValue::Array(elements) => {
            for element in elements {
                element.index.iter().for_each(|word| in_parts(&word.parts, found));
                in_parts(&element.value.parts, found);
            }
        }
    }
}

fn in_redirects(redirects: &[Redirect], found: &mut Found) {
    for redirect in redirects {
        match &redirect.kind {
            RedirectKind::HereDoc(document) => {
                let span = document.body_span;
                found.push((span.start as usize, span.end as usize));
            }
            RedirectKind::Out(word) | RedirectKind::OutAndErr(word) | RedirectKind::In(word) => {
                in_parts(&word.parts, found);
            }
            RedirectKind::DupOut(_) => {}
        }
    }
}

fn in_parts(parts: &[WordPart], found: &mut Found) {
    for part in parts {
        match &part.kind {
            PartKind::Literal(_) | PartKind::Escaped(_) | PartKind::SingleQuoted(_) | PartKind::AnsiC(_) => {}
            PartKind::DoubleQuoted(parts) | PartKind::Arith(parts) => in_parts(parts, found),
            PartKind::CommandSubst(substitution) => in_list(&substitution.body, found),
            PartKind::Param(param) => {
                if let Some(Subscript::Index(word)) = &param.index {
                    in_parts(&word.parts, found);
                }
                for word in operands(&param.op) {
                    in_parts(&word.parts, found);
                }
            }
        }
    }
}

/// The words of a parameter expansion's operator, in the order of the text.
pub(super) fn operands(op: &ParamOp) -> Vec<&Word> {
    match op {
        ParamOp::None | ParamOp::Length => Vec::new(),
        ParamOp::Default { word, .. }
        | ParamOp::Assign { word, .. }
        | ParamOp::Error { word, .. }
        | ParamOp::Alternative { word, .. } => vec![word],
        ParamOp::RemovePrefix { pattern, .. } | ParamOp::RemoveSuffix { pattern, .. } => vec![pattern],
        ParamOp::Replace { pattern, replacement, .. } => {
            std::iter::once(pattern).chain(replacement).map(Box::as_ref).collect()
        }
        ParamOp::Substring { offset, length } => {
            std::iter::once(offset).chain(length).map(Box::as_ref).collect()
        }
        ParamOp::Case { pattern, .. } => pattern.iter().collect(),
    }
}

/// The lines of a `<<-` document and its delimiter, indented with `level` tabs more than none: the
/// first line gets them, the others keep their distance to it. What follows a joined line is left.
pub(super) fn reindented(document: &HereDoc, lines: &str, level: usize) -> String {
    let mut out = String::with_capacity(lines.len());
    let mut first: Option<usize> = None;
    let mut joined = false;
    let count = lines.split('\n').count();
    for (number, line) in lines.split('\n').enumerate() {
        let last = number + 1 == count;
        let bare = line.trim_start_matches('\t');
        if last {
            out.extend(std::iter::repeat_n('\t', level.saturating_sub(1)));
            out.push_str(bare);
            break;
        }
        if joined || bare.is_empty() {
            out.push_str(if joined { line } else { "" });
        } else {
            let tabs = line.len() - bare.len();
            let start = *first.get_or_insert(tabs);
            out.extend(std::iter::repeat_n('\t', level + tabs.saturating_sub(start)));
            out.push_str(bare);
        }
        out.push('\n');
        let backslashes = bare.len() - bare.trim_end_matches('\\').len();
        joined = !document.quoted && backslashes % 2 == 1;
    }
    out
}
