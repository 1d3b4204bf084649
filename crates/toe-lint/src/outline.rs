//! A tree laid out by kind, so that rules need no walk of their own.

use toe_source::Span;
use toe_syntax::tree::{
    Arg, Arith, AssignValue, Assignment, Case, Command, CommandKind, CommandSubst, Cond, For, Function,
    HereDoc, List, Nail, Param, ParamOp, PartKind, Redirect, RedirectKind, Simple, Subscript, Word, WordPart,
};

/// What is in a nail, each kind in the order of the text.
#[derive(Debug, Default)]
pub struct Outline<'t> {
    /// Lists of statements.
    pub lists: Vec<&'t List>,
    /// Those of the lists whose status is asked for by `if`, `elif`, `while` or `until`.
    pub conditions: Vec<&'t List>,
    /// Simple commands.
    pub commands: Vec<CommandAt<'t>>,
    /// Assignments, also those of declaration commands.
    pub assignments: Vec<AssignmentAt<'t>>,
    /// Words of all roles.
    pub words: Vec<WordAt<'t>>,
    /// Pieces of words, those inside double quotes and here-documents too.
    pub parts: Vec<PartAt<'t>>,
    /// Functions.
    pub functions: Vec<FunctionAt<'t>>,
    /// `for` over words.
    pub fors: Vec<&'t For>,
    /// `case`.
    pub cases: Vec<&'t Case>,
    /// Comparisons of `[[ ]]`.
    pub comparisons: Vec<Comparison<'t>>,
    /// Words that `[[ ]]` tests alone.
    pub tested_words: Vec<&'t Word>,
    /// Tests of one word in `[[ ]]`, such as `-f WORD`.
    pub unary_tests: Vec<UnaryTest<'t>>,
    /// Here-documents, with the command that reads them.
    pub here_documents: Vec<HereDocAt<'t>>,
}

/// A test of one word in `[[ ]]`.
#[derive(Debug, Clone, Copy)]
pub struct UnaryTest<'t> {
    /// The operator with its dash.
    pub op: &'t str,
    /// What is tested.
    pub word: &'t Word,
}

/// A here-document of a simple command.
#[derive(Debug, Clone, Copy)]
pub struct HereDocAt<'t> {
    /// The command.
    pub command: &'t Simple,
    /// The operator and the delimiter.
    pub span: Span,
    /// The document.
    pub document: &'t HereDoc,
}

/// A simple command and what is around it.
#[derive(Debug, Clone, Copy)]
pub struct CommandAt<'t> {
    /// The command.
    pub command: &'t Simple,
    /// What is around it.
    pub around: Around,
}

/// An assignment and what is around it.
#[derive(Debug, Clone, Copy)]
pub struct AssignmentAt<'t> {
    /// The assignment.
    pub assignment: &'t Assignment,
    /// What is around it.
    pub around: Around,
    /// The declaration command that it is an argument of (`local`, `export`..).
    pub declared_by: Option<&'t str>,
    /// It stands before a command, for which alone it holds.
    pub before_command: bool,
}

/// A function and what is around it.
#[derive(Debug, Clone, Copy)]
pub struct FunctionAt<'t> {
    /// The function.
    pub function: &'t Function,
    /// What is around it.
    pub around: Around,
}

/// Where a command stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Around {
    /// In the body of a function.
    pub function: bool,
    /// In a branch, a loop, or after `&&` or `||`: it may be reached never or often.
    pub conditional: bool,
    /// In a command substitution.
    pub substitution: bool,
}

/// What a word is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A command's word: split, and then each is an argument.
    Argument,
    /// A word that a `for` goes through, or an element of an array: split as well.
    Item,
    /// The right side of an assignment.
    Value,
    /// An operand of `[[ ]]`, the subject or a pattern of `case`.
    Operand,
    /// Part of `${ }`.
    Operator,
    /// A target of a redirection.
    Target,
}

/// A word and its role.
#[derive(Debug, Clone, Copy)]
pub struct WordAt<'t> {
    /// The word.
    pub word: &'t Word,
    /// What it is for.
    pub role: Role,
}

