//! The text of a `toe.toml`, read.

use std::ops::{Range, RangeInclusive};

use toe_source::{Diagnostic, Severity, SourceId, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::configuration::{Configuration, FailOn, FileGlob};
use crate::page::severity_name;
use crate::project::Project;
use crate::selector::Selector;
use crate::word_text::nearest;

/// What can be wrong with a `toe.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum ConfigurationError {
    /// It is no TOML.
    #[error("toe.toml is no TOML: {message}")]
    #[diagnostic(code(toe::config::syntax), help("see https://toml.io for how it is written"))]
    Syntax {
        /// What the parser says.
        message: String,
        /// Where.
        place: Range<usize>,
    },
    /// A key that means nothing there.
    #[error("there is no setting `{}` in {table}", key.escape_debug())]
    #[diagnostic(code(toe::config::unknown_key), help("{help}"))]
    UnknownKey {
        /// The key.
        key: String,
        /// The table, in words.
        table: &'static str,
        /// What to write instead.
        help: String,
        /// Where.
        place: Range<usize>,
    },
    /// A value of another kind.
    #[error("{key} is {found} and should be {wanted}")]
    #[diagnostic(code(toe::config::wrong_kind), help("write for example: {example}"))]
    WrongKind {
        /// The key.
        key: String,
        /// What is there.
        found: &'static str,
        /// What should be there.
        wanted: &'static str,
        /// A line as it should be.
        example: &'static str,
        /// Where.
        place: Range<usize>,
    },
    /// A word that names no rule.
    #[error("there is no rule `{}`", word.escape_debug())]
    #[diagnostic(code(toe::config::unknown_rule), help("{help}"))]
    UnknownRule {
        /// The word.
        word: String,
        /// What to write instead.
        help: String,
        /// Where.
        place: Range<usize>,
    },
    /// A word that is none of those that mean something.
    #[error("{key} cannot be `{}`", word.escape_debug())]
    #[diagnostic(code(toe::config::unknown_word), help("write one of {known}"))]
    UnknownWord {
        /// The key.
        key: String,
        /// The word.
        word: String,
        /// Those that mean something.
        known: String,
        /// Where.
        place: Range<usize>,
    },
    /// A pattern for files that cannot be read.
    #[error("`{}` is no pattern for files: {message}", pattern.escape_debug())]
    #[diagnostic(
        code(toe::config::bad_pattern),
        help("`*` stands for a part of a name, `**` for directories")
    )]
    BadPattern {
        /// As written.
        pattern: String,
        /// Why not.
        message: String,
        /// Where.
        place: Range<usize>,
    },
    /// Neither a number nor a range of numbers.
    #[error("`{}` is neither a number nor a range of numbers", text.escape_debug())]
    #[diagnostic(code(toe::config::bad_range), help("write 65534, or \"1-199\", up to 4294967295"))]
    BadRange {
        /// As written.
        text: String,
        /// Where.
        place: Range<usize>,
    },
}

impl ConfigurationError {
    fn place(&self) -> Range<usize> {
        match self {
            ConfigurationError::Syntax { place, .. }
            | ConfigurationError::UnknownKey { place, .. }
            | ConfigurationError::WrongKind { place, .. }
            | ConfigurationError::UnknownRule { place, .. }
            | ConfigurationError::UnknownWord { place, .. }
            | ConfigurationError::BadPattern { place, .. }
            | ConfigurationError::BadRange { place, .. } => place.clone(),
        }
    }

    /// The error at its place in the file `source`.
    pub fn diagnostic(&self, source: SourceId) -> Diagnostic {
        let place = self.place();
        Diagnostic::from_error(self).with_label(Span::new(source, place.start, place.end), "here")
    }
}

const TABLES: [&str; 2] = ["lint", "accounts"];
const OF_LINT: [&str; 8] = [
    "select",
    "ignore",
    "fail-on",
    "allowed-commands",
    "allow-exec",
    "tool-variables",
    "per-file-ignores",
    "severity",
];
const OF_ACCOUNTS: [&str; 1] = ["reserved-uids"];
const SEVERITIES: [Severity; 4] = [Severity::Error, Severity::Warning, Severity::Style, Severity::Info];

