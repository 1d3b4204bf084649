//! What must hold before anything is processed.

use toe_plan::Plan;
use toe_source::Diagnostic;

/// REPO_FILE and MREPO_URL are set and not empty. (That no variable is used unset, the evaluation itself has
/// made sure of: there is no plan otherwise.)
pub fn required(plan: &Plan) -> Vec<Diagnostic> {
    toe_eval::required_checks(plan).iter().map(toe_eval::EvalError::diagnostic).collect()
}

#[cfg(test)]
mod tests {
    use toe_eval::{MemoryHost, Settings, evaluate};

    use super::*;

    fn report(foot: &str) -> Vec<Diagnostic> {
        let host = MemoryHost::new().with_file("foot", foot);
        required(&evaluate(&host, "foot", &Settings::default()).plan.unwrap())
    }

    #[test]
    fn both_variables_are_asked_for() {
        assert!(report("REPO_FILE=a.repo\nMREPO_URL=http://h\n").is_empty());
        let missing = report("MREPO_URL=\n");
        assert_eq!(missing.len(), 2);
        assert!(missing.iter().all(|d| d.code == "toe::eval::required_variable"));
    }
}
