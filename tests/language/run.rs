//! Nails in both, compared.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use toe_eval::{MemoryHost, Settings, evaluate};
use toe_plan::Step;

use crate::generator::coverage::{Coverage, FAILING, STOPPING};
use crate::generator::{Generator, NAILS, Nail};
use crate::oracle::{self, FILES, HOME, Outcome};
use crate::rooted_host::RootedHost;
use crate::{BATCH, PROGRESS, differences};

/// An evaluation has the stack that it would otherwise make for itself, once for all nails of a thread.
const STACK: usize = 1 << 30;

/// What a run found.
#[derive(Debug, Default)]
pub struct Found {
    /// The seeds of nails that differ.
    pub differing: Vec<u64>,
    pub ended: usize,
    pub complaints: usize,
    pub deliberate: usize,
    pub both_fail: usize,
    pub coverage: Coverage,
    /// The time that bash took, with the files of the nails.
    pub in_bash: Duration,
    pub in_toe: Duration,
}

pub fn nail(seed: u64) -> Nail {
    Generator::new(seed).nail()
}

pub fn in_toe(nail: &Nail) -> Outcome {
    let mut host = MemoryHost::new();
    for (file, text) in FILES {
        host = host.with_file(file, *text);
    }
    for (name, statements) in &nail.files {
        host = host.with_file(format!("{NAILS}/{name}"), statements.join("\n") + "\n");
    }
    let host = RootedHost(host.with_file("foot.nail", nail.foot.join("\n") + "\n"));
    let settings = Settings { env: vec![("HOME".to_owned(), HOME.to_owned())], ..Settings::default() };
    let evaluation = evaluate(&host, "foot.nail", &settings);
    let stopped = matches!(evaluation.status, 1..) || evaluation.plan.is_none();
    let directives = evaluation.plan.as_ref().map(|plan| {
        let words = plan.directives.iter().map(|directive| {
            let mut words = vec![directive.name.as_str().to_owned()];
            words.extend(directive.args.iter().cloned());
            if let Step::Write { content, .. } = &directive.step {
                words.push(content.clone());
            }
            words
        });
        words.collect()
    });
    let errors = evaluation.errors.iter().filter(|_| evaluation.plan.is_none()).map(|error| {
        let found = error.diagnostic();
        format!("{}: {}", found.code, found.message)
    });
    let complaints = evaluation.warnings.iter().filter(|w| w.code == "toe::eval::complaint");
    let complaints: Vec<String> = errors.chain(complaints.map(|w| w.message.clone())).collect();
    Outcome {
        complaint: (!complaints.is_empty()).then(|| complaints.join("; ")),
        status: evaluation.plan.is_some().then_some(evaluation.status),
        ended: !stopped,
        directives,
        output: evaluation.output,
        endless: false,
    }
}

/// What differs, in words; nothing when the two agree.
pub fn difference(nail: &Nail, bash: &Outcome, toe: &Outcome) -> Option<String> {
    let is_defect =
        |complaint: &String| differences::DEFECTS.iter().any(|(text, _)| complaint.contains(text));
    if bash.endless || bash.complaint.as_ref().is_some_and(is_defect) {
        return None;
    }
    match (&bash.complaint, &toe.complaint) {
        (Some(complaint), None) => return Some(format!("only bash complains: {complaint}")),
        // What bash complained of may have gone to `/dev/null`.
        (None, Some(_)) if !bash.ended && bash.status != Some(0) && nail.is_silenced() => return None,
        (None, Some(complaint)) if differences::is_deliberate(nail, complaint) => return None,
        (None, Some(complaint))
            if complaint.contains("toe::syntax::") && oracle::finds_wrong_syntax(nail) =>
        {
            return None;
        }
        (None, Some(complaint)) => return Some(format!("only toe complains: {complaint}")),
        _ => {}
    }
    let Some(directives) = &toe.directives else {
        // Toe stopped at the first error, bash perhaps not.
        let begins = bash.output.starts_with(&toe.output);
        return (!begins).then(|| {
            format!("bash prints {:?}\ntoe prints  {:?} before its error", bash.output, toe.output)
        });
    };
    let bash_calls = bash.directives.as_deref().unwrap_or_default();
    // What bash says of its defects may have gone to `/dev/null`: then it stops.
    let stopped = !bash.ended && directives.starts_with(bash_calls) && nail.is_silenced();
    if stopped && differences::may_meet_defect(nail) {
        return None;
    }
    if bash.directives.as_ref() != Some(directives) {
        return Some(format!("bash: {bash_calls:?}\ntoe:  {directives:?}"));
    }
    if bash.output != toe.output {
        return Some(format!("bash prints {:?}\ntoe prints  {:?}", bash.output, toe.output));
    }
    (bash.status != toe.status)
        .then(|| format!("bash ends with {:?}, toe with {:?}", bash.status, toe.status))
}

/// Compares `count` nails from the seed `first` on, with as many threads as asked for.
pub fn run(first: u64, count: u64, threads: u64) -> Found {
    let next = AtomicU64::new(0);
    let found = Mutex::new(Found::default());
    let work = || {
        loop {
            let begin = next.fetch_add(BATCH, Ordering::Relaxed);
            if begin >= count {
                return;
            }
            let end = (begin + BATCH).min(count);
            let batch = compare(first + begin..first + end);
            let mut all = found.lock().expect("no thread panicked");
            all.add(batch);
            if begin / PROGRESS != end / PROGRESS {
                eprintln!("{end} of {count} nails, {} differ", all.differing.len());
            }
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1))
            .map(|_| {
                std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).expect("a thread")
            })
            .collect();
        for thread in threads {
            thread.join().expect("no thread panicked");
        }
    });
    found.into_inner().expect("no thread panicked")
}

fn compare(seeds: std::ops::Range<u64>) -> Found {
    let nails: Vec<Nail> = seeds.clone().map(nail).collect();
    let begin = Instant::now();
    let outcomes = oracle::run(&nails.iter().collect::<Vec<_>>());
    let mut found = Found { in_bash: begin.elapsed(), ..Found::default() };
    let begin = Instant::now();
    for ((seed, nail), bash) in seeds.zip(&nails).zip(&outcomes) {
        let toe = in_toe(nail);
        if difference(nail, bash, &toe).is_some() {
            found.differing.push(seed);
            continue;
        }
        let stops = STOPPING.iter().any(|construct| nail.reached.contains(construct));
        match (&toe.directives, &bash.complaint) {
            (Some(_), complaint) => {
                found.ended += 1;
                found.complaints += usize::from(complaint.is_some());
                if bash.ended || stops {
                    found.coverage.add(&nail.reached);
                }
            }
            (None, Some(_)) => found.both_fail += 1,
            (None, None) => found.deliberate += 1,
        }
        if toe.directives.is_none() {
            let failing: Vec<_> = nail.reached.iter().copied().filter(|c| FAILING.contains(c)).collect();
            found.coverage.add(&failing);
        }
    }
    found.in_toe = begin.elapsed();
    found
}

impl Found {
    fn add(&mut self, batch: Found) {
        self.differing.extend(batch.differing);
        self.ended += batch.ended;
        self.complaints += batch.complaints;
        self.deliberate += batch.deliberate;
        self.both_fail += batch.both_fail;
        self.coverage.add_all(&batch.coverage);
        self.in_bash += batch.in_bash;
        self.in_toe += batch.in_toe;
    }
}
