//! Packages made by our own writer, right and wrong, for tests that need no repository.

use std::path::Path;

use toe_rpm::build::{Entry, PackageSpec, Slot};

/// Writes `good`, `conflict` (another content at a path of `good`), `prefails`, `scripted`, `big` (1 MiB), `truncated.rpm`,
/// `corrupt.rpm` (a changed byte of the payload) and `not.rpm` into `dir`.
pub fn write_all(dir: &Path) {
    let spec = |name: &str| PackageSpec::new(name, "1", "1", "noarch").build_time(1_700_000_000);
    let entries = |text: &str| {
        [Entry::dir("/etc"), Entry::file("/etc/good.conf", text), Entry::dir("/usr/share/good")]
            .map(|entry| entry.mtime(1_700_000_000))
    };
    let good = spec("good").build_into(dir, entries("good\n")).unwrap();
    spec("conflict").build_into(dir, entries("other\n")).unwrap();
    spec("prefails")
        .scriptlet(Slot::Pre, "error('no such luck')", "<lua>")
        .build_into(dir, [Entry::file("/etc/prefails.conf", "x\n")])
        .unwrap();
    spec("big").build_into(dir, [Entry::file("/usr/share/big", vec![b'x'; 1 << 20])]).unwrap();
    spec("scripted")
        .scriptlet(
            Slot::Post,
            "posix.mkdir('/var'); io.open('/var/ran', 'w'):write('yes\\n'):close()",
            "<lua>",
        )
        .build_into(dir, [Entry::file("/etc/scripted.conf", "x\n")])
        .unwrap();
    let bytes = std::fs::read(good.path).unwrap();
    std::fs::write(dir.join("truncated.rpm"), &bytes[..bytes.len() - 7]).unwrap();
    let mut corrupt = bytes;
    let at = corrupt.len() - 20;
    corrupt[at] ^= 0x40;
    std::fs::write(dir.join("corrupt.rpm"), corrupt).unwrap();
    std::fs::write(dir.join("not.rpm"), "<html>404</html>\n").unwrap();
}