impl Configuration {
    /// Reads the text of a `toe.toml`.
    ///
    /// # Errors
    /// All that is wrong with it, in the order of the text.
    pub fn read(text: &str) -> Result<Configuration, Vec<ConfigurationError>> {
        let table = DeTable::parse(text).map_err(|error| {
            let message = error.message().trim().replace('\n', ", ");
            vec![ConfigurationError::Syntax { message, place: error.span().unwrap_or(0..0) }]
        })?;
        let mut reader = Reader::default();
        reader.file(table.get_ref());
        if reader.errors.is_empty() {
            return Ok(reader.configuration);
        }
        reader.errors.sort_by_key(|error| (error.place().start, error.place().end));
        Err(reader.errors)
    }
}

/// What was read, and what was wrong with it.
#[derive(Debug, Default)]
struct Reader {
    configuration: Configuration,
    errors: Vec<ConfigurationError>,
}

type Value<'v> = Spanned<DeValue<'v>>;

impl Reader {
    fn file(&mut self, file: &DeTable) {
        for (key, value) in file {
            match key.get_ref().as_ref() {
                "lint" => self.table("lint", value, "[lint]", Reader::lint),
                "accounts" => self.table("accounts", value, "[accounts]", Reader::accounts),
                _ => self.unknown_key(key, "toe.toml", &TABLES),
            }
        }
    }

    fn lint(&mut self, table: &DeTable) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "select" => self.configuration.select = Some(self.selectors("select", value)),
                "ignore" => self.configuration.ignore = self.selectors("ignore", value),
                "fail-on" => self.configuration.fail_on = self.fail_on(value),
                "allowed-commands" => {
                    self.configuration.project.allowed_commands = self.words("allowed-commands", value);
                }
                "allow-exec" => match value.get_ref().as_bool() {
                    Some(may_run) => self.configuration.project.allow_exec = may_run,
                    None => self.wrong_kind("allow-exec", value, "true or false", "allow-exec = true"),
                },
                "tool-variables" => {
                    self.configuration.project.tool_variables = self.words("tool-variables", value);
                }
                "per-file-ignores" => {
                    self.table(
                        "per-file-ignores",
                        value,
                        "[lint.per-file-ignores]",
                        Reader::per_file_ignores,
                    );
                }
                "severity" => self.table("severity", value, "[lint.severity]", Reader::severities),
                _ => self.unknown_key(key, "[lint]", &OF_LINT),
            }
        }
    }

    fn accounts(&mut self, table: &DeTable) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "reserved-uids" => self.configuration.project.reserved_uids = self.ranges(value),
                _ => self.unknown_key(key, "[accounts]", &OF_ACCOUNTS),
            }
        }
    }

    fn per_file_ignores(&mut self, table: &DeTable) {
        for (pattern, value) in table {
            let selectors = self.selectors(pattern.get_ref(), value);
            match FileGlob::new(pattern.get_ref()) {
                Ok(files) => self.configuration.per_file_ignores.push((files, selectors)),
                Err(error) => self.errors.push(ConfigurationError::BadPattern {
                    pattern: pattern.get_ref().to_string(),
                    message: error.kind().to_string(),
                    place: pattern.span(),
                }),
            }
        }
    }

    fn severities(&mut self, table: &DeTable) {
        for (rules, value) in table {
            let selector = self.selector(rules.get_ref(), rules.span());
            let Some(word) = self.word(rules.get_ref(), value, "TOE405 = \"error\"") else { continue };
            let severity = SEVERITIES.into_iter().find(|severity| severity_name(*severity) == word);
            match (selector, severity) {
                (Some(selector), Some(severity)) => self.configuration.severity.push((selector, severity)),
                (_, Some(_)) => {}
                (_, None) => self.unknown_word(rules.get_ref(), &word, &[], value),
            }
        }
    }

    fn fail_on(&mut self, value: &Value) -> Option<FailOn> {
        let word = self.word("fail-on", value, "fail-on = \"warning\"")?;
        if word == "never" {
            return Some(FailOn::Never);
        }
        let severity = SEVERITIES.into_iter().find(|severity| severity_name(*severity) == word);
        if severity.is_none() {
            self.unknown_word("fail-on", &word, &["never"], value);
        }
        severity.map(FailOn::AtLeast)
    }

    fn selectors(&mut self, key: &str, value: &Value) -> Vec<Selector> {
        let words = self.spanned_words(key, value, "select = [\"DEFAULT\", \"TOE904\"]");
        words.into_iter().filter_map(|(word, place)| self.selector(&word, place)).collect()
    }

    fn selector(&mut self, word: &str, place: Range<usize>) -> Option<Selector> {
        match Selector::parse(word) {
            Ok(selector) => Some(selector),
            Err(unknown) => {
                self.errors.push(ConfigurationError::UnknownRule {
                    word: word.to_owned(),
                    help: unknown.help(),
                    place,
                });
                None
            }
        }
    }

    fn words(&mut self, key: &str, value: &Value) -> Vec<String> {
        let words = self.spanned_words(key, value, "tool-variables = [\"DEPLOY_TARGET\"]");
        words.into_iter().map(|(word, _)| word).collect()
    }

    fn spanned_words(
        &mut self,
        key: &str,
        value: &Value,
        example: &'static str,
    ) -> Vec<(String, Range<usize>)> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "a list of strings", example);
            return Vec::new();
        };
        let mut words = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(word) => words.push((word.to_owned(), item.span())),
                None => self.wrong_kind(key, item, "a list of strings", example),
            }
        }
        words
    }

    fn word(&mut self, key: &str, value: &Value, example: &'static str) -> Option<String> {
        let word = value.get_ref().as_str();
        if word.is_none() {
            self.wrong_kind(key, value, "a string", example);
        }
        word.map(str::to_owned)
    }

    fn ranges(&mut self, value: &Value) -> Vec<RangeInclusive<u32>> {
        const EXAMPLE: &str = "reserved-uids = [\"1-199\", 65534]";
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind("reserved-uids", value, "a list of numbers and ranges", EXAMPLE);
            return Vec::new();
        };
        let mut ranges = Vec::new();
        for item in items {
            let text = match item.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
                _ => {
                    self.wrong_kind("reserved-uids", item, "a list of numbers and ranges", EXAMPLE);
                    continue;
                }
            };
            match range(&text) {
                Some(range) => ranges.push(range),
                None => self.errors.push(ConfigurationError::BadRange { text, place: item.span() }),
            }
        }
        ranges
    }

    fn table(
        &mut self,
        key: &str,
        value: &Value,
        example: &'static str,
        read: impl Fn(&mut Reader, &DeTable),
    ) {
        match value.get_ref().as_table() {
            Some(table) => read(self, table),
            None => self.wrong_kind(key, value, "a table", example),
        }
    }

    fn wrong_kind(&mut self, key: &str, value: &Value, wanted: &'static str, example: &'static str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let place = value.span();
        self.errors.push(ConfigurationError::WrongKind {
            key: key.to_owned(),
            found,
            wanted,
            example,
            place,
        });
    }

    fn unknown_key(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, table: &'static str, known: &[&str]) {
        let help = match nearest(key.get_ref(), known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it knows {}", known.join(", ")),
        };
        let (key, place) = (key.get_ref().to_string(), key.span());
        self.errors.push(ConfigurationError::UnknownKey { key, table, help, place });
    }

    fn unknown_word(&mut self, key: &str, word: &str, more: &[&'static str], value: &Value) {
        let known: Vec<&str> =
            SEVERITIES.into_iter().map(severity_name).chain(more.iter().copied()).collect();
        self.errors.push(ConfigurationError::UnknownWord {
            key: key.to_owned(),
            word: word.to_owned(),
            known: known.join(", "),
            place: value.span(),
        });
    }
}

