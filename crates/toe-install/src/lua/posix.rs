//! The `posix` table: files. Names, results and formats are those of rpm 4.18's own library.

use std::cell::Cell;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use mlua::{IntoLuaMulti, Lua, LuaString, MultiValue, Table, Value};
use nix::errno::Errno;
use nix::unistd::AccessFlags;

use super::{mode, posix_process};

/// What rpm has and no package was seen to use.
const UNSUPPORTED: [&str; 5] = ["ctermid", "pathconf", "sysconf", "times", "ttyname"];

pub(super) fn table(lua: &Lua, forked: &Rc<Cell<bool>>) -> mlua::Result<Table> {
    let posix = lua.create_table()?;
    for name in UNSUPPORTED {
        let refuse = lua.create_function(move |_, _: MultiValue| -> mlua::Result<()> {
            Err(mlua::Error::runtime(format!("posix.{name} is not supported by toe")))
        })?;
        posix.set(name, refuse)?;
    }
    posix.set("version", "posix library for Lua 5.4 / toe")?;
    links_and_directories(lua, &posix)?;
    attributes(lua, &posix)?;
    posix_process::add(lua, &posix, forked)?;
    Ok(posix)
}

/// rpm's numbers of this library are floating point ones.
#[expect(clippy::cast_precision_loss, reason = "as in rpm")]
pub(super) fn number(value: i64) -> Value {
    Value::Number(value as f64)
}

/// `0`, or `nil, "path: message", errno`.
pub(super) fn result(
    lua: &Lua,
    path: Option<&LuaString>,
    done: Result<i64, Errno>,
) -> mlua::Result<MultiValue> {
    match done {
        Ok(value) => number(value).into_lua_multi(lua),
        Err(errno) => failure(lua, path, errno),
    }
}

pub(super) fn failure(lua: &Lua, path: Option<&LuaString>, errno: Errno) -> mlua::Result<MultiValue> {
    let mut message = Vec::new();
    if let Some(path) = path {
        message.extend_from_slice(&path.as_bytes());
        message.extend_from_slice(b": ");
    }
    message.extend_from_slice(errno.desc().as_bytes());
    (Value::Nil, lua.create_string(message)?, number(errno as i64)).into_lua_multi(lua)
}

pub(super) fn path_of(text: &LuaString) -> PathBuf {
    PathBuf::from(OsStr::from_bytes(&text.as_bytes()))
}

fn errno_of(error: std::io::Error) -> Errno {
    Errno::from_raw(error.raw_os_error().unwrap_or(0))
}

fn links_and_directories(lua: &Lua, posix: &Table) -> mlua::Result<()> {
    type OnePath = fn(&Path) -> Result<(), Errno>;
    let one_path: [(&str, OnePath); 5] = [
        ("mkdir", |p| nix::unistd::mkdir(p, nix::sys::stat::Mode::from_bits_truncate(0o777))),
        ("rmdir", |p| std::fs::remove_dir(p).map_err(errno_of)),
        ("unlink", |p| nix::unistd::unlink(p)),
        ("chdir", |p| nix::unistd::chdir(p)),
        ("mkfifo", |p| nix::unistd::mkfifo(p, nix::sys::stat::Mode::from_bits_truncate(0o777))),
    ];
    for (name, call) in one_path {
        let function = lua.create_function(move |lua, path: LuaString| {
            result(lua, Some(&path), call(&path_of(&path)).map(|()| 0))
        })?;
        posix.set(name, function)?;
    }
    posix.set(
        "symlink",
        lua.create_function(|lua, (target, link): (LuaString, LuaString)| {
            let done = std::os::unix::fs::symlink(path_of(&target), path_of(&link)).map_err(errno_of);
            result(lua, None, done.map(|()| 0))
        })?,
    )?;
    posix.set(
        "link",
        lua.create_function(|lua, (old, new): (LuaString, LuaString)| {
            let done = std::fs::hard_link(path_of(&old), path_of(&new)).map_err(errno_of);
            result(lua, None, done.map(|()| 0))
        })?,
    )?;
    posix.set(
        "readlink",
        lua.create_function(|lua, path: LuaString| match std::fs::read_link(path_of(&path)) {
            Ok(target) => lua.create_string(target.as_os_str().as_bytes())?.into_lua_multi(lua),
            Err(e) => failure(lua, Some(&path), errno_of(e)),
        })?,
    )?;
    posix.set(
        "dir",
        lua.create_function(|lua, path: Option<LuaString>| match names(path.as_ref()) {
            Ok(names) => {
                let table = lua.create_table()?;
                for name in names {
                    table.push(lua.create_string(name)?)?;
                }
                table.into_lua_multi(lua)
            }
            Err(e) => failure(lua, path.as_ref(), e),
        })?,
    )?;
    posix.set(
        "files",
        lua.create_function(|lua, path: Option<LuaString>| match names(path.as_ref()) {
            Ok(names) => {
                let names = Rc::new(std::cell::RefCell::new(names.into_iter()));
                lua.create_function(move |lua, _: MultiValue| {
                    names.borrow_mut().next().map(|name| lua.create_string(name)).transpose()
                })?
                .into_lua_multi(lua)
            }
            Err(e) => failure(lua, path.as_ref(), e),
        })?,
    )?;
    posix.set(
        "mkstemp",
        lua.create_function(|lua, template: LuaString| match nix::unistd::mkstemp(&path_of(&template)) {
            Ok((fd, path)) => {
                drop(fd);
                let io: Table = lua.globals().get("io")?;
                let open: mlua::Function = io.get("open")?;
                let path = lua.create_string(path.as_os_str().as_bytes())?;
                let file: Value = open.call((path.clone(), "r+"))?;
                (path, file).into_lua_multi(lua)
            }
            Err(e) => failure(lua, Some(&template), e),
        })?,
    )
}

