//! Scriptlets and triggers, as bytes: bodies and interpreters need not be UTF-8.

use crate::error::{HeaderDefect, Result};
use crate::header::Header;
use crate::tags::{self, sense};

/// When a scriptlet runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words are rpm's own")]
pub enum Slot {
    Pretrans,
    Pre,
    Post,
    Preun,
    Postun,
    Posttrans,
    Preuntrans,
    Postuntrans,
    Verify,
}

impl Slot {
    /// All of them.
    pub const ALL: [Slot; 9] = [
        Slot::Pretrans,
        Slot::Pre,
        Slot::Post,
        Slot::Preun,
        Slot::Postun,
        Slot::Posttrans,
        Slot::Preuntrans,
        Slot::Postuntrans,
        Slot::Verify,
    ];

    /// As a spec file writes it, `%pre`.
    pub fn directive(self) -> &'static str {
        match self {
            Slot::Pretrans => "%pretrans",
            Slot::Pre => "%pre",
            Slot::Post => "%post",
            Slot::Preun => "%preun",
            Slot::Postun => "%postun",
            Slot::Posttrans => "%posttrans",
            Slot::Preuntrans => "%preuntrans",
            Slot::Postuntrans => "%postuntrans",
            Slot::Verify => "%verifyscript",
        }
    }

    /// Tags of body, interpreter and flags.
    pub fn tags(self) -> (u32, u32, u32) {
        match self {
            Slot::Pretrans => (tags::PRETRANS, tags::PRETRANSPROG, tags::PRETRANSFLAGS),
            Slot::Pre => (tags::PREIN, tags::PREINPROG, tags::PREINFLAGS),
            Slot::Post => (tags::POSTIN, tags::POSTINPROG, tags::POSTINFLAGS),
            Slot::Preun => (tags::PREUN, tags::PREUNPROG, tags::PREUNFLAGS),
            Slot::Postun => (tags::POSTUN, tags::POSTUNPROG, tags::POSTUNFLAGS),
            Slot::Posttrans => (tags::POSTTRANS, tags::POSTTRANSPROG, tags::POSTTRANSFLAGS),
            Slot::Preuntrans => (tags::PREUNTRANS, tags::PREUNTRANSPROG, tags::PREUNTRANSFLAGS),
            Slot::Postuntrans => (tags::POSTUNTRANS, tags::POSTUNTRANSPROG, tags::POSTUNTRANSFLAGS),
            Slot::Verify => (tags::VERIFYSCRIPT, tags::VERIFYSCRIPTPROG, tags::VERIFYSCRIPTFLAGS),
        }
    }
}

/// What is run: a body given to an interpreter, or an interpreter alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The text; `None` when the interpreter runs without one (`%post -p /sbin/ldconfig`).
    pub body: Option<Vec<u8>>,
    /// The interpreter and its words, never empty; `<lua>` is rpm's own Lua.
    pub interpreter: Vec<Vec<u8>>,
    /// Bits of [`tags::script_flags`].
    pub flags: u32,
}

/// A scriptlet of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scriptlet {
    /// When it runs.
    pub slot: Slot,
    /// What it runs.
    pub script: Script,
}

/// What sets a trigger off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriggerKind {
    /// `%triggerprein`: before the other package's %pre.
    Prein,
    /// `%triggerin`, `%filetriggerin`, `%transfiletriggerin`.
    In,
    /// `%triggerun`, `%filetriggerun`, `%transfiletriggerun`.
    Un,
    /// `%triggerpostun`, `%filetriggerpostun`, `%transfiletriggerpostun`.
    Postun,
}

/// One condition of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerCondition {
    /// A package name, or the beginning of a path for file triggers.
    pub name: Vec<u8>,
    /// `[EPOCH:]VERSION[-RELEASE]`, empty without one.
    pub evr: String,
    /// Bits of [`tags::sense`].
    pub flags: u32,
}

