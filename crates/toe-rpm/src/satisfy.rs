//! Whether what a package needs is provided by others, by rpm's rules for names, versions and rich
//! dependencies.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use crate::dependency::Dependency;
use crate::evr::compare_segments;
use crate::files::FileTable;
use crate::tags::sense;

/// What a set of packages provides.
#[derive(Debug, Default)]
pub struct Provided {
    packages: usize,
    by_name: HashMap<String, Vec<(usize, Dependency)>>,
    by_path: HashMap<Box<[u8]>, Vec<usize>>,
}

/// Deepest rich dependency that is read.
const MOST_DEPTH: usize = 64;

impl Provided {
    /// Adds a package by its provides and files.
    pub fn add(&mut self, provides: Vec<Dependency>, files: &FileTable) {
        for provide in provides {
            self.by_name.entry(provide.name.clone()).or_default().push((self.packages, provide));
        }
        for file in &files.files {
            self.by_path.entry(file.path.clone()).or_default().push(self.packages);
        }
        self.packages += 1;
    }

    /// True when `need` is provided, or does not have to be (`rpmlib()`, weak ones). A rich dependency that
    /// cannot be read counts as provided.
    pub fn satisfies(&self, need: &Dependency) -> bool {
        let is_internal = need.flags & sense::RPMLIB != 0 || need.name.starts_with("rpmlib(");
        if is_internal || need.flags & sense::MISSINGOK != 0 {
            return true;
        }
        if !need.name.starts_with('(') {
            return !self.providers(need).is_empty();
        }
        let mut rest = need.name.as_str();
        Rich::parse(&mut rest, 0).is_none_or(|rich| self.holds(&rich))
    }

    /// The packages that provide a simple dependency.
    fn providers(&self, need: &Dependency) -> BTreeSet<usize> {
        let named = self.by_name.get(&need.name).into_iter().flatten();
        let mut found: BTreeSet<usize> =
            named.filter(|(_, provide)| overlap(provide, need)).map(|(package, _)| *package).collect();
        if need.name.starts_with('/') {
            found.extend(self.by_path.get(need.name.as_bytes()).into_iter().flatten());
        }
        found
    }

    fn holds(&self, rich: &Rich) -> bool {
        match rich {
            Rich::Simple(need) => self.satisfies(need),
            Rich::All(parts) => parts.iter().all(|part| self.holds(part)),
            Rich::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Rich::With(..) | Rich::Without(..) => !self.packages_of(rich).is_empty(),
            Rich::If { then, condition, otherwise } => {
                if self.holds(condition) {
                    self.holds(then)
                } else {
                    otherwise.as_ref().is_none_or(|otherwise| self.holds(otherwise))
                }
            }
            Rich::Unless { then, condition, otherwise } => {
                if self.holds(condition) {
                    otherwise.as_ref().is_some_and(|otherwise| self.holds(otherwise))
                } else {
                    self.holds(then)
                }
            }
        }
    }

    /// The packages that alone fulfil what `with` and `without` join.
    fn packages_of(&self, rich: &Rich) -> BTreeSet<usize> {
        match rich {
            Rich::Simple(need) => self.providers(need),
            Rich::With(left, right) => &self.packages_of(left) & &self.packages_of(right),
            Rich::Without(left, right) => &self.packages_of(left) - &self.packages_of(right),
            Rich::Any(parts) => parts.iter().flat_map(|part| self.packages_of(part)).collect(),
            // rpm allows nothing else there.
            Rich::All(_) | Rich::If { .. } | Rich::Unless { .. } => BTreeSet::new(),
        }
    }
}

/// A dependency in parentheses.
#[derive(Debug)]
enum Rich {
    Simple(Dependency),
    All(Vec<Rich>),
    Any(Vec<Rich>),
    With(Box<Rich>, Box<Rich>),
    Without(Box<Rich>, Box<Rich>),
    If { then: Box<Rich>, condition: Box<Rich>, otherwise: Option<Box<Rich>> },
    Unless { then: Box<Rich>, condition: Box<Rich>, otherwise: Option<Box<Rich>> },
}

