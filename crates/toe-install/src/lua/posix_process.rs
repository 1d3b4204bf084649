//! The `posix` table: processes, the environment, accounts.

use std::cell::Cell;
use std::ffi::CString;
use std::rc::Rc;

use mlua::{IntoLuaMulti, Lua, LuaString, MultiValue, Table, Value};
use nix::errno::Errno;
use nix::unistd::Pid;

use super::posix::{failure, number, result};
use crate::sandbox::syscall;

pub(super) fn add(lua: &Lua, posix: &Table, forked: &Rc<Cell<bool>>) -> mlua::Result<()> {
    processes(lua, posix, forked)?;
    environment(lua, posix)?;
    accounts(lua, posix)
}

/// A Lua string as one for the system; a NUL byte in it is an error.
pub(super) fn c_string(text: &LuaString) -> mlua::Result<CString> {
    CString::new(text.as_bytes().to_vec()).map_err(|_| mlua::Error::runtime("the string holds a NUL byte"))
}

fn processes(lua: &Lua, posix: &Table, forked: &Rc<Cell<bool>>) -> mlua::Result<()> {
    let child = forked.clone();
    posix.set(
        "fork",
        lua.create_function(move |lua, ()| {
            syscall::flush_streams();
            match syscall::fork() {
                Ok(Some(pid)) => number(pid.as_raw().into()).into_lua_multi(lua),
                Ok(None) => {
                    child.set(true);
                    number(0).into_lua_multi(lua)
                }
                Err(e) => failure(lua, None, e),
            }
        })?,
    )?;
    let child = forked.clone();
    posix.set(
        "exec",
        lua.create_function(move |lua, words: mlua::Variadic<LuaString>| {
            if !child.get() {
                return Err(mlua::Error::runtime("exec not permitted in this context"));
            }
            let argv = words.iter().map(c_string).collect::<mlua::Result<Vec<_>>>()?;
            let Some(program) = argv.first() else {
                return Err(mlua::Error::runtime("bad argument #1 to 'posix.exec' (string expected)"));
            };
            let Err(errno) = nix::unistd::execvp(program, &argv);
            failure(lua, words.first(), errno)
        })?,
    )?;
    posix.set(
        "wait",
        lua.create_function(|lua, pid: Option<f64>| {
            let pid = pid.map(|p| Pid::from_raw(p as i32));
            let done = nix::sys::wait::waitpid(pid, None);
            result(lua, None, done.map(|status| status.pid().map_or(0, |p| i64::from(p.as_raw()))))
        })?,
    )?;
    posix.set(
        "kill",
        lua.create_function(|lua, (pid, signal): (f64, Option<f64>)| {
            let signal = nix::sys::signal::Signal::try_from(signal.unwrap_or(15.0) as i32);
            let done = signal.and_then(|s| nix::sys::signal::kill(Pid::from_raw(pid as i32), s));
            result(lua, None, done.map(|()| 0))
        })?,
    )?;
    posix.set(
        "sleep",
        lua.create_function(|_, seconds: f64| {
            std::thread::sleep(std::time::Duration::from_secs(seconds.clamp(0.0, 1e6) as u64));
            Ok(number(0))
        })?,
    )?;
    posix.set(
        "redirect2null",
        lua.create_function(|lua, fd: i32| {
            let done = rustix::fs::open(c"/dev/null", rustix::fs::OFlags::RDWR, rustix::fs::Mode::empty())
                .and_then(|null| match fd {
                    0 => rustix::stdio::dup2_stdin(&null),
                    1 => rustix::stdio::dup2_stdout(&null),
                    2 => rustix::stdio::dup2_stderr(&null),
                    _ => Err(rustix::io::Errno::BADF),
                });
            result(lua, None, done.map(|()| 0).map_err(|e| Errno::from_raw(e.raw_os_error())))
        })?,
    )?;
    posix.set(
        "getprocessid",
        lua.create_function(|lua, which: Option<LuaString>| {
            let numbers = [
                ("pid", nix::unistd::getpid().as_raw().into()),
                ("ppid", nix::unistd::getppid().as_raw().into()),
                ("uid", i64::from(nix::unistd::getuid().as_raw())),
                ("euid", i64::from(nix::unistd::geteuid().as_raw())),
                ("gid", i64::from(nix::unistd::getgid().as_raw())),
                ("egid", i64::from(nix::unistd::getegid().as_raw())),
            ];
            fields(lua, which, numbers.into_iter().map(|(name, value)| (name, number(value))))
        })?,
    )?;
    posix.set(
        "errno",
        lua.create_function(|_, ()| {
            let errno = Errno::last();
            Ok((errno.desc(), number(errno as i64)))
        })?,
    )?;
    posix.set(
        "uname",
        lua.create_function(|lua, format: Option<LuaString>| {
            let system = nix::sys::utsname::uname().map_err(mlua::Error::external)?;
            let format = format.map_or_else(|| "%s %n %r %v %m".to_owned(), |f| f.to_string_lossy());
            let mut text = String::new();
            let mut letters = format.chars();
            while let Some(letter) = letters.next() {
                if letter != '%' {
                    text.push(letter);
                    continue;
                }
                let field = match letters.next() {
                    Some('m') => system.machine(),
                    Some('n') => system.nodename(),
                    Some('r') => system.release(),
                    Some('s') => system.sysname(),
                    Some('v') => system.version(),
                    Some('%') => "%".as_ref(),
                    _ => return Err(mlua::Error::runtime("bad argument #1 to 'posix.uname' (bad format)")),
                };
                text.push_str(&field.to_string_lossy());
            }
            lua.create_string(text)
        })?,
    )
}