/// A trigger with all conditions that set it off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// When it runs.
    pub kind: TriggerKind,
    /// Any one of these sets it off; in header order.
    pub conditions: Vec<TriggerCondition>,
    /// What it runs.
    pub script: Script,
    /// Higher runs earlier; 1 000 000 unless told, always so for package triggers.
    pub priority: u32,
}

/// Priority of triggers that name none.
pub const DEFAULT_PRIORITY: u32 = 1_000_000;

/// All scriptlets and triggers of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scriptlets {
    /// In the order of [`Slot::ALL`].
    pub scriptlets: Vec<Scriptlet>,
    /// `%triggerin` and so on, by script number.
    pub triggers: Vec<Trigger>,
    /// `%filetriggerin` and so on.
    pub file_triggers: Vec<Trigger>,
    /// `%transfiletriggerin` and so on.
    pub transaction_file_triggers: Vec<Trigger>,
}

impl Scriptlets {
    /// Reads them.
    pub fn read(header: &Header) -> Result<Self> {
        let mut scriptlets = Vec::new();
        for slot in Slot::ALL {
            if let Some(script) = script(header, slot.tags())? {
                scriptlets.push(Scriptlet { slot, script });
            }
        }
        Ok(Scriptlets {
            scriptlets,
            triggers: triggers(header, &PACKAGE_TRIGGERS)?,
            file_triggers: triggers(header, &FILE_TRIGGERS)?,
            transaction_file_triggers: triggers(header, &TRANSACTION_FILE_TRIGGERS)?,
        })
    }

    /// The scriptlet of `slot`.
    pub fn get(&self, slot: Slot) -> Option<&Script> {
        self.scriptlets.iter().find(|s| s.slot == slot).map(|s| &s.script)
    }
}

fn script(header: &Header, (body, program, flags): (u32, u32, u32)) -> Result<Option<Script>> {
    let interpreter = header.strings(program)?;
    let body = header.string(body)?;
    if body.is_none() && interpreter.is_none() {
        return Ok(None);
    }
    let mut interpreter: Vec<Vec<u8>> =
        interpreter.into_iter().flatten().filter(|w| !w.is_empty()).map(<[u8]>::to_vec).collect();
    if interpreter.is_empty() {
        interpreter.push(b"/bin/sh".to_vec());
    }
    let flags = header.u32(flags)?.unwrap_or(0);
    Ok(Some(Script { body: body.map(<[u8]>::to_vec), interpreter, flags }))
}

struct TriggerTags {
    scripts: u32,
    programs: u32,
    flags: u32,
    names: u32,
    index: u32,
    versions: u32,
    senses: u32,
    priorities: Option<u32>,
}

const PACKAGE_TRIGGERS: TriggerTags = TriggerTags {
    scripts: tags::TRIGGERSCRIPTS,
    programs: tags::TRIGGERSCRIPTPROG,
    flags: tags::TRIGGERSCRIPTFLAGS,
    names: tags::TRIGGERNAME,
    index: tags::TRIGGERINDEX,
    versions: tags::TRIGGERVERSION,
    senses: tags::TRIGGERFLAGS,
    priorities: None,
};

const FILE_TRIGGERS: TriggerTags = TriggerTags {
    scripts: tags::FILETRIGGERSCRIPTS,
    programs: tags::FILETRIGGERSCRIPTPROG,
    flags: tags::FILETRIGGERSCRIPTFLAGS,
    names: tags::FILETRIGGERNAME,
    index: tags::FILETRIGGERINDEX,
    versions: tags::FILETRIGGERVERSION,
    senses: tags::FILETRIGGERFLAGS,
    priorities: Some(tags::FILETRIGGERPRIORITIES),
};