impl Rich {
    /// Reads a simple dependency or one in parentheses; `None` when it is neither.
    fn parse(rest: &mut &str, depth: usize) -> Option<Rich> {
        *rest = rest.trim_start();
        let Some(inner) = rest.strip_prefix('(') else { return Rich::simple(rest) };
        if depth >= MOST_DEPTH {
            return None;
        }
        *rest = inner;
        let first = Rich::parse(rest, depth + 1)?;
        let operator = word(rest);
        let rich = match operator {
            "" => first,
            "and" | "or" => {
                let mut parts = vec![first, Rich::parse(rest, depth + 1)?];
                loop {
                    match word(rest) {
                        "" => break,
                        same if same == operator => parts.push(Rich::parse(rest, depth + 1)?),
                        _ => return None,
                    }
                }
                if operator == "and" { Rich::All(parts) } else { Rich::Any(parts) }
            }
            "with" | "without" => {
                let mut joined = first;
                let mut next = operator;
                while !next.is_empty() {
                    let right = Box::new(Rich::parse(rest, depth + 1)?);
                    joined = match next {
                        "with" => Rich::With(Box::new(joined), right),
                        "without" => Rich::Without(Box::new(joined), right),
                        _ => return None,
                    };
                    next = word(rest);
                }
                joined
            }
            "if" | "unless" => {
                let condition = Box::new(Rich::parse(rest, depth + 1)?);
                let otherwise = match word(rest) {
                    "" => None,
                    "else" => Some(Box::new(Rich::parse(rest, depth + 1)?)),
                    _ => return None,
                };
                let then = Box::new(first);
                if operator == "if" {
                    Rich::If { then, condition, otherwise }
                } else {
                    Rich::Unless { then, condition, otherwise }
                }
            }
            _ => return None,
        };
        *rest = rest.trim_start().strip_prefix(')')?;
        Some(rich)
    }

    /// `NAME`, or `NAME OPERATOR VERSION`.
    fn simple(rest: &mut &str) -> Option<Rich> {
        let name = word(rest).to_owned();
        if name.is_empty() {
            return None;
        }
        let mut ahead = *rest;
        let flags = match word(&mut ahead) {
            "<" => sense::LESS,
            "<=" => sense::LESS | sense::EQUAL,
            "=" | "==" => sense::EQUAL,
            ">=" => sense::GREATER | sense::EQUAL,
            ">" => sense::GREATER,
            _ => return Some(Rich::Simple(Dependency { name, flags: 0, evr: String::new() })),
        };
        let evr = word(&mut ahead).to_owned();
        *rest = ahead;
        Some(Rich::Simple(Dependency { name, flags, evr }))
    }
}

/// The next word; parentheses inside it belong to it, as in `libm.so.6()(64bit)`.
fn word<'t>(rest: &mut &'t str) -> &'t str {
    let text = rest.trim_start();
    let mut open = 0_usize;
    let mut end = text.len();
    for (i, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            ')' => {
                end = i;
                break;
            }
            c if c.is_whitespace() && open == 0 => {
                end = i;
                break;
            }
            _ => {}
        }
    }
    let (word, after) = text.split_at(end);
    *rest = after;
    word
}

/// True when a version may be meant by both (rpmdsCompare). What has no version means all.
fn overlap(provide: &Dependency, need: &Dependency) -> bool {
    let range = |d: &Dependency| d.flags & (sense::LESS | sense::GREATER | sense::EQUAL);
    let (has, wants) = (range(provide), range(need));
    if has == 0 || wants == 0 || provide.evr.is_empty() || need.evr.is_empty() {
        return true;
    }
    let both = |bit| has & bit != 0 && wants & bit != 0;
    match compare_evr(&provide.evr, &need.evr) {
        Ordering::Less => has & sense::GREATER != 0 || wants & sense::LESS != 0,
        Ordering::Greater => has & sense::LESS != 0 || wants & sense::GREATER != 0,
        Ordering::Equal => both(sense::EQUAL) || both(sense::LESS) || both(sense::GREATER),
    }
}

