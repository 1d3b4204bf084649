//! Every rule of the grammar has an example above it, and the example is what it says.

use pest::Parser as _;

use super::grammar::{NailParser, Rule};

/// A rule's name, whether it is silent, and its examples: of a whole nail or not, and the text.
type RuleExamples = (String, bool, Vec<(bool, String)>);

/// The rules with their modifiers and the examples over them.
fn examples() -> Vec<RuleExamples> {
    let mut rules = Vec::new();
    let mut over = Vec::new();
    for line in include_str!("../../../../grammar/toenail.pest").lines() {
        let text = |t: &str| t.replace('↵', "\n").replace('⇥', "\t");
        if let Some(example) = line.strip_prefix("// nail> ") {
            over.push((true, text(example)));
        } else if let Some(example) = line.strip_prefix("// >") {
            over.push((false, text(example.strip_prefix(' ').unwrap_or(example))));
        } else if let Some((name, body)) = line.split_once(" = ")
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
        {
            rules.push((name.to_owned(), body.starts_with('_'), std::mem::take(&mut over)));
        }
    }
    rules
}

fn rule(name: &str) -> Rule {
    *Rule::all_rules().iter().find(|r| format!("{r:?}") == name).unwrap_or_else(|| panic!("no rule {name}"))
}

/// What is wrong with an example, if anything.
fn fault(name: &str, silent: bool, whole_nail: bool, example: &str) -> Option<String> {
    let by = if whole_nail { Rule::nail } else { rule(name) };
    let pairs = match NailParser::parse(by, example) {
        Ok(pairs) => pairs,
        Err(error) => return Some(format!("{name} does not read {example:?}: {error}")),
    };
    if silent {
        return None;
    }
    if whole_nail && !pairs.clone().flatten().any(|p| p.as_rule() == rule(name)) {
        return Some(format!("{name} does not occur in {example:?}"));
    }
    let end = pairs.flatten().map(|p| p.as_span().end()).max();
    (end != Some(example.len())).then(|| format!("{name} does not read all of {example:?}"))
}

#[test]
fn each_rule_reads_its_example() {
    let rules = examples();
    assert!(rules.len() > 100, "the grammar's rules were found");
    let mut faults = Vec::new();
    for (name, silent, examples) in rules {
        if examples.is_empty() {
            faults.push(format!("{name} has no example"));
        }
        faults.extend(examples.iter().filter_map(|(nail, example)| fault(&name, silent, *nail, example)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
