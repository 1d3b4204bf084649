//! The `rpm` table.

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mlua::{IntoLuaMulti, Lua, LuaString, MultiValue, Table, Value};
use nix::sys::wait::WaitStatus;

use super::posix::{failure, number};
use super::posix_process::c_string;
use crate::macros::Macros;
use crate::sandbox::syscall;

/// What rpm has and no package was seen to use at install time.
const UNSUPPORTED: [&str; 6] = ["call", "load", "open", "register", "unregister", "interactive"];

pub(super) fn table(lua: &Lua, macros: &Macros) -> mlua::Result<Table> {
    let rpm = lua.create_table()?;
    for name in UNSUPPORTED {
        let refuse = lua.create_function(move |_, _: MultiValue| -> mlua::Result<()> {
            Err(mlua::Error::runtime(format!("rpm.{name} is not supported by toe")))
        })?;
        rpm.set(name, refuse)?;
    }
    // The release whose behaviour the tables follow.
    rpm.set("ver", "4.18.0")?;
    rpm.set(
        "vercmp",
        lua.create_function(|_, (a, b): (LuaString, LuaString)| {
            Ok(compare(&a.to_string_lossy(), &b.to_string_lossy()) as i64)
        })?,
    )?;
    rpm.set(
        "b64encode",
        lua.create_function(|lua, text: LuaString| {
            let encoded = STANDARD.encode(&*text.as_bytes());
            let lines: Vec<_> = encoded.as_bytes().chunks(64).map(<[u8]>::to_vec).collect();
            let mut wrapped = lines.join(&b'\n');
            wrapped.push(b'\n');
            lua.create_string(wrapped)
        })?,
    )?;
    rpm.set(
        "b64decode",
        lua.create_function(|lua, text: LuaString| {
            let bare: Vec<u8> =
                text.as_bytes().iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
            STANDARD.decode(bare).ok().map(|bytes| lua.create_string(bytes)).transpose()
        })?,
    )?;
    macro_functions(lua, &rpm, macros)?;
    rpm.set(
        "execute",
        lua.create_function(|lua, words: mlua::Variadic<LuaString>| {
            execute(lua, &words, &[None, None, None])
        })?,
    )?;
    rpm.set("spawn", lua.create_function(spawn)?)?;
    let next_file =
        lua.create_function(|lua, ()| next_line().map(|line| lua.create_string(line)).transpose())?;
    rpm.set("next_file", next_file.clone())?;
    // Its name before rpm 4.16.
    rpm.set("input", next_file)?;
    rpm.set("redirect2null", lua.globals().get::<Table>("posix")?.get::<Value>("redirect2null")?)?;
    rpm.set(
        "splitargs",
        lua.create_function(|lua, text: LuaString| {
            let table = lua.create_table()?;
            for word in text.to_string_lossy().split_whitespace() {
                table.push(word)?;
            }
            Ok(table)
        })?,
    )?;
    rpm.set("unsplitargs", lua.create_function(|_, words: Vec<String>| Ok(words.join(" ")))?)?;
    Ok(rpm)
}

fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    // Whole EVRs compare piece by piece, as in rpm since 4.16.
    fn pieces(evr: &str) -> (u64, &str, &str) {
        let (epoch, rest) = match evr.split_once(':') {
            Some((epoch, rest)) => (epoch.parse().unwrap_or(0), rest),
            None => (0, evr),
        };
        let (version, release) = rest.rsplit_once('-').unwrap_or((rest, ""));
        (epoch, version, release)
    }
    let (a, b) = (pieces(a), pieces(b));
    let segments = toe_rpm::evr::compare_segments;
    let releases =
        if a.2.is_empty() || b.2.is_empty() { std::cmp::Ordering::Equal } else { segments(a.2, b.2) };
    a.0.cmp(&b.0).then_with(|| segments(a.1, b.1)).then(releases)
}

