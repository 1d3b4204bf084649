//! What a SOCK says of itself: `/var/lib/toe/sock.json`.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use toe_plan::{Directive, Location, Plan, Step};
use toe_root::{Attributes, DeviceNumber, FileKind, Intended, Ledger, Root};

use crate::InstallError;

/// Where the record is inside the SOCK.
pub const RECORD_PATH: &str = "/var/lib/toe/sock.json";
const LIMIT: u64 = 256 << 20;

/// The record of a SOCK. It holds no times and no secrets of URLs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of this format: 1.
    pub version: u32,
    /// Version of `toe` that wrote it.
    pub toe: String,
    /// The plan, as `toe plan --format json` shows it.
    pub plan: Value,
    /// The packages in the order of the plan.
    pub packages: Vec<FetchedInput>,
    /// The keys in the order of the plan.
    pub keys: Vec<FetchedInput>,
    /// What `Copy` lines copied, in the order of the plan.
    pub copies: Vec<CopiedInput>,
    /// False when scriptlets were left out.
    pub scripts: bool,
    /// Owners and devices that could only be noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledger: Vec<LedgerLine>,
}

/// A package or key that went into the SOCK.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchedInput {
    /// Where it was fetched, without secrets.
    pub location: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Name, epoch, version, release, architecture; absent for keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nevra: Option<String>,
}

/// A file or tree of the host that went into the SOCK.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedInput {
    /// The host path, as written.
    pub source: String,
    /// SHA-256 over names, kinds, modes, link texts and contents.
    pub sha256: String,
}

/// One note of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// The path, in hexadecimal when it is not UTF-8.
    pub path: String,
    /// True when `path` is hexadecimal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hex: bool,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Permission bits, decimal.
    pub mode: u32,
    /// `c` or `b`, major, minor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<(char, u32, u32)>,
    /// `security.capability` in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
}

impl Record {
    /// The version of the format that this crate writes.
    pub const VERSION: u32 = 1;

    /// Reads the record of a SOCK; `None` when it has none.
    pub fn read(root: &Root) -> Result<Option<Record>, InstallError> {
        match root.find(RECORD_PATH)? {
            Some(metadata) if metadata.is_file() => {}
            _ => return Ok(None),
        }
        let content = root.read_file(RECORD_PATH, LIMIT)?;
        let bad = |why: String| InstallError::BadRecord { path: RECORD_PATH, why };
        let record: Record = serde_json::from_slice(&content).map_err(|e| bad(e.to_string()))?;
        if record.version != Self::VERSION {
            return Err(bad(format!("it has version {}, this toe knows {}", record.version, Self::VERSION)));
        }
        Ok(Some(record))
    }

    /// Writes it into the SOCK, readable by all, root's.
    pub fn write(&self, root: &Root, time: i64) -> Result<(), InstallError> {
        let mut content = serde_json::to_vec_pretty(self)
            .map_err(|e| InstallError::BadRecord { path: RECORD_PATH, why: e.to_string() })?;
        content.push(b'\n');
        let missing = root.find("/var/lib/toe")?.is_none();
        root.mkdir_all("/var/lib/toe")?;
        root.write_file_atomically(RECORD_PATH, &content, &Attributes::new(0, 0, 0o644).at(time))?;
        if missing {
            root.set_attributes("/var/lib/toe", &Attributes::new(0, 0, 0o755).at(time))?;
        }
        Ok(())
    }

    /// True when both were made of the same inputs; which `toe` made them does not count.
    pub fn same_inputs(&self, other: &Record) -> bool {
        self.plan == other.plan
            && self.packages == other.packages
            && self.keys == other.keys
            && self.copies == other.copies
            && self.scripts == other.scripts
    }

