//! The tree of an arithmetic expression.

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Number(i64),
    Read(Place),
    Unary(Unary, Box<Expression>),
    Binary(Binary, Box<Expression>, Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Choice(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `=`, or `op=` with the operator.
    Assign(Place, Option<Binary>, Box<Expression>),
    /// `++x`, `x--` and so on.
    Step {
        place: Place,
        by: i64,
        after: bool,
    },
    Comma(Box<Expression>, Box<Expression>),
}

/// A variable or an element of an array.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub name: String,
    /// The text between the brackets.
    pub index: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unary {
    Not,
    Complement,
    Minus,
    Plus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    Power,
    Multiply,
    Divide,
    Remainder,
    Add,
    Subtract,
    ShiftLeft,
    ShiftRight,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    BitAnd,
    BitXor,
    BitOr,
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArithError {
    pub message: String,
    pub help: String,
}

impl ArithError {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        ArithError { message: message.into(), help: help.into() }
    }
}
