//! The scriptlets of the output package, in Lua.
//!
//! rpm's embedded Lua is there on every host, needs no shell and no program in the root, and takes every
//! word as data. What it cannot do itself (devices but the memory devices, capabilities after a change
//! of owner, owners of links) is asked of the host's own programs and said when they are missing.

use crate::lua::quote;

/// An object whose owner is not root: rpm would look its name up on the host, so it is installed as root's
/// and gets its numbers here.
#[derive(Debug)]
pub(crate) struct Owner {
    /// Path on the host.
    pub(crate) path: Vec<u8>,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// Set when a change of owner takes set-id bits away: the bits to set again, 0 to 07777.
    pub(crate) mode: Option<u32>,
    /// Set when a change of owner takes capabilities away: the text to set again.
    pub(crate) capabilities: Option<String>,
    /// What rpm's `posix.stat` calls its kind. The owner of a link only the host's chown(1) can set.
    pub(crate) kind: &'static str,
}

/// A node that `%post` makes where it is missing.
#[derive(Debug)]
pub(crate) struct Node {
    /// Path on the host.
    pub(crate) path: Vec<u8>,
    /// mknod(1)'s letter: c, b or p.
    pub(crate) letter: char,
    pub(crate) major: u32,
    pub(crate) minor: u32,
    /// Permission bits, 0 to 07777.
    pub(crate) mode: u32,
}

/// A link on the host into the SOCK.
#[derive(Debug)]
pub(crate) struct HostLink {
    /// The link.
    pub(crate) path: Vec<u8>,
    /// Its text: an absolute path below the SOCK.
    pub(crate) target: Vec<u8>,
}

/// All that the scriptlets do.
#[derive(Debug, Default)]
pub(crate) struct Work {
    pub(crate) sock: Vec<u8>,
    /// In the order of paths.
    pub(crate) owners: Vec<Owner>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) links: Vec<HostLink>,
}

const WARN: &str = r#"local function warn(text)
  io.stderr:write("warning: " .. text .. "\n")
end
"#;

