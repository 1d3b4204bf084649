//! Finding scriptlets that cannot run before anything is written.

use toe_rpm::tags::script_flags;
use toe_rpm::{Script, Scriptlets, Slot, TriggerKind};

use crate::macros::Macros;
use crate::package_error::PackageError;

/// The slots that an installation runs.
pub(crate) const INSTALL_SLOTS: [Slot; 4] = [Slot::Pretrans, Slot::Pre, Slot::Post, Slot::Posttrans];

/// Refuses what the sandbox cannot run.
pub(super) fn check(package: &str, scriptlets: &Scriptlets, macros: &Macros) -> Vec<PackageError> {
    let slots = INSTALL_SLOTS.into_iter().filter_map(|s| Some((s.directive(), scriptlets.get(s)?)));
    let lists = [
        ("%trigger", &scriptlets.triggers),
        ("%filetrigger", &scriptlets.file_triggers),
        ("%transfiletrigger", &scriptlets.transaction_file_triggers),
    ];
    let triggers = lists.into_iter().flat_map(|(name, list)| {
        list.iter()
            .filter(|t| matches!(t.kind, TriggerKind::In | TriggerKind::Prein))
            .map(move |t| (name, &t.script))
    });
    slots
        .chain(triggers)
        .filter_map(|(name, script)| {
            let why = refusal(script, macros)?;
            Some(PackageError::ScriptletUnsupported {
                package: package.to_owned(),
                scriptlet: name.to_owned(),
                why,
            })
        })
        .collect()
}

fn refusal(script: &Script, macros: &Macros) -> Option<String> {
    let interpreter = script.interpreter.first().map(|w| String::from_utf8_lossy(w)).unwrap_or_default();
    if interpreter.starts_with('<') && interpreter != "<lua>" {
        return Some(format!("rpm has no interpreter called {interpreter}"));
    }
    if script.interpreter.iter().chain(script.body.as_ref()).any(|w| w.contains(&0)) {
        return Some("it holds a NUL byte".to_owned());
    }
    if script.flags & script_flags::QFORMAT != 0 {
        return Some("its body is a query format (%post -q), which toe does not expand".to_owned());
    }
    if script.flags & script_flags::EXPAND != 0 {
        return expand(script, macros).err();
    }
    None
}

/// The body with its macros expanded, where the scriptlet asks for it (`%post -e`).
pub(crate) fn expand(script: &Script, macros: &Macros) -> Result<Option<Vec<u8>>, String> {
    let Some(body) = &script.body else { return Ok(None) };
    if script.flags & script_flags::EXPAND == 0 {
        return Ok(Some(body.clone()));
    }
    let text = std::str::from_utf8(body).map_err(|_| "its body has macros and is not UTF-8".to_owned())?;
    macros.expand(text).map(|expanded| Some(expanded.into_bytes())).map_err(|e| e.to_string())
}