fn environment(lua: &Lua, posix: &Table) -> mlua::Result<()> {
    posix.set(
        "getenv",
        lua.create_function(|lua, name: LuaString| {
            syscall::variable(&c_string(&name)?).map(|value| lua.create_string(value)).transpose()
        })?,
    )?;
    posix.set(
        "setenv",
        lua.create_function(|lua, (name, value): (LuaString, LuaString)| {
            let done = syscall::set_variable(&c_string(&name)?, Some(&c_string(&value)?));
            result(lua, Some(&name), done.map(|()| 0).map_err(|e| Errno::from_raw(e.raw_os_error())))
        })?,
    )?;
    posix.set(
        "unsetenv",
        lua.create_function(|lua, name: LuaString| {
            let done = syscall::set_variable(&c_string(&name)?, None);
            result(lua, Some(&name), done.map(|()| 0).map_err(|e| Errno::from_raw(e.raw_os_error())))
        })?,
    )?;
    posix.set(
        "putenv",
        lua.create_function(|lua, text: LuaString| {
            let bytes = text.as_bytes().to_vec();
            let Some(at) = bytes.iter().position(|b| *b == b'=') else {
                return failure(lua, Some(&text), Errno::EINVAL);
            };
            let (name, value) = bytes.split_at(at);
            let name = c_string(&lua.create_string(name)?)?;
            let value = c_string(&lua.create_string(value.get(1..).unwrap_or_default())?)?;
            let done = syscall::set_variable(&name, Some(&value));
            result(lua, Some(&text), done.map(|()| 0).map_err(|e| Errno::from_raw(e.raw_os_error())))
        })?,
    )?;
    posix.set(
        "getcwd",
        lua.create_function(|lua, ()| match nix::unistd::getcwd() {
            Ok(path) => {
                use std::os::unix::ffi::OsStrExt;
                lua.create_string(path.as_os_str().as_bytes())?.into_lua_multi(lua)
            }
            Err(e) => failure(lua, None, e),
        })?,
    )
}