const TRANSACTION_FILE_TRIGGERS: TriggerTags = TriggerTags {
    scripts: tags::TRANSFILETRIGGERSCRIPTS,
    programs: tags::TRANSFILETRIGGERSCRIPTPROG,
    flags: tags::TRANSFILETRIGGERSCRIPTFLAGS,
    names: tags::TRANSFILETRIGGERNAME,
    index: tags::TRANSFILETRIGGERINDEX,
    versions: tags::TRANSFILETRIGGERVERSION,
    senses: tags::TRANSFILETRIGGERFLAGS,
    priorities: Some(tags::TRANSFILETRIGGERPRIORITIES),
};

/// Reads one kind of triggers: scripts, and conditions that name their script by number.
fn triggers(header: &Header, tags: &TriggerTags) -> Result<Vec<Trigger>> {
    let Some(names) = header.strings(tags.names)? else { return Ok(Vec::new()) };
    let need = |tag, found: usize, wanted: usize| {
        if found == wanted { Ok(()) } else { Err(header.defect(HeaderDefect::Count { tag, found, wanted })) }
    };
    let bodies = header.need(tags.scripts, header.strings(tags.scripts)?)?;
    let mut programs = header.strings(tags.programs)?;
    if let Some(programs) = &programs {
        need(tags.programs, programs.len(), bodies.len())?;
    }
    let flags = header.u32s(tags.flags)?;
    let priorities = tags.priorities.map_or(Ok(None), |tag| header.u32s(tag))?;
    let scripts: Vec<Script> = bodies
        .enumerate()
        .map(|(i, body)| {
            let program = programs.as_mut().and_then(Iterator::next).filter(|p| !p.is_empty());
            Script {
                body: (!body.is_empty()).then(|| body.to_vec()),
                interpreter: vec![program.unwrap_or(b"/bin/sh").to_vec()],
                flags: flags.as_ref().and_then(|f| f.get(i).copied()).unwrap_or(0),
            }
        })
        .collect();

    let index = header.need(tags.index, header.u32s(tags.index)?)?;
    need(tags.index, index.len(), names.len())?;
    let senses = header.need(tags.senses, header.u32s(tags.senses)?)?;
    need(tags.senses, senses.len(), names.len())?;
    let mut versions = header.strings(tags.versions)?;
    if let Some(versions) = &versions {
        need(tags.versions, versions.len(), names.len())?;
    }
    let mut found: Vec<Option<Trigger>> = scripts.iter().map(|_| None).collect();
    for ((name, script), flags) in names.zip(index).zip(senses) {
        let evr = versions.as_mut().and_then(Iterator::next).unwrap_or_default();
        let evr = String::from_utf8_lossy(evr).into_owned();
        let wrong = |reason| header.defect(HeaderDefect::Entry { tag: tags.index, reason });
        let kind = kind(flags).ok_or_else(|| wrong("a condition has no kind of trigger"))?;
        let number = script as usize;
        let (Some(slot), Some(script)) = (found.get_mut(number), scripts.get(number)) else {
            return Err(wrong("a condition names a script that is not there"));
        };
        let priority = priorities.as_ref().and_then(|p| p.get(number).copied()).unwrap_or(DEFAULT_PRIORITY);
        let trigger = slot.get_or_insert_with(|| Trigger {
            kind,
            conditions: Vec::new(),
            script: script.clone(),
            priority,
        });
        if trigger.kind != kind {
            return Err(wrong("one script has conditions of different kinds"));
        }
        trigger.conditions.push(TriggerCondition { name: name.to_vec(), evr, flags });
    }
    Ok(found.into_iter().flatten().collect())
}

fn kind(flags: u32) -> Option<TriggerKind> {
    [
        (sense::TRIGGERPREIN, TriggerKind::Prein),
        (sense::TRIGGERIN, TriggerKind::In),
        (sense::TRIGGERUN, TriggerKind::Un),
        (sense::TRIGGERPOSTUN, TriggerKind::Postun),
    ]
    .into_iter()
    .find_map(|(bit, kind)| (flags & bit != 0).then_some(kind))
}
