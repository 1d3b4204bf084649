//! Random nails in bash 5.2 and in toe: the same directives with the same words, the same output,
//! and both fail or neither.
//!
//! `TOE_NAILS` is how many (3000), `TOE_SEED` the first seed (1).

mod differences;
mod generator;
mod oracle;

use generator::Generator;
use oracle::{FILES, Outcome};
use toe_eval::{MemoryHost, Settings, evaluate};
use toe_plan::Step;

fn in_toe(nail: &str) -> Outcome {
    let mut host = MemoryHost::new();
    for file in FILES {
        host = host.with_file(file, "x\n");
    }
    let host = host.with_file("foot.nail", nail);
    let evaluation = evaluate(&host, "foot.nail", &Settings::default());
    let errors: Vec<String> = evaluation.errors.iter().map(ToString::to_string).collect();
    let directives = evaluation.plan.iter().flat_map(|plan| &plan.directives).map(|directive| {
        let mut words = vec![directive.name.as_str().to_owned()];
        words.extend(directive.args.iter().cloned());
        if let Step::Write { content, .. } = &directive.step {
            words.push(content.clone());
        }
        words
    });
    Outcome {
        directives: directives.collect(),
        failed: (evaluation.plan.is_none() || !errors.is_empty()).then(|| errors.join("; ")),
        output: evaluation.output,
        endless: false,
    }
}

/// What differs, in words; nothing when the two agree.
fn difference(bash: &Outcome, toe: &Outcome) -> Option<String> {
    match (&bash.failed, &toe.failed) {
        _ if bash.endless => None,
        (Some(_), Some(_)) => None,
        (Some(errors), None) => Some(format!("only bash fails: {errors}")),
        (None, Some(errors)) if differences::is_deliberate(errors) => None,
        (None, Some(errors)) => Some(format!("only toe fails: {errors}")),
        (None, None) if bash.directives != toe.directives => {
            Some(format!("bash: {:?}\ntoe:  {:?}", bash.directives, toe.directives))
        }
        (None, None) if bash.output != toe.output => {
            Some(format!("bash prints {:?}\ntoe prints  {:?}", bash.output, toe.output))
        }
        _ => None,
    }
}

fn compare(statements: &[String]) -> Option<String> {
    let nail = statements.join("\n") + "\n";
    let bash = oracle::run(std::slice::from_ref(&nail))?;
    difference(&bash[0], &in_toe(&nail))
}

/// Leaves out statements while the two still differ.
fn shrunken(mut statements: Vec<String>) -> Vec<String> {
    let mut at = statements.len();
    while at > 0 {
        at -= 1;
        let mut fewer = statements.clone();
        fewer.remove(at);
        if compare(&fewer).is_some_and(|d| !d.contains("unbound")) {
            statements = fewer;
        }
    }
    statements
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

#[test]
fn random_nails_mean_what_bash_says() {
    let (first, count) = (number("TOE_SEED", 1), number("TOE_NAILS", 3000));
    let seeds: Vec<u64> = (first..first + count).collect();
    let (mut found, mut compared, mut both_fail) = (Vec::new(), 0, 0);
    for batch in seeds.chunks(500) {
        let nails: Vec<Vec<String>> = batch.iter().map(|seed| Generator::new(*seed).nail()).collect();
        let texts: Vec<String> = nails.iter().map(|n| n.join("\n") + "\n").collect();
        let Some(outcomes) = oracle::run(&texts) else { return };
        for ((seed, statements), (text, bash)) in batch.iter().zip(nails).zip(texts.iter().zip(&outcomes)) {
            let toe = in_toe(text);
            compared += usize::from(toe.failed.is_none() && bash.failed.is_none());
            both_fail += usize::from(toe.failed.is_some() && bash.failed.is_some());
            if difference(bash, &toe).is_some() {
                found.push((*seed, statements));
            }
        }
    }
    eprintln!("{count} nails: {compared} agree or differ in words, {both_fail} fail in both");
    let shown = number("TOE_SHOWN", 5) as usize;
    let total = found.len();
    for (seed, statements) in found.into_iter().take(shown) {
        let small = shrunken(statements);
        eprintln!("--- seed {seed}\n{}\n--- {}", small.join("\n"), compare(&small).unwrap_or_default());
    }
    assert_eq!(total, 0, "nails that differ");
    assert!(compared * 2 > count as usize, "most nails run to their end: {compared} of {count}");
}

#[test]
fn deliberate_differences_are_errors() {
    for (nail, error, reason) in differences::DELIBERATE {
        let failed = in_toe(nail).failed.unwrap_or_else(|| panic!("{nail:?} is refused: {reason}"));
        assert!(failed.contains(error), "{nail:?} is refused by {error:?}, not {failed:?}");
        if let Some(outcomes) = oracle::run(&[(*nail).to_owned()]) {
            assert_eq!(outcomes[0].failed, None, "bash takes {nail:?}");
        }
    }
}
