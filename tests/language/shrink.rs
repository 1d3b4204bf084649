//! A nail that differs, made small.

use crate::generator::Nail;
use crate::{oracle, run};

fn compare(nail: &Nail) -> Option<String> {
    run::difference(nail, &oracle::run(&[nail])[0], &run::in_toe(nail))
}

/// Prints the nail of `seed` as small as it still differs.
pub fn show(seed: u64) {
    let mut nail = run::nail(seed);
    let Some(first) = compare(&nail) else {
        eprintln!("--- seed {seed} differs in its batch only");
        return;
    };
    // What is left must differ in the same way.
    let kind: String = first.chars().take(12).collect();
    let differs = |nail: &Nail| compare(nail).is_some_and(|d| d.starts_with(&kind) && !d.contains("unbound"));
    for file in 0..=nail.files.len() {
        let mut at = statements(&mut nail, file).len();
        while at > 0 {
            at -= 1;
            let mut smaller = nail.clone();
            statements(&mut smaller, file).remove(at);
            if differs(&smaller) {
                nail = smaller;
            }
        }
    }
    eprintln!("--- seed {seed}\n{}", nail.foot.join("\n"));
    for (name, statements) in nail.files.iter().filter(|(_, statements)| !statements.is_empty()) {
        eprintln!("--- file {name}\n{}", statements.join("\n"));
    }
    eprintln!("--- {}", compare(&nail).unwrap_or_default());
}

/// The statements of the foot, or of a file.
fn statements(nail: &mut Nail, file: usize) -> &mut Vec<String> {
    match file {
        0 => &mut nail.foot,
        file => &mut nail.files[file - 1].1,
    }
}
