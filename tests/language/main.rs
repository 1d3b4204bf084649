//! Random nails in bash 5.2 and in toe: the same directives with the same words, the same output, the same status,
//! and both complain or neither. CONTRIBUTING.md has the variables of a longer run.

mod differences;
mod generator;
mod oracle;
mod rooted_host;
mod run;
mod shrink;

use generator::Nail;
use generator::coverage::{CONSTRUCTS, Coverage, FAILING, STOPPING};

/// Each chunk of seeds is one bash; the same seeds make the same nails whatever its size.
const BATCH: u64 = 500;
/// How often a long run tells how far it is.
const PROGRESS: u64 = 50_000;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

#[test]
fn random_nails_mean_what_bash_says() {
    if !oracle::is_there() {
        return;
    }
    let (first, count) = (number("TOE_SEED", 1), number("TOE_NAILS", 20_000));
    let mut found = run::run(first, count, number("TOE_THREADS", 1));
    eprintln!(
        "{count} nails: {} come to an end, {} of them with a complaint, {} are refused with a reason, {} stop with an error in both; \
         {:.1} s in bash, {:.1} s in toe",
        found.ended,
        found.complaints,
        found.deliberate,
        found.both_fail,
        found.in_bash.as_secs_f32(),
        found.in_toe.as_secs_f32()
    );
    found.differing.sort_unstable();
    for seed in found.differing.iter().take(number("TOE_SHOWN", 5) as usize) {
        shrink::show(*seed);
    }
    assert!(
        found.differing.is_empty(),
        "{} nails differ: seeds {:?}",
        found.differing.len(),
        found.differing
    );
    assert!(found.ended * 2 > count as usize, "most nails come to an end: {} of {count}", found.ended);
    if count >= 20_000 {
        assert_eq!(found.coverage.missing(), Vec::<&str>::new(), "constructs that no nail reached");
    }
}

/// `TOE_NAIL=FILE`: the file in both.
#[test]
fn one_nail_means_what_bash_says() {
    let Some(file) = std::env::var_os("TOE_NAIL") else { return };
    let text = std::fs::read_to_string(file).expect("the nail that TOE_NAIL names");
    let nail = Nail { foot: vec![text.trim_end_matches('\n').to_owned()], ..Nail::default() };
    let bash = oracle::run(&[&nail]).remove(0);
    let toe = run::in_toe(&nail);
    eprintln!("bash: {bash:#?}\ntoe: {toe:#?}");
    assert_eq!(run::difference(&nail, &bash, &toe), None);
}

#[test]
fn constructs_are_listed_once() {
    let mut all = CONSTRUCTS.to_vec();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), CONSTRUCTS.len());
    assert!(STOPPING.iter().chain(FAILING).all(|construct| all.contains(construct)));
    let mut coverage = Coverage::default();
    coverage.add(&["log"]);
    assert!(!coverage.missing().contains(&"log") && coverage.missing().contains(&"die"));
}

#[test]
fn deliberate_differences_are_errors() {
    for (nail, error, reason) in differences::DELIBERATE {
        let nail = Nail { foot: vec![nail.trim_end_matches('\n').to_owned()], ..Nail::default() };
        let text = &nail.foot[0];
        let complaint =
            run::in_toe(&nail).complaint.unwrap_or_else(|| panic!("{text:?} is refused: {reason}"));
        assert!(complaint.contains(error), "{text:?} is refused by {error:?}, not {complaint:?}");
        if oracle::is_there() {
            assert_eq!(oracle::run(&[&nail])[0].complaint, None, "bash takes {text:?}");
        }
    }
}
