//! Scriptlets in Lua, which need no program in the tree, and what their failing does.

use toe_install::PackageError;
use toe_rpm::build::{Entry, Slot};

use crate::fixture::{Tree, can_run, spec};

#[test]
fn lua_has_rpms_tables() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    let body = r#"
        assert(arg[1] == "<lua>" and arg[2] == 1 and math.type(arg[2]) == "integer")
        assert(posix.mkdir("/made") == 0)
        local none, message, errno = posix.mkdir("/made")
        assert(none == nil and message == "/made: File exists" and errno == 17)
        assert(posix.symlink("made", "/link") == 0 and posix.readlink("/link") == "made")
        assert(posix.stat("/link", "type") == "link" and posix.stat("/none") == nil)
        assert(posix.chmod("/made", 0750) == 0 and posix.stat("/made", "mode") == "rwxr-x---")
        local f = assert(io.open("/made/file", "w")); f:write("text\n"); f:close()
        assert(posix.stat("/made/file").size == 5 and posix.access("/made/file", "r"))
        local names = posix.dir("/made"); assert(table.concat(names, " ") == ". .. file")
        local n = 0; for name in posix.files("/made") do n = n + 1 end; assert(n == 3)
        assert(not pcall(function() for x in posix.files("/none") do end end))
        assert(rpm.vercmp("1.0~rc1", "1.0") == -1 and rpm.vercmp("2:1-1", "1:5-1") == 1)
        assert(rpm.expand("%{_arch}%%") == "x86_64%")
        assert(rpm.b64decode(rpm.b64encode("a\0b")) == "a\0b")
        local pid = posix.fork()
        if pid == 0 then posix.exec("/no/such/program"); os.exit(7) end
        assert(posix.wait(pid) == pid)
        local done, why, status = rpm.execute("/no/such/program"); assert(done == nil and status == 127)
        assert(not pcall(os.exit) and not pcall(posix.exec, "/x"))
        assert(posix.getenv("HOME") == "/root" and posix.getcwd() == "/" and posix.umask() == "rwxr-xr-x")
        assert(rpm.next_file() == nil)
        print("all", "well", 1)
        return 1
    "#;
    tree.put(tree.package(spec("lua").scriptlet(Slot::Pre, body, "<lua>"), [Entry::file("/f", "x")]))
        .unwrap();
    assert_eq!(*tree.lines.0.lock().unwrap(), ["all\twell\t1"]);
    assert_eq!(tree.read("/made/file"), "text\n");
    assert_eq!(tree.names("/"), ["f", "link", "made", "var"], "neither /dev nor /proc stays");
}

#[test]
fn what_lua_lacks_is_said() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    let body = "posix.times()";
    let package = tree.package(spec("l").scriptlet(Slot::Post, body, "<lua>"), [Entry::file("/f", "x")]);
    let report = tree.put(package).unwrap().remove(0);
    assert!(report.warnings[0].contains("posix.times is not supported by toe"), "{report:?}");
    assert!(report.warnings[0].starts_with("%post of l-1-1.noarch failed: exit status 1"), "{report:?}");
}

#[test]
fn a_failing_pre_leaves_nothing_and_a_failing_post_is_a_warning() {
    if !can_run() {
        return;
    }
    for slot in [Slot::PreTrans, Slot::Pre] {
        let tree = Tree::new();
        let package =
            tree.package(spec("bad").scriptlet(slot, "error('no')", "<lua>"), [Entry::file("/opt/f", "x")]);
        let errors = tree.put(package).unwrap_err();
        assert!(matches!(errors[..], [PackageError::ScriptletFailed { .. }]), "{errors:?}");
        assert_eq!(tree.names("/"), ["var"]);
    }
    for slot in [Slot::Post, Slot::PostTrans] {
        let tree = Tree::new();
        let package =
            tree.package(spec("late").scriptlet(slot, "error('no')", "<lua>"), [Entry::file("/opt/f", "x")]);
        let report = tree.put(package).unwrap().remove(0);
        assert_eq!(report.warnings.len(), 1);
        assert_eq!(tree.read("/opt/f"), "x");
    }
}

#[test]
fn a_missing_interpreter_fails_like_a_program() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    let package = tree.package(spec("sh").scriptlet(Slot::Pre, "true", "/bin/sh"), [Entry::file("/f", "x")]);
    let errors = tree.put(package).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "%pre of sh-1-1.noarch failed: the interpreter could not be started: No such file or directory (os error 2)"
    );
}
