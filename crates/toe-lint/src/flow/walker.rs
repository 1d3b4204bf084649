//! The walk itself: lists, `&&` and `||`, and what all commands share.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use toe_eval::Settings;
use toe_source::Span;
use toe_syntax::tree::{AndOr, AndOrOp, Command, CommandKind, List, Nail, Pipeline};

use super::Flow;
use super::condition::Tested;
use super::nails::Nails;
use super::record::{Branch, Situation};
use super::state::{End, Mark, State};

/// Commands and words that are walked before the walk gives up, besides one for each byte of the nail: all ways
/// through calls and loops may be far more than anybody could go.
const LEAST_STEPS: u32 = 60_000;
/// Commands within commands over all functions and nails.
const MOST_DEPTH: usize = 700;

/// What runs with its own locals: a function or an included nail.
pub(super) struct Frame {
    /// The state at its beginning.
    pub mark: Mark,
    /// How many branches led there.
    pub branches: usize,
    /// What `return` left with.
    pub returns: Vec<End>,
    /// What locals hide: the variable before, and whether a condition decides that it is hidden.
    pub locals: HashMap<Arc<str>, (super::value::Variable, bool)>,
    /// A branch of it ended the evaluation or the function.
    pub is_left: bool,
}

/// A loop that runs.
pub(super) struct Loop {
    pub mark: Mark,
    pub breaks: Vec<End>,
    pub continues: Vec<End>,
}

/// The state of a walk.
pub(super) struct Walker<'w> {
    pub nails: Nails<'w>,
    pub settings: &'w Settings,
    pub state: State,
    pub flow: Flow,
    /// The nails that are being walked, outermost first.
    pub open: Vec<PathBuf>,
    /// The name of the nail that is being walked.
    pub file: Arc<str>,
    pub included_from: Arc<[Span]>,
    pub branches: Arc<[Branch]>,
    /// The conditions that hold, in the nail's own words.
    pub guards: Vec<Arc<str>>,
    pub frames: Vec<Frame>,
    pub loops: Vec<Loop>,
    pub functions: Vec<super::function::Definition>,
    pub function_numbers: HashMap<Span, usize>,
    /// The functions that are being walked.
    pub calls: Vec<usize>,
    pub substitutions: usize,
    /// Above 0 nothing is noted: the walk will pass again.
    pub muted: usize,
    names: HashMap<Box<str>, Arc<str>>,
    next_branch: u32,
    steps_left: u32,
    depth: usize,
}

impl<'w> Walker<'w> {
    pub(super) fn new(nails: Nails<'w>, settings: &'w Settings, name: &str, is_whole: bool) -> Self {
        Walker {
            nails,
            settings,
            state: State::new(is_whole),
            flow: Flow::default(),
            open: Vec::new(),
            file: Arc::from(name),
            included_from: Arc::from([]),
            branches: Arc::from([]),
            guards: Vec::new(),
            frames: Vec::new(),
            loops: Vec::new(),
            functions: Vec::new(),
            function_numbers: HashMap::new(),
            calls: Vec::new(),
            substitutions: 0,
            muted: 0,
            names: HashMap::new(),
            next_branch: 0,
            steps_left: LEAST_STEPS,
            depth: 0,
        }
    }

    /// The nail that was linted, then its functions that nothing calls.
    pub(super) fn whole(&mut self, tree: &Nail) {
        self.steps_left = self.steps_left.saturating_add(tree.span.end);
        let given = self.settings.env.iter().chain(&self.settings.defines);
        let root = self.settings.root.iter().map(|root| ("SOCK_DIR", root.as_str()));
        for (name, value) in given.map(|(n, v)| (n.as_str(), v.as_str())).chain(root) {
            let name = self.name(name);
            self.give(&name, value);
        }
        self.framed(|walker| walker.list(&tree.body));
        if !self.state.dead {
            self.keep_all();
        }
        self.flow.is_open = self.state.is_open();
        self.walk_uncalled();
        self.flow.is_whole = self.steps_left > 0;
    }