/// A piece of a word.
#[derive(Debug, Clone, Copy)]
pub struct PartAt<'t> {
    /// The piece.
    pub part: &'t WordPart,
    /// What its word is for; `None` in here-documents and arithmetic.
    pub role: Option<Role>,
    /// Inside double quotes, a here-document or arithmetic.
    pub quoted: bool,
    /// Inside arithmetic.
    pub arithmetic: bool,
}

/// A comparison of `[[ ]]`.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'t> {
    /// The operator.
    pub op: &'t str,
    /// Where the operator stands.
    pub op_span: Span,
    /// Left side.
    pub left: &'t Word,
    /// Right side.
    pub right: &'t Word,
}

impl<'t> Outline<'t> {
    /// Goes through the whole tree.
    pub fn of(nail: &'t Nail) -> Self {
        let mut outline = Outline::default();
        outline.list(&nail.body, Around::default());
        outline
    }

    fn list(&mut self, list: &'t List, around: Around) {
        self.lists.push(list);
        for statement in &list.statements {
            self.command(&statement.first.command, around);
            for (_, pipeline) in &statement.rest {
                self.command(&pipeline.command, Around { conditional: true, ..around });
            }
        }
    }

    fn command(&mut self, command: &'t Command, around: Around) {
        let branch = Around { conditional: true, ..around };
        match &command.kind {
            CommandKind::Simple(simple) => self.simple(simple, around),
            CommandKind::Group(list) => self.list(list, around),
            CommandKind::If(chosen) => {
                for (i, (condition, body)) in chosen.branches.iter().enumerate() {
                    self.conditions.push(condition);
                    self.list(condition, if i == 0 { around } else { branch });
                    self.list(body, branch);
                }
                if let Some(otherwise) = &chosen.otherwise {
                    self.list(otherwise, branch);
                }
            }
            CommandKind::For(repeated) => {
                self.fors.push(repeated);
                for word in repeated.words.iter().flatten() {
                    self.word(word, Role::Item, around);
                }
                self.list(&repeated.body, branch);
            }
            CommandKind::ArithFor(repeated) => {
                let expressions = [&repeated.init, &repeated.condition, &repeated.step];
                expressions.into_iter().flatten().for_each(|e| self.arith(e, around));
                self.list(&repeated.body, branch);
            }
            CommandKind::While(repeated) => {
                self.conditions.push(&repeated.condition);
                self.list(&repeated.condition, branch);
                self.list(&repeated.body, branch);
            }
            CommandKind::Case(case) => {
                self.cases.push(case);
                self.word(&case.subject, Role::Operand, around);
                for item in &case.items {
                    item.patterns.iter().for_each(|p| self.word(p, Role::Operand, around));
                    self.list(&item.body, branch);
                }
            }
            CommandKind::Function(function) => {
                self.functions.push(FunctionAt { function, around });
                self.command(&function.body, Around { function: true, ..branch });
            }
            CommandKind::Cond(condition) => self.condition(condition, around),
            CommandKind::Arith(expression) => self.arith(expression, around),
        }
        self.redirects(&command.redirects, around);
    }

    fn simple(&mut self, simple: &'t Simple, around: Around) {
        self.commands.push(CommandAt { command: simple, around });
        let declared_by = match simple.args.first() {
            Some(Arg::Word(word)) => match word.parts.as_slice() {
                [WordPart { kind: PartKind::Literal(name), .. }] => Some(name.as_str()),
                _ => None,
            },
            _ => None,
        };
        for assignment in &simple.assignments {
            let before_command = !simple.args.is_empty();
            self.assignments.push(AssignmentAt { assignment, around, declared_by: None, before_command });
            self.assignment(assignment, around);
        }
        for arg in &simple.args {
            match arg {
                Arg::Word(word) => self.word(word, Role::Argument, around),
                Arg::Assign(assignment) => {
                    self.assignments.push(AssignmentAt {
                        assignment,
                        around,
                        declared_by,
                        before_command: false,
                    });
                    self.assignment(assignment, around);
                }
            }
        }
        for redirect in &simple.redirects {
            if let RedirectKind::HereDoc(document) = &redirect.kind {
                self.here_documents.push(HereDocAt { command: simple, span: redirect.span, document });
            }
        }
        self.redirects(&simple.redirects, around);
    }