/// `65534` or `1-199`.
fn range(text: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some(first..=last)
}

impl Configuration {
    /// The text of a `toe.toml` that means the same.
    pub fn to_text(&self) -> String {
        let Project { allowed_commands, allow_exec, tool_variables, reserved_uids } = &self.project;
        let list = |words: &mut dyn Iterator<Item = String>| {
            let quoted: Vec<String> = words.map(|word| quoted(&word)).collect();
            format!("[{}]", quoted.join(", "))
        };
        let selectors = |selectors: &[Selector]| list(&mut selectors.iter().map(Selector::to_string));
        let fail_on = match self.fail_on.unwrap_or(FailOn::DEFAULT) {
            FailOn::Never => "never",
            FailOn::AtLeast(severity) => severity_name(severity),
        };
        let mut lines = vec![
            "[lint]".to_owned(),
            format!("select = {}", selectors(self.select.as_deref().unwrap_or(&[Selector::Default]))),
            format!("ignore = {}", selectors(&self.ignore)),
            format!("fail-on = \"{fail_on}\""),
            format!("allowed-commands = {}", list(&mut allowed_commands.iter().cloned())),
            format!("allow-exec = {allow_exec}"),
            format!("tool-variables = {}", list(&mut tool_variables.iter().cloned())),
            "\n[lint.per-file-ignores]".to_owned(),
        ];
        let ignores = self.per_file_ignores.iter();
        lines.extend(ignores.map(|(files, s)| format!("{} = {}", quoted(files.pattern()), selectors(s))));
        lines.push("\n[lint.severity]".to_owned());
        let severities = self.severity.iter();
        lines.extend(
            severities.map(|(rules, severity)| format!("{rules} = \"{}\"", severity_name(*severity))),
        );
        let ranges =
            list(&mut reserved_uids.iter().map(|range| format!("{}-{}", range.start(), range.end())));
        lines.push(format!("\n[accounts]\nreserved-uids = {ranges}\n"));
        lines.join("\n")
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let escaped = text.chars().fold(String::new(), |mut out, c| {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.extend(format!("\\u{:04X}", c as u32).chars()),
            c => out.push(c),
        }
        out
    });
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const ALL_OF_IT: &str = r#"
[lint]
select = ["DEFAULT", "TOE904", "insecure-url"]
ignore = ["TOE1"]
fail-on = "info"
allowed-commands = ["deploy"]
allow-exec = true
tool-variables = ["A\"B"]
[lint.per-file-ignores]
"old/**" = ["ALL"]
[lint.severity]
TOE405 = "error"
[accounts]
reserved-uids = ["1-99", 65534]
"#;

