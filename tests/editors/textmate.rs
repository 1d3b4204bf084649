//! The part of TextMate's grammars that ours uses: which scopes the text of a line has.
//!
//! At each place the rule that matches leftmost wins, of several there the first; `begin` opens a rule that goes on
//! over lines until its `end`, whose `\1` stand for what `begin` captured.

use std::collections::HashMap;

use fancy_regex::{Captures, Regex};
use serde_json::Value;

/// A grammar, with its expressions compiled as they are met.
pub struct Grammar {
    root: Value,
    compiled: HashMap<String, Regex>,
}

/// A rule that is open: its name, where it ends, and what is looked for inside.
struct Open {
    name: Option<String>,
    end: Option<String>,
    patterns: Vec<Value>,
}

/// Text with the scopes that hold there, outermost first.
pub type Token = (String, Vec<String>);

impl Grammar {
    /// Reads a grammar.
    pub fn new(json: &str) -> Self {
        Grammar { root: serde_json::from_str(json).expect("the grammar is JSON"), compiled: HashMap::new() }
    }

    /// The tokens of each line.
    pub fn tokens(&mut self, text: &str) -> Vec<Vec<Token>> {
        let patterns = list(&self.root["patterns"]);
        let mut stack = vec![Open { name: None, end: None, patterns }];
        text.lines().map(|line| self.line(line, &mut stack)).collect()
    }

    fn line(&mut self, line: &str, stack: &mut Vec<Open>) -> Vec<Token> {
        let mut scopes: Vec<Vec<String>> = vec![names(stack); line.len()];
        let mut at = 0;
        // An empty match at the same place twice would go on for ever.
        let mut turns = 0;
        while at <= line.len() && turns < 10_000 {
            turns += 1;
            let open = stack.last().expect("the grammar itself stays open");
            let mut best: Option<(usize, usize, Option<Value>)> = None;
            if let Some(found) = open.end.clone().and_then(|end| self.find(&end, line, at)) {
                best = Some((found.0, found.1, None));
            }
            for rule in self.flat(&open.patterns.clone()) {
                let expression = rule["match"].as_str().or_else(|| rule["begin"].as_str());
                let Some(found) = expression.and_then(|e| self.find(e, line, at)) else { continue };
                if best.as_ref().is_none_or(|b| found.0 < b.0) {
                    best = Some((found.0, found.1, Some(rule)));
                }
            }
            let Some((start, end, rule)) = best else { break };
            match rule {
                None => {
                    let closed = stack.pop().expect("an open rule");
                    let mut inside = names(stack);
                    inside.extend(closed.name);
                    scopes[start..end].fill(inside);
                    scopes[end..].fill(names(stack));
                }
                Some(rule) => self.take(&rule, line, (start, end), stack, &mut scopes),
            }
            at = if end == start && stack.len() == 1 { end + 1 } else { end };
        }
        assert!(turns < 10_000, "the grammar does not end on {line:?}");
        let mut tokens: Vec<Token> = Vec::new();
        for (i, c) in line.char_indices() {
            match tokens.last_mut() {
                Some((text, scope)) if *scope == scopes[i] => text.push(c),
                _ => tokens.push((c.to_string(), scopes[i].clone())),
            }
        }
        tokens
    }

    fn take(
        &mut self,
        rule: &Value,
        line: &str,
        at: (usize, usize),
        stack: &mut Vec<Open>,
        scopes: &mut [Vec<String>],
    ) {
        let (start, end) = at;
        let name = rule["name"].as_str().map(str::to_owned);
        let expression = rule["match"].as_str().or_else(|| rule["begin"].as_str()).expect("a rule matches");
        let mut inside = names(stack);
        inside.extend(name.clone());
        scopes[start..end].fill(inside.clone());
        let captures = self.captures(expression, line, start);
        for which in ["captures", "beginCaptures"] {
            for (number, capture) in rule[which].as_object().into_iter().flatten() {
                let number: usize = number.parse().expect("captures have numbers");
                let Some(range) = captures[number].clone() else { continue };
                let mut own = inside.clone();
                own.push(capture["name"].as_str().expect("captures have names").to_owned());
                scopes[range].fill(own);
            }
        }
        if let Some(end_pattern) = rule["end"].as_str() {
            let mut filled = end_pattern.to_owned();
            for (number, range) in captures.iter().enumerate().skip(1) {
                let text = range.clone().map_or("", |range| &line[range]);
                filled = filled.replace(&format!("\\{number}"), &fancy_regex::escape(text));
            }
            stack.push(Open { name, end: Some(filled), patterns: list(&rule["patterns"]) });
            scopes[end..].fill(names(stack));
        }
    }

    /// The rules of `patterns`, with `include`s and groups replaced by what they hold.
    fn flat(&self, patterns: &[Value]) -> Vec<Value> {
        let mut rules = Vec::new();
        for pattern in patterns {
            if let Some(name) = pattern["include"].as_str() {
                let name = name.strip_prefix('#').expect("only rules of this grammar are included");
                let rule = &self.root["repository"][name];
                assert!(rule.is_object(), "the grammar has no rule {name}");
                rules.extend(self.flat(std::slice::from_ref(rule)));
            } else if pattern["match"].is_string() || pattern["begin"].is_string() {
                rules.push(pattern.clone());
            } else {
                rules.extend(self.flat(&list(&pattern["patterns"])));
            }
        }
        rules
    }

    fn regex(&mut self, expression: &str) -> &Regex {
        self.compiled
            .entry(expression.to_owned())
            .or_insert_with(|| Regex::new(expression).unwrap_or_else(|e| panic!("{expression}: {e}")))
    }

    fn find(&mut self, expression: &str, line: &str, at: usize) -> Option<(usize, usize)> {
        let found = self.regex(expression).find_from_pos(line, at).expect("the expression ends")?;
        Some((found.start(), found.end()))
    }

    fn captures(&mut self, expression: &str, line: &str, at: usize) -> Vec<Option<std::ops::Range<usize>>> {
        let found: Captures =
            self.regex(expression).captures_from_pos(line, at).expect("it ends").expect("it matched");
        (0..found.len()).map(|i| found.get(i).map(|m| m.start()..m.end())).collect()
    }
}

fn names(stack: &[Open]) -> Vec<String> {
    stack.iter().filter_map(|open| open.name.clone()).collect()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
