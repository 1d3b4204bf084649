//! Whose status `$?` is, and whether anything asks for it.

use toe_source::Span;
use toe_syntax::tree::{AndOr, Command, CommandKind, ParamName, PartKind};

use crate::nail_view::NailView;
use crate::word_text::{arguments, bare, command_name, words};

/// The command of a statement that runs first.
pub fn first_command(statement: &AndOr) -> &Command {
    let command = &statement.first.command;
    let inner = match &command.kind {
        CommandKind::Group(list) => list.statements.first(),
        CommandKind::If(chosen) => {
            chosen.branches.first().and_then(|(condition, _)| condition.statements.first())
        }
        CommandKind::While(repeated) => repeated.condition.statements.first(),
        _ => None,
    };
    inner.map_or(command, first_command)
}

/// Where a nail reads `$?`.
#[derive(Debug)]
pub struct StatusReads {
    /// In the order of the text.
    reads: Vec<Span>,
    /// Command substitutions, in the order of the text.
    substitutions: Vec<Span>,
}

impl StatusReads {
    /// Looks through `nail`.
    pub fn of(nail: &NailView) -> Self {
        let spans = |wanted: fn(&PartKind) -> bool| {
            let mut spans: Vec<Span> =
                nail.outline.parts.iter().filter(|at| wanted(&at.part.kind)).map(|at| at.part.span).collect();
            spans.sort_unstable();
            spans
        };
        StatusReads {
            reads: spans(
                |kind| matches!(kind, PartKind::Param(param) if param.name == ParamName::Special('?')),
            ),
            substitutions: spans(|kind| matches!(kind, PartKind::CommandSubst(_))),
        }
    }

    /// The first `$?` that `command` reads before it runs anything itself.
    pub fn by(&self, command: &Command) -> Option<Span> {
        if !matches!(command.kind, CommandKind::Simple(_) | CommandKind::Cond(_) | CommandKind::Arith(_)) {
            return None;
        }
        let first = |spans: &[Span]| {
            let after = spans.partition_point(|span| span.start < command.span.start);
            spans.get(after).copied().filter(|span| span.end <= command.span.end)
        };
        let read = first(&self.reads)?;
        // A command substitution before it sets it anew.
        let is_new = first(&self.substitutions).is_some_and(|substitution| substitution.start < read.start);
        (!is_new).then_some(read)
    }
}

/// `[ ]`, `test`, `[[ ]]`, `(( ))`.
pub fn is_test(nail: &NailView, command: &Command) -> bool {
    match &command.kind {
        CommandKind::Cond(_) | CommandKind::Arith(_) => true,
        CommandKind::Simple(simple) => {
            let name = words(simple).next().and_then(bare);
            name.is_some_and(|name| (name == "[" || name == "test") && !nail.defines(name))
        }
        _ => false,
    }
}

/// A command whose status nobody asks for: it prints, or assigns what no command made.
pub fn has_own_status(nail: &NailView, command: &Command) -> bool {
    let CommandKind::Simple(simple) = &command.kind else { return false };
    match words(simple).next() {
        Some(word) => {
            let name = bare(word);
            name.is_some_and(|name| matches!(name, "echo" | "printf" | "log") && !nail.defines(name))
        }
        None => !nail.text_of(simple.span).contains(['`', '?']) && !nail.text_of(simple.span).contains("$("),
    }
}

/// True when the nail has a `set -e`.
pub fn stops_at_failure(nail: &NailView) -> bool {
    let sets = nail.outline.commands.iter().filter(|at| command_name(at.command).as_deref() == Some("set"));
    sets.flat_map(|at| arguments(at.command))
        .any(|word| bare(word).is_some_and(|text| text.starts_with('-') && text.contains('e')))
}