    /// The ledger of the run that wrote it.
    pub fn read_ledger(&self) -> Result<Ledger, InstallError> {
        let bad = |line: &LedgerLine| InstallError::BadRecord {
            path: RECORD_PATH,
            why: format!("the ledger's line for {} is damaged", line.path),
        };
        let mut ledger = Ledger::default();
        for line in &self.ledger {
            let path = if line.hex {
                hex::decode(&line.path).map_err(|_| bad(line))?
            } else {
                line.path.clone().into_bytes()
            };
            let device = match line.device {
                None => None,
                Some(('c', major, minor)) => Some((FileKind::CharacterDevice, DeviceNumber { major, minor })),
                Some(('b', major, minor)) => Some((FileKind::BlockDevice, DeviceNumber { major, minor })),
                Some(_) => return Err(bad(line)),
            };
            let capability = line.capability.as_ref().map(hex::decode).transpose().map_err(|_| bad(line))?;
            ledger
                .insert(path, Intended { uid: line.uid, gid: line.gid, mode: line.mode, device, capability });
        }
        Ok(ledger)
    }

    /// The form in which a ledger is stored.
    pub fn ledger_lines(ledger: &Ledger) -> Vec<LedgerLine> {
        ledger
            .iter()
            .map(|(path, intended)| {
                let text = std::str::from_utf8(path).ok();
                LedgerLine {
                    path: text.map_or_else(|| hex::encode(path), str::to_owned),
                    hex: text.is_none(),
                    uid: intended.uid,
                    gid: intended.gid,
                    mode: intended.mode,
                    device: intended.device.map(|(kind, number)| {
                        let letter = if kind == FileKind::BlockDevice { 'b' } else { 'c' };
                        (letter, number.major, number.minor)
                    }),
                    capability: intended.capability.as_ref().map(hex::encode),
                }
            })
            .collect()
    }
}

/// The plan as it is stored: users, passwords and queries of URLs hidden.
pub fn stored_plan(plan: &Plan) -> Result<Value, InstallError> {
    let failed = |e: serde_json::Error| InstallError::BadRecord { path: RECORD_PATH, why: e.to_string() };
    let mut stored = plan.clone();
    for value in stored.variables.values_mut() {
        *value = redacted(value);
    }
    for directive in &mut stored.directives {
        for word in &mut directive.args {
            *word = redacted(word);
        }
    }
    serde_json::to_value(&stored).map_err(failed)
}

/// One directive as it is stored.
pub fn stored_directive(directive: &Directive) -> Value {
    let args: Vec<Value> = directive.args.iter().map(|word| Value::String(redacted(word))).collect();
    let content = match &directive.step {
        Step::Write { content, .. } => Value::String(content.clone()),
        _ => Value::Null,
    };
    serde_json::json!({ "name": directive.name.as_str(), "args": args, "content": content })
}

fn redacted(word: &str) -> String {
    match Location::parse(word) {
        Ok(location @ Location::Url(_)) => location.redacted(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledgers_come_back() {
        let mut ledger = Ledger::default();
        let device = Some((FileKind::BlockDevice, DeviceNumber { major: 7, minor: 300 }));
        let line = Intended { uid: 1, gid: 2, mode: 0o4755, device, capability: Some(vec![1, 0, 0, 2]) };
        ledger.insert(b"/a\xff".to_vec(), line.clone());
        ledger.insert("/bä".as_bytes().to_vec(), Intended { device: None, capability: None, ..line });
        let record = Record {
            version: 1,
            toe: "0".into(),
            plan: Value::Null,
            packages: vec![],
            keys: vec![],
            copies: vec![],
            scripts: true,
            ledger: Record::ledger_lines(&ledger),
        };
        let scratch = tempfile::tempdir().unwrap();
        let root = Root::open_with(scratch.path(), toe_root::Privilege::Ledger, Ledger::default()).unwrap();
        record.write(&root, 7).unwrap();
        let back = Record::read(&root).unwrap().unwrap();
        assert_eq!(back, record);
        assert_eq!(back.read_ledger().unwrap(), ledger);
        assert_eq!(root.metadata(RECORD_PATH).unwrap().mtime, 7);
    }

    #[test]
    fn secrets_are_not_stored() {
        assert_eq!(redacted("https://u:p@h/a?t=1"), "https://***@h/a?***");
        assert_eq!(redacted("plain words"), "plain words");
    }
}
