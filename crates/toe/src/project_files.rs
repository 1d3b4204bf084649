//! The `toe.toml` that is for a nail: the nearest one upwards, or the one of the command line.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use toe_lint::{Configuration, FailOn, RuleSet, Selector};
use toe_source::{Diagnostic, SourceMap};

use crate::failure::Failure;

/// The name of the file.
const NAME: &str = "toe.toml";

#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot read {}", path.display())]
#[diagnostic(code(toe::config::read), help("make it readable, or set it aside with --isolated"))]
struct ReadError {
    path: PathBuf,
    #[source]
    source: std::io::Error,
}

/// What a project wants of its nails.
#[derive(Debug, Default)]
pub struct Project {
    /// The file that says so.
    file: Option<PathBuf>,
    /// Where its patterns start.
    directory: PathBuf,
    configuration: Configuration,
    /// The rules for every nail, where no patterns tell nails apart.
    rules: OnceLock<RuleSet>,
}

impl Project {
    /// The rules for `nail`.
    pub fn rules_for(&self, nail: &Path) -> RuleSet {
        if self.configuration.per_file_ignores.is_empty() {
            return self.rules.get_or_init(|| self.configuration.rules_for(nail)).clone();
        }
        let nail = whole(nail);
        self.configuration.rules_for(nail.strip_prefix(&self.directory).unwrap_or(&nail))
    }

    /// The findings that make a lint fail.
    pub fn fail_on(&self) -> FailOn {
        self.configuration.fail_on.unwrap_or(FailOn::DEFAULT)
    }

    /// The file and all settings, as a `toe.toml` that means the same.
    pub fn settings(&self) -> String {
        let file = self.file.as_ref().map_or("no toe.toml".to_owned(), |file| file.display().to_string());
        format!("# {file}\n{}", self.configuration.to_text())
    }
}

/// What the command line says about all nails.
#[derive(Debug, Default)]
pub struct Choices<'a> {
    /// `--config`: this file and no other.
    pub config: Option<&'a Path>,
    /// `--isolated`: no file.
    pub isolated: bool,
    /// `--select`: these rules, whatever a file selects and ignores.
    pub select: &'a [Selector],
    /// `--ignore`: and not these.
    pub ignore: &'a [Selector],
    /// `--fail-on`.
    pub fail_on: Option<FailOn>,
}

/// The projects of the nails seen so far.
#[derive(Debug)]
pub struct Projects<'a> {
    choices: Choices<'a>,
    /// By directory, as it was named.
    known: HashMap<PathBuf, Arc<Project>>,
    /// By file.
    read: HashMap<PathBuf, Arc<Project>>,
}

impl<'a> Projects<'a> {
    /// None seen yet.
    pub fn new(choices: Choices<'a>) -> Self {
        Projects { choices, known: HashMap::new(), read: HashMap::new() }
    }

    /// The project of `nail`, which need not exist.
    pub fn of(&mut self, nail: &Path) -> Result<Arc<Project>, Failure> {
        if self.choices.isolated {
            return self.at(None);
        }
        if let Some(config) = self.choices.config {
            return self.at(Some(config.to_owned()));
        }
        let named = nail.parent().unwrap_or(Path::new(""));
        if let Some(known) = self.known.get(named) {
            return Ok(known.clone());
        }
        let directory = whole(nail).parent().map(Path::to_path_buf).unwrap_or_default();
        let nearest = directory.ancestors().map(|above| above.join(NAME)).find(|file| file.is_file());
        let project = self.at(nearest)?;
        self.known.insert(named.to_owned(), project.clone());
        Ok(project)
    }

    fn at(&mut self, file: Option<PathBuf>) -> Result<Arc<Project>, Failure> {
        let key = file.clone().unwrap_or_default();
        if let Some(known) = self.read.get(&key) {
            return Ok(known.clone());
        }
        let mut project = file.map_or_else(|| Ok(Project::default()), read)?;
        let configuration = &mut project.configuration;
        if !self.choices.select.is_empty() {
            configuration.select = Some(self.choices.select.to_vec());
            configuration.ignore.clear();
        }
        configuration.ignore.extend_from_slice(self.choices.ignore);
        configuration.fail_on = self.choices.fail_on.or(configuration.fail_on);
        let project = Arc::new(project);
        self.read.insert(key, project.clone());
        Ok(project)
    }
}

fn read(file: PathBuf) -> Result<Project, Failure> {
    let text = std::fs::read_to_string(&file)
        .map_err(|source| Failure::of(&ReadError { path: file.clone(), source }))?;
    let directory = whole(&file).parent().map(Path::to_path_buf).unwrap_or_default();
    match Configuration::read(&text) {
        Ok(configuration) => Ok(Project { file: Some(file), directory, configuration, ..Project::default() }),
        Err(errors) => {
            let mut sources = SourceMap::new();
            let source = sources.add(shown(&file), text);
            let diagnostics: Vec<Diagnostic> = errors.iter().map(|error| error.diagnostic(source)).collect();
            Err(Failure { diagnostics, sources })
        }
    }
}

/// The path from the root, through no link but the last.
fn whole(path: &Path) -> PathBuf {
    let directory = path.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let directory = directory.canonicalize().or_else(|_| std::path::absolute(directory));
    directory.unwrap_or_default().join(path.file_name().unwrap_or_default())
}

/// The path from the current directory where it is below that.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_upwards_counts() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("a/b/c")).unwrap();
        std::fs::write(root.join(NAME), "lint.fail-on = \"error\"\n").unwrap();
        std::fs::write(root.join("a/b").join(NAME), "lint.fail-on = \"never\"\n").unwrap();
        let mut projects = Projects::new(Choices::default());
        let mut file_of = |nail: &str| projects.of(&root.join(nail)).unwrap().file.clone().unwrap();
        assert_eq!(file_of("a/x.nail"), root.join(NAME));
        assert_eq!(file_of("a/b/c/x.nail"), root.join("a/b").join(NAME));
        assert_eq!(file_of("a/../a/b/x.nail"), root.join("a/b").join(NAME));
        let isolated = Choices { isolated: true, ..Choices::default() };
        assert!(Projects::new(isolated).of(&root.join("a/x.nail")).unwrap().file.is_none());
        let top = root.join(NAME);
        let chosen = Choices { config: Some(&top), ..Choices::default() };
        assert_eq!(Projects::new(chosen).of(&root.join("a/b/x.nail")).unwrap().file, Some(top));
    }
}
