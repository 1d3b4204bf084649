use std::io::Write;
use std::sync::Arc;

use super::*;
use crate::digest::DigestAlgorithm;
use crate::files::FileEntry;
use crate::header::Kind;

fn file(path: &str, kind: FileKind, size: u64) -> FileEntry {
    FileEntry {
        path: path.as_bytes().into(),
        kind,
        mode: 0o644,
        user: "root".into(),
        group: "root".into(),
        size,
        mtime: 0,
        digest: None,
        flags: 0,
        link_target: [].into(),
        major: 0,
        minor: 0,
        hardlink_set: None,
        color: 0,
        lang: Arc::from(""),
        caps: Arc::from(""),
        verify_flags: 0,
    }
}

fn table(mut files: Vec<FileEntry>, sets: Vec<Vec<usize>>) -> FileTable {
    for (number, set) in sets.iter().enumerate() {
        for i in set {
            files[*i].hardlink_set = Some(number);
        }
    }
    FileTable { files, digest_algorithm: DigestAlgorithm::Sha256, hardlink_sets: sets }
}

/// A header that names `compressor`.
fn header(compressor: &str) -> Header {
    let data = [compressor.as_bytes(), b"\0"].concat();
    let words = |w: [u32; 4]| w.map(u32::to_be_bytes).concat();
    let raw = [
        2u32.to_be_bytes().to_vec(),
        (data.len() as u32 + 16).to_be_bytes().to_vec(),
        words([63, 7, data.len() as u32, 16]),
        words([crate::tags::PAYLOADCOMPRESSOR, 6, 0, 1]),
        data,
        words([63, 7, -32i32 as u32, 16]),
    ];
    Header::parse(raw.concat(), Kind::Main, "sample").unwrap()
}