    fn assignment(&mut self, assignment: &'t Assignment, around: Around) {
        if let Some(index) = &assignment.index {
            self.parts(&index.parts, None, true, true, around);
        }
        match &assignment.value {
            AssignValue::Scalar(word) => self.word(word, Role::Value, around),
            AssignValue::Array(elements) => {
                for element in elements {
                    if let Some(index) = &element.index {
                        self.parts(&index.parts, None, true, true, around);
                    }
                    self.word(&element.value, Role::Item, around);
                }
            }
        }
    }

    fn redirects(&mut self, redirects: &'t [Redirect], around: Around) {
        for redirect in redirects {
            match &redirect.kind {
                RedirectKind::Out(word) | RedirectKind::OutAndErr(word) | RedirectKind::In(word) => {
                    self.word(word, Role::Target, around);
                }
                RedirectKind::DupOut(_) => {}
                RedirectKind::HereDoc(document) if document.quoted => {}
                RedirectKind::HereDoc(document) => self.parts(&document.body, None, true, false, around),
            }
        }
    }

    fn condition(&mut self, condition: &'t Cond, around: Around) {
        match condition {
            Cond::Not(inner) | Cond::Paren(inner) => self.condition(inner, around),
            Cond::And(left, right) | Cond::Or(left, right) => {
                self.condition(left, around);
                self.condition(right, around);
            }
            Cond::Unary { op, word, .. } => {
                self.unary_tests.push(UnaryTest { op, word });
                self.word(word, Role::Operand, around);
            }
            Cond::Word(word) => {
                self.tested_words.push(word);
                self.word(word, Role::Operand, around);
            }
            Cond::Binary { op, op_span, left, right } => {
                self.comparisons.push(Comparison { op, op_span: *op_span, left, right });
                self.word(left, Role::Operand, around);
                self.word(right, Role::Operand, around);
            }
        }
    }

    fn arith(&mut self, expression: &'t Arith, around: Around) {
        self.parts(&expression.parts, None, true, true, around);
    }

    fn word(&mut self, word: &'t Word, role: Role, around: Around) {
        self.words.push(WordAt { word, role });
        self.parts(&word.parts, Some(role), false, false, around);
    }

    fn parts(
        &mut self,
        parts: &'t [WordPart],
        role: Option<Role>,
        quoted: bool,
        arithmetic: bool,
        around: Around,
    ) {
        for part in parts {
            self.parts.push(PartAt { part, role, quoted, arithmetic });
            match &part.kind {
                PartKind::DoubleQuoted(inner) => self.parts(inner, role, true, arithmetic, around),
                PartKind::Arith(inner) => self.parts(inner, None, true, true, around),
                PartKind::Param(param) => self.param(param, around),
                PartKind::CommandSubst(CommandSubst { body, .. }) => {
                    self.list(body, Around { substitution: true, ..around });
                }
                PartKind::Literal(_)
                | PartKind::Escaped(_)
                | PartKind::SingleQuoted(_)
                | PartKind::AnsiC(_) => {}
            }
        }
    }

    fn param(&mut self, param: &'t Param, around: Around) {
        if let Some(Subscript::Index(index)) = &param.index {
            self.parts(&index.parts, None, true, true, around);
        }
        match &param.op {
            ParamOp::None | ParamOp::Length => {}
            ParamOp::Default { word, .. }
            | ParamOp::Assign { word, .. }
            | ParamOp::Error { word, .. }
            | ParamOp::Alternative { word, .. }
            | ParamOp::RemovePrefix { pattern: word, .. }
            | ParamOp::RemoveSuffix { pattern: word, .. } => self.word(word, Role::Operator, around),
            ParamOp::Replace { pattern, replacement, .. } => {
                self.word(pattern, Role::Operator, around);
                if let Some(word) = replacement {
                    self.word(word, Role::Operator, around);
                }
            }
            ParamOp::Substring { offset, length } => {
                self.parts(&offset.parts, None, true, true, around);
                if let Some(word) = length {
                    self.parts(&word.parts, None, true, true, around);
                }
            }
            ParamOp::Case { pattern, .. } => {
                if let Some(word) = pattern {
                    self.word(word, Role::Operator, around);
                }
            }
        }
    }
}
