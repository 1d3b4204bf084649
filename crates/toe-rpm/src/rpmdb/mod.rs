//! The database `rpmdb.sqlite`, written and read as rpm itself does.

mod lock;
mod pubkey;
mod query;
mod record;
mod rich;
mod rows;
mod schema;

use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};

use nix::errno::Errno;
use nix::fcntl::AtFlags;
use nix::sys::stat::{FchmodatFlags, Mode, SFlag, fchmodat, fstatat};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, params};

pub use lock::Lock;
pub use query::Installed;

use crate::error::{Error, Result};
use crate::header::{Header, Kind};
use crate::package::Package;
use crate::tags;

/// Name of the database file in its directory.
pub const FILE_NAME: &str = "rpmdb.sqlite";

/// What an installation adds to a package's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstallFacts {
    /// INSTALLTID (1128): the same number for all packages of a transaction, seconds since 1970.
    pub transaction_id: u32,
    /// INSTALLTIME (1008), seconds since 1970.
    pub time: u32,
    /// INSTALLCOLOR (1127): 3 on 64-bit machines that also run 32-bit programs, else 0.
    pub color: u32,
}

/// What became of a file, FILESTATES (1029).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum FileState {
    /// Installed; ghosts and files shared with another package too.
    Normal = 0,
    /// Another package has written over it.
    Replaced = 1,
    /// Left out: documentation, language.
    NotInstalled = 2,
    /// On a shared network path.
    NetShared = 3,
    /// Left out for its colour.
    WrongColor = 4,
}

/// An open database.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    /// The directory: `sqlite` reaches its files through this handle.
    directory: OwnedFd,
}

