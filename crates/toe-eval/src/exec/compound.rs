//! `if`, `for`, `while`, `until`, `case`.

use toe_syntax::tree::{Arith, ArithFor, Case, CaseTerminator, For, If, List, While, Word};

use crate::expand::{Piece, plain_text};
use crate::machine::Machine;
use crate::stop::{Run, Stop};

/// What a turn of a loop does next.
enum Turn {
    Next,
    Leave,
}

impl Machine<'_> {
    pub(super) fn run_if(&mut self, clause: &If) -> Run {
        for (condition, body) in &clause.branches {
            if self.run_condition(condition)? {
                return self.run_list(body);
            }
        }
        if let Some(body) = &clause.otherwise {
            return self.run_list(body);
        }
        self.status = 0;
        Ok(())
    }

    pub(super) fn run_for(&mut self, clause: &For) -> Run {
        let here = self.here;
        let values: Vec<String> = match &clause.words {
            Some(words) => self.fields(words)?.into_iter().map(|f| f.text).collect(),
            None => self.scope.positional.iter().map(ToString::to_string).collect(),
        };
        if values.is_empty() {
            self.status = 0;
        }
        self.looped(|machine| {
            for value in values {
                machine.here = clause.name_span;
                machine.charge(1)?;
                machine.set_scalar(&clause.name, &value)?;
                machine.here = here;
                if let Turn::Leave = machine.turn(&clause.body)? {
                    break;
                }
            }
            Ok(())
        })
    }

    pub(super) fn run_arith_for(&mut self, clause: &ArithFor) -> Run {
        let expression = |machine: &mut Self, arith: &Option<Arith>| match arith {
            Some(arith) => {
                machine.here = arith.span;
                machine.arithmetic_parts(&arith.parts).map(Some)
            }
            None => Ok(None),
        };
        expression(self, &clause.init)?;
        let mut status = 0;
        self.looped(|machine| {
            loop {
                machine.charge(1)?;
                if expression(machine, &clause.condition)? == Some(0) {
                    break;
                }
                let turn = machine.turn(&clause.body)?;
                status = machine.status;
                if let Turn::Leave = turn {
                    break;
                }
                expression(machine, &clause.step)?;
            }
            Ok(())
        })?;
        self.status = status;
        Ok(())
    }

    pub(super) fn run_while(&mut self, clause: &While) -> Run {
        let mut status = 0;
        self.looped(|machine| {
            loop {
                machine.charge(1)?;
                let mut holds = false;
                machine.errexit_ignored += 1;
                let turn = machine.caught(|machine| {
                    machine.run_list(&clause.condition)?;
                    holds = (machine.status == 0) != clause.until;
                    Ok(())
                });
                machine.errexit_ignored -= 1;
                match turn? {
                    Some(Turn::Leave) => {
                        status = machine.status;
                        break;
                    }
                    Some(Turn::Next) => continue,
                    None if !holds => break,
                    None => {}
                }
                let turn = machine.turn(&clause.body)?;
                status = machine.status;
                if let Turn::Leave = turn {
                    break;
                }
            }
            Ok(())
        })?;
        self.status = status;
        Ok(())
    }

    fn looped(&mut self, work: impl FnOnce(&mut Self) -> Run) -> Run {
        self.loop_depth += 1;
        let result = work(self);
        self.loop_depth -= 1;
        result
    }

    fn turn(&mut self, body: &List) -> Run<Turn> {
        Ok(self.caught(|machine| machine.run_list(body))?.unwrap_or(Turn::Next))
    }

    /// Catches `break` and `continue` that mean this loop.
    fn caught(&mut self, work: impl FnOnce(&mut Self) -> Run) -> Run<Option<Turn>> {
        match work(self) {
            Ok(()) => Ok(None),
            Err(Stop::Break(n)) if n > 1 => Err(Stop::Break(n - 1)),
            Err(Stop::Break(_)) => Ok(Some(Turn::Leave)),
            Err(Stop::Continue(n)) if n > 1 => Err(Stop::Continue(n - 1)),
            Err(Stop::Continue(_)) => Ok(Some(Turn::Next)),
            Err(stop) => Err(stop),
        }
    }

    pub(super) fn run_case(&mut self, clause: &Case) -> Run {
        let subject = plain_text(&self.case_word(&clause.subject)?);
        let mut entered = false;
        let mut ran = false;
        for item in &clause.items {
            let mut hit = entered;
            if !hit {
                for word in &item.patterns {
                    self.here = word.span;
                    self.charge(1)?;
                    let pieces = self.case_word(word)?;
                    let pattern = self.checked_pattern_text(&pieces)?;
                    let pattern = self.compile(&pattern)?;
                    if self.matches(&pattern, &subject)? {
                        hit = true;
                        break;
                    }
                }
            }
            if !hit {
                continue;
            }
            ran = true;
            if item.body.statements.is_empty() {
                self.status = 0;
            }
            self.run_list(&item.body)?;
            match item.terminator {
                CaseTerminator::Break => return Ok(()),
                CaseTerminator::FallThrough => entered = true,
                CaseTerminator::Continue => entered = false,
            }
        }
        if !ran {
            self.status = 0;
        }
        Ok(())
    }

    /// Expands the word or a pattern of `case`.
    fn case_word(&mut self, word: &Word) -> Run<Vec<Piece>> {
        self.empty_marked = false;
        let pieces = self.operand(word)?;
        if self.empty_marked && (pieces.len() > 1 || pieces.iter().any(|piece| piece.len() > 0)) {
            return Err(self.not_in_subset(
                "an empty `\"${x/y/z}\"` or `${x:-\"\"}` beside other text in a word of `case`",
                "put the whole word into one pair of quotes",
            ));
        }
        let mut fields = pieces.split(|piece| *piece == Piece::Break);
        let is_list = pieces.contains(&Piece::Break);
        if is_list && fields.any(|field| field.iter().all(|piece| piece.len() == 0)) {
            return Err(self.not_in_subset(
                "a list with an empty element in a word of `case`",
                "put the list into a variable first, as in x=\"$*\"",
            ));
        }
        Ok(pieces)
    }
}