fn record(name: &str, mode: u32, data: &[u8]) -> Vec<u8> {
    // ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
    let mut out = format!(
        "070701{:08x}{mode:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}",
        1,
        0,
        0,
        1,
        0,
        data.len(),
        0,
        0,
        0,
        0,
        name.len() + 1,
        0
    );
    out.push_str(name);
    let mut out = out.into_bytes();
    out.push(0);
    out.resize(out.len().next_multiple_of(4), 0);
    out.extend_from_slice(data);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

const REG: u32 = 0o100644;

fn trailer() -> Vec<u8> {
    record("TRAILER!!!", 0, b"")
}

fn read_all(bytes: &[u8], table: &FileTable, compressor: &str) -> Result<Vec<(usize, bool, Vec<u8>)>> {
    let header = header(compressor);
    let mut reader = PayloadReader::new(bytes, &header, table)?;
    let mut out = Vec::new();
    while let Some(entry) = reader.next_entry()? {
        let mut data = Vec::new();
        reader.read_to_end(&mut data).map_err(|e| reader.failed(e))?;
        out.push((entry.file_index, entry.has_data, data));
    }
    Ok(out)
}

fn reason(bytes: &[u8], table: &FileTable) -> String {
    match read_all(bytes, table, "none") {
        Err(Error::Payload { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

fn two() -> FileTable {
    table(vec![file("/a", FileKind::Regular, 3), file("/d/b", FileKind::Regular, 5)], vec![])
}

fn archive() -> Vec<u8> {
    [record("./d/b", REG, b"hello"), record("/a", REG, b"abc"), trailer()].concat()
}

#[test]
fn every_compressor_gives_the_same_files() {
    let plain = archive();
    let expected = vec![(1, true, b"hello".to_vec()), (0, true, b"abc".to_vec())];
    let (first, second) = plain.split_at(130);
    let gz = |part: &[u8]| {
        let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        w.write_all(part).unwrap();
        w.finish().unwrap()
    };
    let bz = |part: &[u8]| {
        let mut w = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
        w.write_all(part).unwrap();
        w.finish().unwrap()
    };
    let xz = |part: &[u8]| {
        let mut w = liblzma::write::XzEncoder::new(Vec::new(), 6);
        w.write_all(part).unwrap();
        w.finish().unwrap()
    };
    let zst = |part: &[u8]| zstd::encode_all(part, 3).unwrap();
    let options = liblzma::stream::LzmaOptions::new_preset(6).unwrap();
    let stream = liblzma::stream::Stream::new_lzma_encoder(&options).unwrap();
    let mut lzma = liblzma::write::XzEncoder::new_stream(Vec::new(), stream);
    lzma.write_all(&plain).unwrap();
    let cases = [
        ("none", plain.clone()),
        ("gzip", [gz(first), gz(second)].concat()),
        ("bzip2", [bz(first), bz(second)].concat()),
        ("xz", [xz(first), xz(second)].concat()),
        ("zstd", [zst(first), zst(second)].concat()),
        ("lzma", lzma.finish().unwrap()),
    ];
    for (compressor, bytes) in cases {
        // The magic bytes count, not the tag; lzma has none, so there the tag does.
        let tag = if compressor == "lzma" { "lzma" } else { "gzip" };
        assert_eq!(read_all(&bytes, &two(), tag).unwrap(), expected, "{compressor}");
        let cut = read_all(&bytes[..bytes.len() - 30], &two(), tag);
        assert!(matches!(cut, Err(Error::Payload { .. })), "{compressor} cut: {cut:?}");
    }
}

#[test]
fn what_does_not_agree_with_the_header_is_refused() {
    let t = two();
    let a = || record("a", REG, b"abc");
    let b = || record("d/b", REG, b"hello");
    assert_eq!(reason(&[a(), trailer()].concat(), &t), "`/d/b` is in the header but not in the payload");
    assert_eq!(reason(&[a(), a(), b(), trailer()].concat(), &t), "`a` is in the payload twice");
    let other = record("../a", REG, b"abc");
    assert_eq!(reason(&[other, trailer()].concat(), &t), "`../a` is in the payload but not in the header");
    let longer = record("a", REG, b"abcd");
    assert_eq!(reason(&longer, &t), "`/a` has 4 bytes in the payload and 3 in the header");
    let directory = record("a", 0o040755, b"");
    assert_eq!(reason(&directory, &t), "`/a` has another type in the payload than in the header");
    let more = [archive(), vec![0; 100], vec![1]].concat();
    assert_eq!(reason(&more, &t), "something follows the end of the archive");
    let endless = [archive(), vec![0; 70000]].concat();
    assert_eq!(reason(&endless, &t), "something follows the end of the archive");
    assert!(read_all(&[archive(), vec![0; 300]].concat(), &t, "none").is_ok());
    assert_eq!(reason(&a()[..112], &t), "it ends too early");
    assert_eq!(reason(b"070701zzzzzzzz", &t), "a number is not hexadecimal");
}

#[test]
fn one_member_of_a_hard_link_set_has_the_data() {
    let linked = |size| {
        let files = vec![file("/a", FileKind::Regular, size), file("/b", FileKind::Regular, size)];
        table(files, vec![vec![0, 1]])
    };
    let (empty_a, b) = (record("a", REG, b""), record("b", REG, b"data"));
    let all = [empty_a.clone(), b.clone(), trailer()].concat();
    let expected = vec![(0, false, vec![]), (1, true, b"data".to_vec())];
    assert_eq!(read_all(&all, &linked(4), "none").unwrap(), expected);
    let none = [record("b", REG, b""), empty_a, trailer()].concat();
    let expected = vec![(1, false, vec![]), (0, true, vec![])];
    assert_eq!(read_all(&none, &linked(0), "none").unwrap(), expected);
    assert_eq!(reason(&none, &linked(4)), "`/a` is in the header but not in the payload");
    let twice = [record("a", REG, b"data"), b].concat();
    assert_eq!(reason(&twice, &linked(4)), "`/b` is linked to a file that has come already, and has data");
}

#[test]
fn the_stripped_form_takes_sizes_from_the_header() {
    let stripped = |n: u32, data: &[u8]| {
        let mut out = format!("07070X{n:08x}\0\0").into_bytes();
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
        out
    };
    let all = [stripped(0, b"abc"), stripped(1, b"hello"), trailer()].concat();
    let expected = vec![(0, true, b"abc".to_vec()), (1, true, b"hello".to_vec())];
    assert_eq!(read_all(&all, &two(), "none").unwrap(), expected);
    assert_eq!(reason(&stripped(7, b""), &two()), "file 7 is in the payload but not in the header");
}
