//! One directive of a plan and where it was written.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use toe_source::{Origin, Span};

use crate::Step;

/// A place in a nail, as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
pub struct Place {
    /// The nail.
    pub file: String,
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one; absent in include chains of the JSON form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.column {
            Some(column) => write!(f, "{}:{}:{column}", self.file, self.line),
            None => write!(f, "{}:{}", self.file, self.line),
        }
    }
}

/// A directive reached by evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Which one.
    pub name: DirectiveName,
    /// Its words after expansion.
    pub args: Vec<String>,
    /// Where it is written.
    pub place: Place,
    /// The Include commands that led there, outermost first.
    pub included_from: Vec<Place>,
    /// The same place as spans of the evaluation's source map, for reports; not serialised.
    pub origin: Origin,
    /// The span of each of `args` (the word it came from), for reports; not serialised.
    pub arg_spans: Vec<Span>,
    /// Its meaning, parsed from `args` (and the here-document of `Write`).
    pub step: Step,
}

impl Serialize for Directive {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = match &self.step {
            Step::Write { content, .. } => Some(content),
            _ => None,
        };
        let mut s = serializer.serialize_struct("Directive", 6 + usize::from(body.is_some()))?;
        s.serialize_field("name", self.name.as_str())?;
        s.serialize_field("args", &self.args)?;
        s.serialize_field("file", &self.place.file)?;
        s.serialize_field("line", &self.place.line)?;
        s.serialize_field("column", &self.place.column.unwrap_or(1))?;
        s.serialize_field("included_from", &self.included_from)?;
        if let Some(body) = body {
            s.serialize_field("content", body)?;
        }
        s.end()
    }
}

macro_rules! directive_names {
    ($($name:ident $text:literal $doc:literal),+ $(,)?) => {
        /// The directives of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DirectiveName { $(#[doc = $doc] $name),+ }

        impl DirectiveName {
            /// All of them, in the order of the language page.
            pub const ALL: &'static [DirectiveName] = &[$(DirectiveName::$name),+];

            /// The word that nails use.
            pub fn as_str(self) -> &'static str {
                match self { $(DirectiveName::$name => $text),+ }
            }

            /// What it does, in one line.
            pub fn summary(self) -> &'static str {
                match self { $(DirectiveName::$name => $doc),+ }
            }

            /// The directive that `word` names.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(DirectiveName::$name),)+ _ => None }
            }
        }
    };
}

directive_names! {
    Include "Include" "Evaluates another nail in this scope",
    Base "Base" "Starts the SOCK with an empty rpm database",
    Rpm "Rpm" "Installs one package",
    GpgImport "GpgImport" "Imports public keys into the SOCK's rpm database",
    PkgCheck "PkgCheck" "Asks whether a package is in the SOCK or earlier in the plan",
    ShadowCheck "ShadowCheck" "Makes sure that shadow-utils is in the plan",
    GroupAdd "GroupAdd" "Adds a group in the SOCK",
    UserAdd "UserAdd" "Adds a system user in the SOCK",
    Gecos "Gecos" "Sets a user's comment field",
    Mknod "Mknod" "Makes a device under the SOCK's /dev",
    Symlink "Symlink" "Links a host path to a path of the SOCK",
    Copy "Copy" "Copies a host file or tree into the SOCK",
    Write "Write" "Writes a file from a here-document",
    Dir "Dir" "Makes a directory in the SOCK",
    Link "Link" "Makes a symbolic link inside the SOCK",
    Exec "Exec" "Runs a command inside the SOCK",
    Service "Service" "Names the SOCK's service",
    Log "log" "Prints words at run time",
    Die "die" "Fails the run",
}