fn accounts(lua: &Lua, posix: &Table) -> mlua::Result<()> {
    posix.set(
        "getpasswd",
        lua.create_function(|lua, (who, which): (Option<Value>, Option<LuaString>)| {
            let Some(line) = account("/etc/passwd", who.as_ref())? else {
                return Value::Nil.into_lua_multi(lua);
            };
            let text = |at: usize| line.get(at).cloned().unwrap_or_default();
            let mut found = Vec::new();
            for (name, at) in [("name", 0), ("passwd", 1), ("gecos", 4), ("dir", 5), ("shell", 6)] {
                found.push((name, Value::String(lua.create_string(text(at))?)));
            }
            for (name, at) in [("uid", 2), ("gid", 3)] {
                found.push((name, number(text(at).parse().unwrap_or(0))));
            }
            fields(lua, which, found.into_iter())
        })?,
    )?;
    posix.set(
        "getgroup",
        lua.create_function(|lua, who: Value| {
            let Some(line) = account("/etc/group", Some(&who))? else {
                return Value::Nil.into_lua_multi(lua);
            };
            let table = lua.create_table()?;
            table.set("name", line.first().cloned())?;
            table.set("gid", number(line.get(2).and_then(|g| g.parse().ok()).unwrap_or(0)))?;
            for member in line.get(3).iter().flat_map(|m| m.split(',')).filter(|m| !m.is_empty()) {
                table.push(member)?;
            }
            table.into_lua_multi(lua)
        })?,
    )?;
    posix.set("getlogin", lua.create_function(|lua, ()| failure(lua, None, Errno::ENXIO))?)?;
    for name in ["setuid", "setgid"] {
        let function = lua.create_function(move |lua, who: Value| {
            let done = if name == "setuid" {
                id(&who, "/etc/passwd")?.map_or(Err(Errno::EINVAL), |n| nix::unistd::setuid(n.into()))
            } else {
                id(&who, "/etc/group")?.map_or(Err(Errno::EINVAL), |n| nix::unistd::setgid(n.into()))
            };
            result(lua, None, done.map(|()| 0))
        })?;
        posix.set(name, function)?;
    }
    Ok(())
}

/// A number, or a name looked up in an account file; `nil` and -1 mean no change.
pub(super) fn id(who: &Value, file: &str) -> mlua::Result<Option<u32>> {
    match who {
        Value::Nil | Value::Integer(-1) => Ok(None),
        Value::Integer(n) => Ok(u32::try_from(*n).ok()),
        Value::Number(n) => Ok(u32::try_from(*n as i64).ok()),
        Value::String(_) => match account(file, Some(who))? {
            Some(line) => Ok(line.get(2).and_then(|n| n.parse().ok())),
            // rpm passes the lookup's -1 on, which chown takes for "leave it".
            None => Ok(None),
        },
        _ => Err(mlua::Error::runtime("a user or group is a name or a number")),
    }
}

/// The fields of an account's line, by name or number; of root without one. The files are read as
/// text: the C library's name services would load libraries out of the SOCK.
fn account(file: &str, who: Option<&Value>) -> mlua::Result<Option<Vec<String>>> {
    let (column, wanted) = match who {
        None | Some(Value::Nil) => (2, "0".to_owned()),
        Some(Value::Integer(n)) => (2, n.to_string()),
        Some(Value::Number(n)) => (2, (*n as i64).to_string()),
        Some(Value::String(name)) => (0, name.to_string_lossy()),
        Some(_) => return Err(mlua::Error::runtime("an account is a name or a number")),
    };
    let Ok(text) = std::fs::read(file) else { return Ok(None) };
    let text = String::from_utf8_lossy(&text);
    let mut lines = text.lines().map(|line| line.split(':').map(str::to_owned).collect::<Vec<_>>());
    Ok(lines.find(|line| line.get(column).is_some_and(|field| *field == wanted)))
}

/// One field by name, or a table of all.
fn fields<'f>(
    lua: &Lua,
    which: Option<LuaString>,
    found: impl Iterator<Item = (&'f str, Value)>,
) -> mlua::Result<MultiValue> {
    let table = lua.create_table()?;
    for (name, value) in found {
        table.set(name, value)?;
    }
    match which {
        Some(name) => table.get::<Value>(name)?.into_lua_multi(lua),
        None => table.into_lua_multi(lua),
    }
}