impl Database {
    /// Opens the database of `directory` for writing; makes it, empty, when it is not there.
    ///
    /// `directory` must have been resolved inside the root by the caller. A database file that is not a
    /// plain file of its own is refused, as is one with foreign tables, views or triggers.
    pub fn open_or_create(directory: BorrowedFd<'_>) -> Result<Self> {
        Database::open(directory, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the database of `directory`, which must be there, for writing.
    pub fn open_existing(directory: BorrowedFd<'_>) -> Result<Self> {
        Database::open(directory, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens the database of `directory`, which must be there, for reading.
    pub fn open_read_only(directory: BorrowedFd<'_>) -> Result<Self> {
        Database::open(directory, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn open(directory: BorrowedFd<'_>, flags: OpenFlags) -> Result<Self> {
        let mut exists = false;
        for suffix in ["", "-wal", "-shm", "-journal"] {
            exists |= check_file(directory, suffix)? && suffix.is_empty();
        }
        if !exists && !flags.contains(OpenFlags::SQLITE_OPEN_CREATE) {
            return Err(Error::NoDatabase);
        }
        let owned = directory.try_clone_to_owned();
        let directory = owned.map_err(|source| Error::Read { name: FILE_NAME.into(), source })?;
        let path = format!("/proc/self/fd/{}/{FILE_NAME}", directory.as_raw_fd());
        let writable = !flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY);
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|e| failed("opening", e))?;
        connection.busy_timeout(std::time::Duration::from_secs(10)).map_err(|e| failed("opening", e))?;
        // Statements hidden in the schema of a foreign file are not trusted.
        connection.execute_batch("PRAGMA trusted_schema=OFF").map_err(|e| failed("opening", e))?;
        if writable {
            // The tree that holds the database is synchronised as a whole before it is used, and thrown
            // away if that does not come about.
            let settings = "PRAGMA secure_delete=OFF; PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;";
            connection.execute_batch(settings).map_err(|e| failed("opening", e))?;
        }
        if !exists {
            let all = format!("BEGIN; {}; COMMIT;", schema::statements().join("; "));
            connection.execute_batch(&all).map_err(|e| failed("creating", e))?;
            let mode = Mode::from_bits_truncate(0o644);
            fchmodat(&directory, FILE_NAME, mode, FchmodatFlags::FollowSymlink).map_err(system)?;
        }
        let database = Database { connection, directory };
        database.check_schema()?;
        Ok(database)
    }

    fn check_schema(&self) -> Result<()> {
        let odd: i64 = self
            .connection
            .query_row("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')", [], |r| {
                r.get(0)
            })
            .map_err(|e| failed("reading", e))?;
        let tables: i64 = self
            .connection
            .query_row(
                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                [],
                |r| r.get(0),
            )
            .map_err(|e| failed("reading", e))?;
        if odd != 0 || tables != schema::TABLES.len() as i64 + 1 {
            return Err(Error::ForeignDatabase);
        }
        Ok(())
    }

    /// Adds a package with its files' states, one for each file in header order. Gives the record's
    /// number. It is its own transaction: other programs see the package when this returns.
    pub fn add(&mut self, package: &Package, states: &[FileState], facts: &InstallFacts) -> Result<u32> {
        let states: Vec<u8> = states.iter().map(|s| *s as u8).collect();
        let record = record::of_package(package.header(), package.signature(), &states, facts)?;
        self.insert(&record)
    }

    /// Adds a `gpg-pubkey` record for a public key, as `rpm --import` does. `key` holds one binary key.
    pub fn add_key(&mut self, key: &crate::keyring::PublicKey, facts: &InstallFacts) -> Result<u32> {
        let record = pubkey::record(key, facts)?;
        self.insert(&record)
    }

    /// Changes the states of the files of a record, for files that a later package has replaced.
    pub fn set_file_states(&mut self, hnum: u32, states: &[FileState]) -> Result<()> {
        let header = self.header(hnum)?;
        let entry = header.need(tags::FILESTATES, header.entry(tags::FILESTATES))?;
        if entry.count as usize != states.len() {
            let (found, wanted) = (states.len(), entry.count as usize);
            return Err(header.defect(crate::HeaderDefect::Count { tag: tags::FILESTATES, found, wanted }));
        }
        let start = 8 + header.entries().len() * 16 + entry.offset as usize;
        let mut raw = header.raw().to_vec();
        for (byte, state) in raw.iter_mut().skip(start).zip(states) {
            *byte = *state as u8;
        }
        let changed = self
            .connection
            .execute("UPDATE Packages SET blob = ?2 WHERE hnum = ?1", params![hnum, raw])
            .map_err(|e| failed("writing", e))?;
        if changed == 1 { Ok(()) } else { Err(Error::NoRecord { hnum }) }
    }

    /// Ends the work: leaves one file, without write-ahead log, that can be read from read-only media.
    pub fn finish(self) -> Result<()> {
        let mode: String = self
            .connection
            .query_row("PRAGMA journal_mode=DELETE", [], |r| r.get(0))
            .map_err(|e| failed("closing", e))?;
        if mode != "delete" {
            return Err(Error::DatabaseInUse);
        }
        self.connection.close().map_err(|(_, e)| failed("closing", e))
    }

    /// The directory that holds the database.
    pub fn directory(&self) -> BorrowedFd<'_> {
        std::os::fd::AsFd::as_fd(&self.directory)
    }

    fn insert(&mut self, record: &Header) -> Result<u32> {
        let writing = |e| failed("writing", e);
        let all: Vec<_> = schema::TABLES
            .iter()
            .map(|table| Ok((table, rows::rows(table, record)?)))
            .collect::<Result<_>>()?;
        let transaction = self.connection.transaction().map_err(writing)?;
        transaction.execute("INSERT INTO Packages VALUES (NULL, ?1)", [record.raw()]).map_err(writing)?;
        let hnum = transaction.last_insert_rowid();
        for (table, rows) in all {
            let sql = format!("INSERT INTO '{}' VALUES (?1, ?2, ?3)", table.name);
            let mut insert = transaction.prepare_cached(&sql).map_err(writing)?;
            for (key, position) in rows {
                // Bytes that are not UTF-8 are stored as text all the same: rpm looks for text.
                let value = if table.blob { ValueRef::Blob(&key) } else { ValueRef::Text(&key) };
                insert.execute(params![ToSqlOutput::Borrowed(value), hnum, position]).map_err(writing)?;
            }
        }
        transaction.commit().map_err(writing)?;
        u32::try_from(hnum).map_err(|_| Error::ForeignDatabase)
    }

    fn header(&self, hnum: u32) -> Result<Header> {
        let blob: Option<Vec<u8>> = rusqlite::OptionalExtension::optional(self.connection.query_row(
            "SELECT blob FROM Packages WHERE hnum = ?1",
            [hnum],
            |r| r.get(0),
        ))
        .map_err(|e| failed("reading", e))?;
        Header::parse(blob.ok_or(Error::NoRecord { hnum })?, Kind::Database, &record_name(hnum))
    }
}

fn record_name(hnum: u32) -> String {
    format!("record {hnum} of the rpm database")
}

fn failed(doing: &'static str, source: rusqlite::Error) -> Error {
    Error::Database { doing, source }
}

fn system(errno: Errno) -> Error {
    Error::Read { name: FILE_NAME.into(), source: errno.into() }
}

/// Whether the database file with `suffix` is there. Refuses links to it: the name could lead elsewhere.
fn check_file(directory: BorrowedFd<'_>, suffix: &str) -> Result<bool> {
    let name = format!("{FILE_NAME}{suffix}");
    match fstatat(directory, name.as_str(), AtFlags::AT_SYMLINK_NOFOLLOW) {
        Err(Errno::ENOENT) => Ok(false),
        Err(errno) => Err(Error::Read { name, source: errno.into() }),
        Ok(stat) => {
            let regular = SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT == SFlag::S_IFREG;
            if regular && stat.st_nlink == 1 { Ok(true) } else { Err(Error::LinkedDatabase { name }) }
        }
    }
}
