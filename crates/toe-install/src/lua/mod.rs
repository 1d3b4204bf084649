//! rpm's embedded Lua: the body of a `-p <lua>` scriptlet, run inside the sandbox.
//!
//! The caller's process is already confined and its root is the SOCK, so `io` and `os` are the real
//! ones. Each scriptlet gets a fresh state: globals do not leak from one to the next as in rpm.

mod mode;
mod posix;
mod posix_process;
mod rpm_table;

use std::cell::Cell;
use std::rc::Rc;

use mlua::{Lua, LuaOptions, StdLib, Value};

use crate::macros::Macros;
use crate::sandbox::syscall;

/// Bytes that one scriptlet's state may take.
const MEMORY: usize = 256 << 20;

/// A Lua scriptlet.
pub(crate) struct LuaScript<'a> {
    /// What messages call it, such as `%post`.
    pub name: &'a str,
    /// Its text.
    pub body: &'a [u8],
    /// The words after `<lua>`, then `$1` and `$2`; those that are numbers become numbers.
    pub args: &'a [Vec<u8>],
    /// For `rpm.expand`.
    pub macros: &'a Macros,
}

impl LuaScript<'_> {
    /// Runs it in this process, a child inside the sandbox. The value is the exit status: 0, or 1 after
    /// an error, which is written to standard error.
    pub(crate) fn run(&self) -> i32 {
        let status = match self.evaluate() {
            Ok(()) => 0,
            Err(error) => {
                let text = error.to_string();
                let message = text.split("\nstack traceback").next().unwrap_or_default();
                let message = message.strip_prefix("runtime error: ").unwrap_or(message);
                syscall::write_all(2, format!("lua script failed: {message}\n").as_bytes());
                1
            }
        };
        syscall::flush_streams();
        status
    }

    fn evaluate(&self) -> mlua::Result<()> {
        let lua = Lua::new_with(StdLib::ALL_SAFE, LuaOptions::default())?;
        lua.set_memory_limit(MEMORY)?;
        let forked = Rc::new(Cell::new(false));
        let globals = lua.globals();
        let print = lua.create_function(|lua, values: mlua::MultiValue| {
            let tostring: mlua::Function = lua.globals().get("tostring")?;
            let mut line = Vec::new();
            for (at, value) in values.into_iter().enumerate() {
                if at > 0 {
                    line.push(b'\t');
                }
                line.extend_from_slice(&tostring.call::<mlua::LuaString>(value)?.as_bytes());
            }
            line.push(b'\n');
            syscall::write_all(1, &line);
            Ok(())
        })?;
        globals.set("print", print)?;
        globals.set("posix", posix::table(&lua, &forked)?)?;
        globals.set("rpm", rpm_table::table(&lua, self.macros)?)?;
        let os: mlua::Table = globals.get("os")?;
        os.set("exit", exit(&lua, &forked)?)?;
        globals.set("exit", exit(&lua, &forked)?)?;
        let arg = lua.create_table()?;
        arg.push("<lua>")?;
        for word in self.args {
            match std::str::from_utf8(word).ok().and_then(|w| w.parse::<i64>().ok()) {
                Some(number) => arg.push(number)?,
                None => arg.push(lua.create_string(word)?)?,
            }
        }
        globals.set("arg", arg)?;
        // Nothing may wait in a buffer when a forked child goes its own way.
        lua.load("io.stdout:setvbuf('no')").exec()?;
        lua.load(self.body).set_name(format!("={}", self.name)).set_mode(mlua::chunk::ChunkMode::Text).exec()
    }
}

/// `os.exit` and `exit`: only after a fork, as in rpm.
fn exit(lua: &Lua, forked: &Rc<Cell<bool>>) -> mlua::Result<mlua::Function> {
    let forked = forked.clone();
    lua.create_function(move |_, status: Option<Value>| -> mlua::Result<()> {
        if !forked.get() {
            return Err(mlua::Error::runtime("exit not permitted in this context"));
        }
        syscall::flush_streams();
        let status = match status {
            Some(Value::Integer(n)) => n as i32,
            Some(Value::Number(n)) => n as i32,
            Some(Value::Boolean(false)) => 1,
            _ => 0,
        };
        syscall::exit_now(status)
    })
}
