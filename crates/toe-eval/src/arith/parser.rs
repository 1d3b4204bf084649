//! From tokens to a tree, by precedence.

use super::lexer::{Token, tokens};
use super::tree::{ArithError, Binary, Expression, Place, Unary};

/// How deep parentheses and operators may nest.
const MOST_DEPTH: usize = 256;

/// Parses an expression; `None` when there is nothing in it.
pub(super) fn parse(text: &str) -> Result<Option<Expression>, ArithError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let expression = parser.comma()?;
    match parser.peek() {
        None => Ok(Some(expression)),
        Some(Token::Assign(_)) => Err(not_a_variable()),
        Some(_) => {
            Err(ArithError::new("something follows the expression", "put an operator between the two"))
        }
    }
}

fn not_a_variable() -> ArithError {
    ArithError::new("what is assigned to is no variable", "assign to a name; compare with ==")
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, ArithError>) -> Result<T, ArithError> {
        if self.depth >= MOST_DEPTH {
            return Err(ArithError::new(
                format!("the expression nests deeper than the limit of {MOST_DEPTH}"),
                "cut it into several assignments",
            ));
        }
        self.depth += 1;
        let out = work(self);
        self.depth -= 1;
        out
    }

    fn comma(&mut self) -> Result<Expression, ArithError> {
        let mut left = self.assignment()?;
        let mut count = 0;
        while self.take(&Token::Comma) {
            count += 1;
            if count > MOST_DEPTH {
                return Err(ArithError::new("the expression has too many commas", "cut it into several"));
            }
            let right = self.assignment()?;
            left = Expression::Comma(Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn assignment(&mut self) -> Result<Expression, ArithError> {
        self.deeper(|p| {
            let start = p.at;
            if let Some(Token::Place(place)) = p.peek() {
                let place = place.clone();
                if let Some(Token::Assign(op)) = p.tokens.get(start + 1) {
                    let op = *op;
                    p.at += 2;
                    let value = p.assignment()?;
                    return Ok(Expression::Assign(place, op, Box::new(value)));
                }
            }
            let out = p.choice()?;
            if matches!(p.peek(), Some(Token::Assign(_))) {
                return Err(not_a_variable());
            }
            Ok(out)
        })
    }

    fn choice(&mut self) -> Result<Expression, ArithError> {
        let condition = self.or()?;
        if !self.take(&Token::Question) {
            return Ok(condition);
        }
        self.deeper(|p| {
            let yes = p.comma()?;
            if !p.take(&Token::Colon) {
                return Err(ArithError::new("`?` has no `:`", "write CONDITION ? VALUE : VALUE"));
            }
            // Bash takes a conditional here, not an assignment.
            let no = p.choice()?;
            Ok(Expression::Choice(Box::new(condition), Box::new(yes), Box::new(no)))
        })
    }

    fn or(&mut self) -> Result<Expression, ArithError> {
        let mut left = self.and()?;
        while self.take(&Token::Or) {
            left = self.joined(left, Self::and, Expression::Or)?;
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, ArithError> {
        let mut left = self.binary(0)?;
        while self.take(&Token::And) {
            left = self.joined(left, |p| p.binary(0), Expression::And)?;
        }
        Ok(left)
    }

    fn joined(
        &mut self,
        left: Expression,
        right: impl FnOnce(&mut Self) -> Result<Expression, ArithError>,
        join: impl FnOnce(Box<Expression>, Box<Expression>) -> Expression,
    ) -> Result<Expression, ArithError> {
        let right = right(self)?;
        // A long chain is a deep tree on its left side.
        if self.at > 2 * 4096 {
            return Err(ArithError::new("the expression has more than 8192 tokens", "cut it into several"));
        }
        Ok(join(Box::new(left), Box::new(right)))
    }

    fn binary(&mut self, level: usize) -> Result<Expression, ArithError> {
        const LEVELS: &[&[Binary]] = &[
            &[Binary::BitOr],
            &[Binary::BitXor],
            &[Binary::BitAnd],
            &[Binary::Equal, Binary::NotEqual],
            &[Binary::Less, Binary::LessEqual, Binary::Greater, Binary::GreaterEqual],
            &[Binary::ShiftLeft, Binary::ShiftRight],
            &[Binary::Add, Binary::Subtract],
            &[Binary::Multiply, Binary::Divide, Binary::Remainder],
        ];
        let Some(operators) = LEVELS.get(level) else { return self.power() };
        let mut left = self.binary(level + 1)?;
        loop {
            let op = match self.peek() {
                Some(Token::Binary(op)) if operators.contains(op) => *op,
                _ => return Ok(left),
            };
            self.at += 1;
            left = self.joined(left, |p| p.binary(level + 1), |l, r| Expression::Binary(op, l, r))?;
        }
    }

    /// Right to left; a sign binds tighter than `**` in bash.
    fn power(&mut self) -> Result<Expression, ArithError> {
        let base = self.unary()?;
        if !self.take(&Token::Binary(Binary::Power)) {
            return Ok(base);
        }
        self.deeper(|p| Ok(Expression::Binary(Binary::Power, Box::new(base), Box::new(p.power()?))))
    }

    fn unary(&mut self) -> Result<Expression, ArithError> {
        let op = match self.peek() {
            Some(Token::Not) => Unary::Not,
            Some(Token::Complement) => Unary::Complement,
            Some(Token::Binary(Binary::Subtract)) => Unary::Minus,
            Some(Token::Binary(Binary::Add)) => Unary::Plus,
            Some(Token::Increment | Token::Decrement) => return self.prefix_step(),
            _ => return self.primary(),
        };
        self.at += 1;
        self.deeper(|p| Ok(Expression::Unary(op, Box::new(p.unary()?))))
    }

    /// `++x`; before anything but a name, `++` and `--` are two signs.
    fn prefix_step(&mut self) -> Result<Expression, ArithError> {
        let minus = self.peek() == Some(&Token::Decrement);
        self.at += 1;
        if let Some(Token::Place(place)) = self.peek() {
            let place = place.clone();
            self.at += 1;
            if matches!(self.peek(), Some(Token::Increment | Token::Decrement)) {
                return Err(ArithError::new("a stepped value is no variable", "step a variable once"));
            }
            return Ok(Expression::Step { place, by: if minus { -1 } else { 1 }, after: false });
        }
        let op = if minus { Unary::Minus } else { Unary::Plus };
        self.deeper(|p| {
            let inner = Expression::Unary(op, Box::new(p.unary()?));
            Ok(Expression::Unary(op, Box::new(inner)))
        })
    }

    fn primary(&mut self) -> Result<Expression, ArithError> {
        let token = self.peek().cloned();
        self.at += 1;
        match token {
            Some(Token::Number(n)) => {
                self.split_step();
                Ok(Expression::Number(n))
            }
            Some(Token::Place(place)) => self.suffix_step(place),
            Some(Token::Open) => {
                let inner = self.deeper(Self::comma)?;
                if !self.take(&Token::Close) {
                    return Err(ArithError::new("a `(` has no `)`", "close the parenthesis"));
                }
                self.split_step();
                Ok(inner)
            }
            _ => Err(ArithError::new("an operand is missing", "write a number or a variable")),
        }
    }

    /// Behind a value `5--5` is `5 - -5`.
    fn split_step(&mut self) {
        let op = match self.peek() {
            Some(Token::Increment) => Binary::Add,
            Some(Token::Decrement) => Binary::Subtract,
            _ => return,
        };
        self.tokens[self.at] = Token::Binary(op);
        self.tokens.insert(self.at + 1, Token::Binary(op));
    }

    fn suffix_step(&mut self, place: Place) -> Result<Expression, ArithError> {
        let by = match self.peek() {
            Some(Token::Increment) => 1,
            Some(Token::Decrement) => -1,
            _ => return Ok(Expression::Read(place)),
        };
        self.at += 1;
        if matches!(self.peek(), Some(Token::Increment | Token::Decrement)) {
            return Err(ArithError::new("a stepped value is no variable", "step a variable once"));
        }
        Ok(Expression::Step { place, by, after: true })
    }
}
