//! What must hold before anything is processed.

use toe_plan::Plan;

use crate::Report;

/// REPO_FILE and MREPO_URL are set and not empty. (That no variable is used unset, the evaluation itself has
/// made sure of: there is no plan otherwise.)
pub fn required(plan: &Plan) -> Report {
    Report {
        diagnostics: toe_eval::required_checks(plan).iter().map(toe_eval::EvalError::diagnostic).collect(),
    }
}

#[cfg(test)]
mod tests {
    use toe_eval::{MemoryHost, Settings, evaluate};

    use super::*;

    fn report(foot: &str) -> Report {
        let host = MemoryHost::new().with_file("foot", foot);
        required(&evaluate(&host, "foot", &Settings::default()).plan.unwrap())
    }

    #[test]
    fn both_variables_are_asked_for() {
        assert!(!report("REPO_FILE=a.repo\nMREPO_URL=http://h\n").stops_a_run());
        let missing = report("MREPO_URL=\n");
        assert!(missing.stops_a_run());
        assert_eq!(missing.diagnostics.len(), 2);
        assert!(missing.diagnostics.iter().all(|d| d.code == "toe::eval::required_variable"));
    }
}