    #[test]
    fn all_settings_are_read() {
        let configuration = Configuration::read(ALL_OF_IT).unwrap();
        assert_eq!(configuration.select.as_ref().unwrap().len(), 3);
        assert_eq!(configuration.ignore, [Selector::Prefix("TOE1".into())]);
        assert_eq!(configuration.fail_on, Some(FailOn::AtLeast(Severity::Info)));
        assert_eq!(configuration.project.allowed_commands, ["deploy"]);
        assert!(configuration.project.allow_exec);
        assert_eq!(configuration.project.tool_variables, ["A\"B"]);
        assert!(configuration.per_file_ignores[0].0.is_match(Path::new("old/x")));
        assert_eq!(configuration.severity, [(Selector::Rule("TOE405"), Severity::Error)]);
        assert_eq!(configuration.project.reserved_uids, [1..=99, 65534..=65534]);
        let never = Configuration::read("lint.fail-on = \"never\"").unwrap();
        assert_eq!(never.fail_on, Some(FailOn::Never));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in [ALL_OF_IT, ""] {
            let written = Configuration::read(text).unwrap().to_text();
            assert_eq!(Configuration::read(&written).unwrap().to_text(), written);
        }
        assert!(Configuration::read(ALL_OF_IT).unwrap().to_text().contains("tool-variables = [\"A\\\"B\"]"));
    }

    #[test]
    fn everything_wrong_is_told_in_order() {
        let text = "[lint]\nselekt = [\"TOE405\"]\nignore = [\"TOE4055\", 3]\nfail-on = \"errors\"\ntool-variables = 1\n\
                    [lint.severity]\nTOE405 = \"off\"\n[lint.per-file-ignores]\n\"a{\" = []\n\
                    [accounts]\nreserved-uids = [\"9-1\", 0x10]\n[fmt]\n";
        let errors = Configuration::read(text).unwrap_err();
        let told: Vec<(String, &str)> = errors.iter().map(|e| (e.to_string(), &text[e.place()])).collect();
        let told: Vec<(&str, &str)> =
            told.iter().map(|(message, place)| (message.as_str(), *place)).collect();
        assert_eq!(
            told,
            [
                ("there is no setting `selekt` in [lint]", "selekt"),
                ("there is no rule `TOE4055`", "\"TOE4055\""),
                ("ignore is a number and should be a list of strings", "3"),
                ("fail-on cannot be `errors`", "\"errors\""),
                ("tool-variables is a number and should be a list of strings", "1"),
                ("TOE405 cannot be `off`", "\"off\""),
                (
                    "`a{` is no pattern for files: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
                    "\"a{\""
                ),
                ("`9-1` is neither a number nor a range of numbers", "\"9-1\""),
                ("reserved-uids is a number and should be a list of numbers and ranges", "0x10"),
                ("there is no setting `fmt` in toe.toml", "fmt"),
            ]
        );
        let help = |i: usize| Diagnostic::from_error(&errors[i]).help.unwrap();
        assert_eq!(
            (help(0).as_str(), help(1).as_str()),
            ("did you mean `select`?", "did you mean `TOE405`?")
        );
        assert!(matches!(
            Configuration::read("[lint\n").unwrap_err()[..],
            [ConfigurationError::Syntax { .. }]
        ));
    }
}