/// `[EPOCH:]VERSION[-RELEASE]`; a release counts when both have one.
fn compare_evr(a: &str, b: &str) -> Ordering {
    let ((a_epoch, a_version, a_release), (b_epoch, b_version, b_release)) = (parts(a), parts(b));
    let releases = a_release.zip(b_release);
    a_epoch
        .cmp(&b_epoch)
        .then_with(|| compare_segments(a_version, b_version))
        .then_with(|| releases.map_or(Ordering::Equal, |(a, b)| compare_segments(a, b)))
}

fn parts(evr: &str) -> (u64, &str, Option<&str>) {
    let (epoch, rest) = match evr.split_once(':') {
        Some((epoch, rest)) => (epoch.parse().unwrap_or(0), rest),
        None => (0, evr),
    };
    match rest.rsplit_once('-') {
        Some((version, release)) => (epoch, version, Some(release)),
        None => (epoch, rest, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dependency(text: &str) -> Dependency {
        if text.starts_with('(') {
            return Dependency { name: text.to_owned(), flags: 0, evr: String::new() };
        }
        match Rich::parse(&mut &*text, 0) {
            Some(Rich::Simple(dependency)) => dependency,
            other => panic!("{text}: {other:?}"),
        }
    }

    /// Each line of `packages` is one package: what it provides, by commas.
    fn provided(packages: &[&str]) -> Provided {
        let mut all = Provided::default();
        for package in packages {
            let files = FileTable {
                files: Vec::new(),
                digest_algorithm: crate::DigestAlgorithm::Sha256,
                hardlink_sets: Vec::new(),
            };
            all.add(package.split(", ").map(dependency).collect(), &files);
        }
        all
    }

    #[test]
    fn versions_overlap_as_in_rpm() {
        for (provide, need, holds) in [
            ("a = 1-1", "a", true),
            ("a", "a >= 9", true),
            ("a = 1-1", "b", false),
            ("a = 1-1", "a = 1", true),
            ("a = 1-1", "a = 1-2", false),
            ("a = 1-1", "a >= 1-1", true),
            ("a = 1-1", "a > 1-1", false),
            ("a = 1-1", "a < 2", true),
            ("a = 1:1-1", "a >= 2", true),
            ("a = 1-1", "a >= 1:0", false),
            ("a = 1.0~rc1-1", "a >= 1.0", false),
            ("a >= 2", "a >= 3", true),
            ("a < 2", "a >= 2", false),
            ("a <= 2", "a >= 2", true),
            ("libm.so.6(GLIBC_2.29)(64bit)", "libm.so.6(GLIBC_2.29)(64bit)", true),
            ("libm.so.6()(64bit)", "libm.so.6(GLIBC_2.29)(64bit)", false),
        ] {
            assert_eq!(provided(&[provide]).satisfies(&dependency(need)), holds, "{provide} for {need}");
        }
    }

    #[test]
    fn rich_dependencies() {
        let packages = provided(&["a = 1-1, x = 1", "b = 2-1, x = 2, libz.so.1()(64bit)"]);
        for (need, holds) in [
            ("(a and b)", true),
            ("(a and c)", false),
            ("(c or b)", true),
            ("(c or d)", false),
            ("(c or d or a)", true),
            ("(c if d)", true),
            ("(c if a)", false),
            ("(b if a)", true),
            ("(c if d else a)", true),
            ("(a if d else c)", false),
            ("(a unless d)", true),
            ("(a unless b)", false),
            ("(c unless b else a)", true),
            ("(x >= 1 with x < 2)", true),
            ("(a with b)", false),
            ("(x without b)", true),
            ("(a without x)", false),
            ("(libz.so.1()(64bit) and (a >= 1 or c))", true),
            ("(libz.so.1()(64bit) and (a >= 2 or c))", false),
            ("(rpmlib(X) and a)", true),
        ] {
            assert_eq!(packages.satisfies(&dependency(need)), holds, "{need}");
        }
        for unreadable in ["(a", "(a and", "(a xor b)", "(a and c or d)", "()"] {
            assert!(packages.satisfies(&dependency(unreadable)), "{unreadable}");
        }
        let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
        assert!(packages.satisfies(&dependency(&deep)));
    }
}