fn macro_functions(lua: &Lua, rpm: &Table, macros: &Macros) -> mlua::Result<()> {
    let table = Rc::new(RefCell::new(macros.clone()));
    let macros = table.clone();
    rpm.set(
        "expand",
        lua.create_function(move |_, text: LuaString| {
            macros.borrow().expand(&text.to_string_lossy()).map_err(mlua::Error::external)
        })?,
    )?;
    let macros = table.clone();
    rpm.set(
        "define",
        lua.create_function(move |_, text: LuaString| {
            let text = text.to_string_lossy();
            let (name, value) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
            macros.borrow_mut().define(name, value.trim());
            Ok(())
        })?,
    )?;
    rpm.set(
        "isdefined",
        lua.create_function(move |_, name: LuaString| {
            Ok((table.borrow().is_defined(&name.to_string_lossy()), false))
        })?,
    )
}

/// One line of standard input, byte by byte: a forked program may read on from there.
fn next_line() -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let mut byte = [0];
    loop {
        match rustix::io::read(rustix::stdio::stdin(), &mut byte) {
            Ok(0) => return (!line.is_empty()).then_some(line),
            Ok(_) if byte == *b"\n" => return Some(line),
            Ok(_) => line.push(byte[0]),
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return None,
        }
    }
}

/// `rpm.spawn({command, args}, {stdin=, stdout=, stderr=})`.
fn spawn(lua: &Lua, (command, options): (Vec<LuaString>, Option<Table>)) -> mlua::Result<MultiValue> {
    let mut files = [None, None, None];
    if let Some(options) = options {
        for (name, slot) in ["stdin", "stdout", "stderr"].into_iter().zip(&mut files) {
            *slot = options.get::<Option<LuaString>>(name)?.map(|path| super::posix::path_of(&path));
        }
    }
    execute(lua, &command, &files)
}

/// Runs a program without a shell: `0`, or `nil, message, status`.
fn execute(
    lua: &Lua,
    words: &[LuaString],
    files: &[Option<std::path::PathBuf>; 3],
) -> mlua::Result<MultiValue> {
    let argv = words.iter().map(c_string).collect::<mlua::Result<Vec<_>>>()?;
    let Some(program) = argv.first() else {
        return Err(mlua::Error::runtime("bad argument #1 (command not supplied)"));
    };
    syscall::flush_streams();
    let child = match syscall::fork() {
        Ok(Some(child)) => child,
        Ok(None) => {
            if redirect(files).is_err() {
                syscall::exit_now(126);
            }
            let _ = nix::unistd::execvp(program, &argv);
            syscall::exit_now(127);
        }
        Err(e) => return failure(lua, None, e),
    };
    match nix::sys::wait::waitpid(child, None) {
        Ok(WaitStatus::Exited(_, 0)) => number(0).into_lua_multi(lua),
        Ok(WaitStatus::Exited(_, status)) => (Value::Nil, "exit code", i64::from(status)).into_lua_multi(lua),
        Ok(WaitStatus::Signaled(_, signal, _)) => {
            (Value::Nil, "exit signal", signal as i64).into_lua_multi(lua)
        }
        Ok(_) => number(0).into_lua_multi(lua),
        Err(e) => failure(lua, None, e),
    }
}

fn redirect(files: &[Option<std::path::PathBuf>; 3]) -> rustix::io::Result<()> {
    use rustix::fs::{Mode, OFlags, open};
    let [input, output, error] = files;
    if let Some(path) = input {
        rustix::stdio::dup2_stdin(&open(path, OFlags::RDONLY, Mode::empty())?)?;
    }
    let write = OFlags::WRONLY | OFlags::CREATE | OFlags::APPEND;
    if let Some(path) = output {
        rustix::stdio::dup2_stdout(&open(path, write, Mode::from_raw_mode(0o644))?)?;
    }
    if let Some(path) = error {
        rustix::stdio::dup2_stderr(&open(path, write, Mode::from_raw_mode(0o644))?)?;
    }
    Ok(())
}
