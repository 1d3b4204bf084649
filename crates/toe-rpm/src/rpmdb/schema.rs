//! Tables of the database, as every rpm since 4.16 makes them.

use crate::tags::{self, db, sig};

/// An index table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub name: &'static str,
    /// The tag that is indexed.
    pub tag: u32,
    /// Keys are bytes, not text.
    pub blob: bool,
    /// The tag is an array.
    pub array: bool,
}

const fn text(name: &'static str, tag: u32) -> Table {
    Table { name, tag, blob: false, array: false }
}

const fn texts(name: &'static str, tag: u32) -> Table {
    Table { name, tag, blob: false, array: true }
}

const fn blob(name: &'static str, tag: u32) -> Table {
    Table { name, tag, blob: true, array: false }
}

/// All index tables, in the order in which rpm makes and fills them.
pub(super) const TABLES: [Table; 18] = [
    text("Name", tags::NAME),
    texts("Basenames", tags::BASENAMES),
    text("Group", tags::GROUP),
    texts("Requirename", tags::REQUIRENAME),
    texts("Providename", tags::PROVIDENAME),
    texts("Conflictname", tags::CONFLICTNAME),
    texts("Obsoletename", tags::OBSOLETENAME),
    texts("Triggername", tags::TRIGGERNAME),
    texts("Dirnames", tags::DIRNAMES),
    blob("Installtid", tags::INSTALLTID),
    blob("Sigmd5", db::SIGMD5),
    text("Sha1header", sig::SHA1),
    texts("Filetriggername", tags::FILETRIGGERNAME),
    texts("Transfiletriggername", tags::TRANSFILETRIGGERNAME),
    texts("Recommendname", tags::RECOMMENDNAME),
    texts("Suggestname", tags::SUGGESTNAME),
    texts("Supplementname", tags::SUPPLEMENTNAME),
    texts("Enhancename", tags::ENHANCENAME),
];

/// The statements that make an empty database. Their text is kept in `sqlite_master`, so spaces count.
pub(super) fn statements() -> Vec<String> {
    let mut out = vec![
        "CREATE TABLE IF NOT EXISTS 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)"
            .into(),
    ];
    for Table { name, blob, array, .. } in TABLES {
        let key = if blob { "BLOB" } else { "TEXT" };
        out.push(format!(
            "CREATE TABLE IF NOT EXISTS '{name}' (key '{key}' NOT NULL, hnum INTEGER NOT NULL, \
             idx INTEGER NOT NULL, FOREIGN KEY (hnum) REFERENCES 'Packages'(hnum))"
        ));
        if !blob {
            out.push(format!("CREATE INDEX IF NOT EXISTS '{name}_key_idx' ON '{name}'(key ASC)"));
        }
        if array {
            out.push(format!("CREATE INDEX IF NOT EXISTS '{name}_hnum_idx' ON '{name}'(hnum ASC)"));
        }
    }
    out
}