    /// The one copy of a name.
    pub(super) fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let new: Arc<str> = Arc::from(name);
        self.names.insert(Box::from(name), new.clone());
        new
    }

    /// Counts `n` steps; false when there are no more.
    pub(super) fn step(&mut self, n: usize) -> bool {
        self.steps_left = self.steps_left.saturating_sub(u32::try_from(n).unwrap_or(u32::MAX));
        self.steps_left > 0
    }

    /// A number for a branching command.
    pub(super) fn branching(&mut self) -> u32 {
        self.next_branch += 1;
        self.next_branch
    }

    pub(super) fn situation(&self) -> Situation {
        Situation {
            included_from: self.included_from.clone(),
            branches: self.branches.clone(),
            in_function: !self.calls.is_empty(),
            in_substitution: self.substitutions > 0,
        }
    }

    /// Walks what a condition decides about.
    pub(super) fn within<T>(
        &mut self,
        branch: Branch,
        guard: Option<&Arc<str>>,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let inner = self.branches.iter().copied().chain([branch]).collect();
        let outer = std::mem::replace(&mut self.branches, inner);
        self.guards.extend(guard.cloned());
        let out = work(self);
        if guard.is_some() {
            self.guards.pop();
        }
        self.branches = outer;
        out
    }

    /// The text of a place with single blanks, as the name of a condition.
    pub(super) fn guard(&self, span: Span) -> Arc<str> {
        const LONGEST: usize = 400;
        let text = self.nails.sources.text(span);
        let text = text.get(..LONGEST).unwrap_or(text);
        Arc::from(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Walks statements in order, as long as a path leads on; the outcome of the last.
    pub(super) fn list(&mut self, list: &List) -> Tested {
        let mut last = Tested::default();
        for statement in &list.statements {
            if self.state.dead {
                return Tested::default();
            }
            last = self.and_or(statement);
        }
        last
    }

    fn and_or(&mut self, statement: &AndOr) -> Tested {
        let mut tested = self.pipeline(&statement.first);
        let mut before = statement.first.span;
        for (op, pipeline) in &statement.rest {
            if self.state.dead {
                return Tested::default();
            }
            let is_and = *op == AndOrOp::And;
            let (taken, skipped) = if is_and { (tested.yes, tested.no) } else { (tested.no, tested.yes) };
            let runs = tested.outcome.map(|outcome| outcome == is_and);
            let text = self.guard(before);
            let guard = if is_and { text } else { Arc::from(format!("! {text}")) };
            let branch = Branch { at: self.branching(), arm: 0 };
            let mark = self.state.mark();
            self.assume(&taken);
            let taken = self.renewed(taken);
            let second = self.within(branch, Some(&guard), |walker| walker.pipeline(pipeline));
            let (taken, yes, no) = (self.lasting(taken), self.lasting(second.yes), self.lasting(second.no));
            let second = Tested { yes, no, ..second };
            let mut run = self.state.since(mark, Some(guard));
            let goes_on = run.alive;
            run.possible = runs != Some(false);
            self.state.undo(mark);
            self.assume(&skipped);
            let mut pass = self.state.since(mark, None);
            pass.possible = runs != Some(true);
            self.state.undo(mark);
            self.state.join(vec![run, pass]);
            let first = if is_and {
                Tested { yes: taken, no: skipped, outcome: tested.outcome }
            } else {
                Tested { yes: skipped, no: taken, outcome: tested.outcome }
            };
            tested = if is_and { first.and(second) } else { first.or(second, goes_on) };
            tested = Tested { yes: self.renewed(tested.yes), no: self.renewed(tested.no), ..tested };
            before = before.to(pipeline.span);
        }
        tested
    }

    fn pipeline(&mut self, pipeline: &Pipeline) -> Tested {
        let tested = self.command(&pipeline.command);
        if pipeline.negated { tested.not() } else { tested }
    }

    pub(super) fn command(&mut self, command: &Command) -> Tested {
        if self.depth >= MOST_DEPTH || !self.step(1) {
            return Tested::default();
        }
        self.depth += 1;
        self.redirects(&command.redirects);
        let tested = match &command.kind {
            CommandKind::Simple(simple) => self.simple(simple),
            CommandKind::Group(list) => self.list(list),
            CommandKind::If(clause) => self.run_if(clause),
            CommandKind::For(clause) => self.run_for(clause),
            CommandKind::ArithFor(clause) => self.run_arith_for(clause),
            CommandKind::While(clause) => self.run_while(clause),
            CommandKind::Case(clause) => self.run_case(clause),
            CommandKind::Function(function) => self.define(function),
            CommandKind::Cond(condition) => self.conditional(condition),
            CommandKind::Arith(arith) => {
                self.arithmetic(&arith.parts);
                Tested::default()
            }
        };
        self.depth -= 1;
        tested
    }
}
