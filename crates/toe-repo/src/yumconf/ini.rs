//! The lines of one file, as dnf's reader takes them.

use toe_source::{SourceId, SourceMap, Span};

use super::{RepoSection, Setting, YumConfError, YumVariables, error::place};

/// Reads the sections of a file that is in `sources`. A section that stands there twice is one; of a
/// key that stands there twice the last counts. `#` and `;` begin a comment at the start of a line
/// only, because URLs and passwords may hold them.
pub(super) fn sections(
    sources: &SourceMap,
    id: SourceId,
    variables: &YumVariables,
) -> Result<Vec<RepoSection>, YumConfError> {
    let text = &sources.file(id).text;
    let mut sections: Vec<RepoSection> = Vec::new();
    let mut current: Option<usize> = None;
    let mut continues = false;
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let start = at;
        at += raw.len();
        let line = raw.trim_end_matches(['\n', '\r']);
        let content = line.trim();
        let span_of = |part: &str| {
            let offset = line.find(part).unwrap_or(0);
            Span::new(id, start + offset, start + offset + part.len())
        };
        let syntax = |part: &str, reason: &str| YumConfError::Syntax {
            place: place(sources, span_of(part)),
            reason: reason.to_owned(),
        };
        if content.is_empty() || content.starts_with(['#', ';']) {
            // A value does not go on behind an empty line, but behind a comment it does.
            continues &= !content.is_empty();
            continue;
        }
        if line.starts_with([' ', '\t']) {
            let section = current.and_then(|i| sections.get_mut(i)).filter(|_| continues);
            let Some(setting) = section.and_then(|s| s.settings.last_mut()) else {
                return Err(syntax(
                    content,
                    "the line begins with a blank, but there is no value above that it continues",
                ));
            };
            if !setting.value.is_empty() {
                setting.value.push('\n');
            }
            setting.value.push_str(&variables.replace(content));
            continue;
        }
        continues = false;
        if let Some(rest) = content.strip_prefix('[') {
            let Some(name) = rest.strip_suffix(']') else {
                return Err(syntax(content, "the section has no `]` at the end of its line"));
            };
            if name.is_empty()
                || name.chars().any(|c| c.is_whitespace() || c.is_control() || "[]/".contains(c))
            {
                return Err(syntax(content, "this cannot be the id of a repository"));
            }
            let name = variables.replace(name);
            current = sections.iter().position(|s| s.id == name).or_else(|| {
                sections.push(RepoSection::new(name, span_of(content)));
                Some(sections.len() - 1)
            });
            continue;
        }
        let Some((key, value)) = content.split_once(['=', ':']) else {
            return Err(syntax(content, "the line has no `=`"));
        };
        let (key, value) = (key.trim_end(), value.trim_start());
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)) {
            return Err(syntax(content, "what stands before `=` is no name of a setting"));
        }
        let Some(section) = current.and_then(|i| sections.get_mut(i)) else {
            return Err(syntax(key, "the setting stands before the first section"));
        };
        let span = if value.is_empty() {
            span_of(key)
        } else {
            // The value is the end of the line's content.
            let end = start + line.trim_end().len();
            Span::new(id, end - value.len(), end)
        };
        section.settings.push(Setting { key: key.to_owned(), value: variables.replace(value), span });
        continues = true;
    }
    Ok(sections)
}