const IS_OURS: &str = r#"local function is_ours(target)
  return target == sock or string.sub(target or "", 1, #sock + 1) == sock .. "/"
end
"#;

const RUN: &str = r#"local function run(...)
  local words = {...}
  if not posix.access(words[1], "x") then return false end
  if rpm.execute then return rpm.execute(...) == 0 end
  local pid = posix.fork()
  if pid == 0 then
    posix.exec(...)
    os.exit(127)
  end
  local ended, how, status = posix.wait(pid)
  return how == "exited" and status == 0
end
"#;

const OWN: &str = r#"local function own(path, kind, uid, gid, mode, caps)
  if posix.stat(path, "type") ~= kind then
    return warn(path .. " is not a " .. kind .. " any more; its owner was left alone")
  end
  if kind == "link" then
    local owner = string.format("%d:%d", uid, gid)
    return run("/usr/bin/chown", "-h", owner, path) or run("/bin/chown", "-h", owner, path)
  end
  if not posix.chown(path, uid, gid) then
    return warn(path .. " could not be given to " .. uid .. ":" .. gid)
  end
  if mode then posix.chmod(path, mode) end
  if caps and not (run("/usr/sbin/setcap", caps, path) or run("/sbin/setcap", caps, path)) then
    warn(path .. " has lost its capabilities; run: setcap " .. caps)
  end
end
"#;

const NODE: &str = r#"local function mknod(...)
  for _, program in ipairs({"/usr/bin/mknod", "/bin/mknod"}) do
    if run(program, ...) then return true end
  end
  -- A root without programs has those of the chroot, which need its own loader and libraries.
  local triplet = (posix.uname("%m") or "") .. "-linux-gnu"
  local libraries = {}
  for _, dir in ipairs({"/usr/lib64", "/lib64", "/usr/lib/" .. triplet, "/lib/" .. triplet, "/usr/lib", "/lib"}) do
    table.insert(libraries, sock .. dir)
  end
  for _, loader in ipairs({"/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib64/ld64.so.2", "/lib/ld64.so.1"}) do
    -- Its link may be absolute, meant for the inside of the chroot.
    local text = posix.stat(sock .. loader, "type") == "link" and posix.readlink(sock .. loader) or ""
    if string.sub(text, 1, 1) == "/" then loader = text end
    for _, program in ipairs({"/usr/bin/mknod", "/bin/mknod"}) do
      if posix.access(sock .. program, "x")
          and run(sock .. loader, "--library-path", table.concat(libraries, ":"), sock .. program, ...) then
        return true
      end
    end
  end
  return false
end
local function node(path, letter, major, minor, mode)
  local kinds = {c = "character device", b = "block device", p = "fifo"}
  local kind = posix.stat(path, "type")
  if kind == kinds[letter] then return end
  if kind then return warn(path .. " is a " .. kind .. " and was left alone") end
  if letter == "p" then
    posix.mkfifo(path)
  elseif not mknod(path, letter, major, minor) then
    return warn(path .. " could not be made; run: mknod -m " .. mode .. " " .. path .. " " .. letter .. " " .. major .. " " .. minor)
  end
  posix.chmod(path, mode)
end
"#;

const LINK: &str = r#"local function link(path, target)
  local kind = posix.stat(path, "type")
  if kind == "link" then
    local now = posix.readlink(path)
    if now == target then return end
    if not is_ours(now) then return warn(path .. " points elsewhere and was left alone") end
    os.remove(path)
  elseif kind then
    return warn(path .. " is a " .. kind .. " and was left alone")
  end
  local at = string.find(path, "/", 2, true)
  while at do
    local parent = string.sub(path, 1, at - 1)
    if not posix.stat(parent, "type") then posix.mkdir(parent) end
    at = string.find(path, "/", at + 1, true)
  end
  if not posix.symlink(target, path) then warn(path .. " could not be made") end
end
"#;

const UNLINK: &str = r#"local function unlink(path)
  if posix.stat(path, "type") == "link" and is_ours(posix.readlink(path)) then os.remove(path) end
end
"#;

impl Work {
    /// `%post`: nodes, owners, links. It may run again and changes nothing then.
    pub(crate) fn post(&self) -> Option<String> {
        if self.owners.is_empty() && self.nodes.is_empty() && self.links.is_empty() {
            return None;
        }
        let mut script = format!("local sock = {}\n", quote(&self.sock));
        script.push_str(WARN);
        if !self.owners.is_empty() || !self.nodes.is_empty() {
            script.push_str(RUN);
        }
        if !self.nodes.is_empty() {
            script.push_str(NODE);
        }
        script.extend(self.nodes.iter().map(|node| {
            let Node { path, letter, major, minor, mode } = node;
            format!("node({}, \"{letter}\", \"{major}\", \"{minor}\", \"{mode:04o}\")\n", quote(path))
        }));
        if !self.owners.is_empty() {
            script.push_str(OWN);
        }
        // What is below a directory first: until then the directory is root's, and its future owner
        // cannot put a link in the way.
        script.extend(self.owners.iter().rev().map(own_call));
        if !self.links.is_empty() {
            script.push_str(IS_OURS);
            script.push_str(LINK);
        }
        let call = |link: &HostLink| format!("link({}, {})\n", quote(&link.path), quote(&link.target));
        script.extend(self.links.iter().map(call));
        Some(script)
    }

    /// `%preun`: takes the links back on erase, but not on upgrade. Nodes are the package's own files.
    pub(crate) fn preun(&self) -> Option<String> {
        if self.links.is_empty() {
            return None;
        }
        let mut script = format!("local sock = {}\n{IS_OURS}{UNLINK}", quote(&self.sock));
        script.push_str("if tonumber(arg[2]) == 0 then\n");
        script.extend(self.links.iter().map(|link| format!("  unlink({})\n", quote(&link.path))));
        script.push_str("end\n");
        Some(script)
    }
}

fn own_call(owner: &Owner) -> String {
    let mode = owner.mode.map_or("nil".to_owned(), |mode| format!("\"{mode:04o}\""));
    let capabilities = owner.capabilities.as_ref().map_or("nil".to_owned(), |text| quote(text.as_bytes()));
    let mut tail = format!(", {mode}, {capabilities}");
    while let Some(shorter) = tail.strip_suffix(", nil") {
        tail.truncate(shorter.len());
    }
    let Owner { kind, uid, gid, .. } = owner;
    format!("own({}, \"{kind}\", {uid}, {gid}{tail})\n", quote(&owner.path))
}