/// The names in a directory, `.` and `..` first, the rest sorted so that runs are alike.
fn names(path: Option<&LuaString>) -> Result<Vec<Vec<u8>>, Errno> {
    let path = path.map_or_else(|| PathBuf::from("."), path_of);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(errno_of)? {
        names.push(entry.map_err(errno_of)?.file_name().as_bytes().to_vec());
    }
    names.sort();
    let dots = [b".".to_vec(), b"..".to_vec()];
    Ok(dots.into_iter().chain(names).collect())
}

fn attributes(lua: &Lua, posix: &Table) -> mlua::Result<()> {
    posix.set(
        "access",
        lua.create_function(|lua, (path, wanted): (LuaString, Option<LuaString>)| {
            let mut flags = AccessFlags::F_OK;
            for letter in wanted.iter().flat_map(|w| w.as_bytes().to_vec()) {
                flags |= match letter {
                    b'r' => AccessFlags::R_OK,
                    b'w' => AccessFlags::W_OK,
                    b'x' => AccessFlags::X_OK,
                    b'f' | b' ' => AccessFlags::F_OK,
                    _ => return Err(mlua::Error::runtime("bad argument #2 to 'posix.access' (bad mode)")),
                };
            }
            result(lua, Some(&path), nix::unistd::access(&path_of(&path), flags).map(|()| 0))
        })?,
    )?;
    posix.set(
        "chmod",
        lua.create_function(|lua, (path, wanted): (LuaString, LuaString)| {
            let old = match std::fs::symlink_metadata(path_of(&path)) {
                Ok(found) => found.mode() & 0o7777,
                Err(e) => return failure(lua, Some(&path), errno_of(e)),
            };
            let Some(new) = mode::parse(&wanted.to_string_lossy(), old) else {
                return Err(mlua::Error::runtime("bad argument #2 to 'posix.chmod' (bad mode)"));
            };
            let permissions = std::os::unix::fs::PermissionsExt::from_mode(new);
            let done = std::fs::set_permissions(path_of(&path), permissions).map_err(errno_of);
            result(lua, Some(&path), done.map(|()| 0))
        })?,
    )?;
    posix.set(
        "chown",
        lua.create_function(|lua, (path, user, group): (LuaString, Value, Value)| {
            let uid = posix_process::id(&user, "/etc/passwd")?;
            let gid = posix_process::id(&group, "/etc/group")?;
            let done = std::os::unix::fs::chown(path_of(&path), uid, gid).map_err(errno_of);
            result(lua, Some(&path), done.map(|()| 0))
        })?,
    )?;
    posix.set(
        "utime",
        lua.create_function(|lua, (path, mtime, atime): (LuaString, Option<f64>, Option<f64>)| {
            use nix::sys::time::{TimeVal, TimeValLike};
            let now = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |since| since.as_secs() as i64);
            let modified = mtime.map_or(now, |m| m as i64);
            let accessed = atime.map_or(modified, |a| a as i64);
            let (accessed, modified) = (TimeVal::seconds(accessed), TimeVal::seconds(modified));
            let done = nix::sys::stat::utimes(&path_of(&path), &accessed, &modified);
            result(lua, Some(&path), done.map(|()| 0))
        })?,
    )?;
    posix.set(
        "umask",
        lua.create_function(|_, wanted: Option<LuaString>| {
            use nix::sys::stat::{Mode, umask};
            let old = umask(Mode::empty());
            let new = match wanted {
                // The argument names what stays allowed.
                Some(text) => mode::parse(&text.to_string_lossy(), !old.bits() & 0o777)
                    .map_or(old, |allowed| Mode::from_bits_truncate(!allowed & 0o777)),
                None => old,
            };
            umask(new);
            Ok(mode::to_text(!new.bits() & 0o777))
        })?,
    )?;
    posix.set(
        "stat",
        lua.create_function(|lua, (path, field): (LuaString, Option<LuaString>)| {
            let found = match std::fs::symlink_metadata(path_of(&path)) {
                Ok(found) => found,
                Err(e) => return failure(lua, Some(&path), errno_of(e)),
            };
            let table = stat_table(lua, &found)?;
            match field {
                Some(field) => table.get::<Value>(field)?.into_lua_multi(lua),
                None => table.into_lua_multi(lua),
            }
        })?,
    )
}

fn stat_table(lua: &Lua, found: &std::fs::Metadata) -> mlua::Result<Table> {
    let table = lua.create_table()?;
    let kind = found.file_type();
    let kind = match kind {
        _ if kind.is_dir() => "directory",
        _ if kind.is_symlink() => "link",
        _ if kind.is_char_device() => "character device",
        _ if kind.is_block_device() => "block device",
        _ if kind.is_fifo() => "fifo",
        _ if kind.is_socket() => "socket",
        _ => "regular",
    };
    table.set("type", kind)?;
    table.set("mode", mode::to_text(found.mode()))?;
    for (name, value) in [
        ("_mode", i64::from(found.mode())),
        ("ino", found.ino() as i64),
        ("dev", found.dev() as i64),
        ("nlink", found.nlink() as i64),
        ("uid", i64::from(found.uid())),
        ("gid", i64::from(found.gid())),
        ("size", found.size() as i64),
        ("atime", found.atime()),
        ("mtime", found.mtime()),
        ("ctime", found.ctime()),
    ] {
        table.set(name, number(value))?;
    }
    Ok(table)
}
