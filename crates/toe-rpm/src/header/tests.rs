use super::*;
use crate::tags;

/// A header of `(tag, type, count, data)` with its region; values are aligned by the caller's order.
fn build(entries: &[(u32, u32, u32, &[u8])]) -> Vec<u8> {
    let il = entries.len() as u32 + 1;
    let (mut index, mut data) = (Vec::new(), Vec::new());
    for (tag, ty, count, value) in entries {
        let align = match ty {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        data.resize(data.len().next_multiple_of(align), 0);
        for word in [*tag, *ty, data.len() as u32, *count] {
            index.extend_from_slice(&word.to_be_bytes());
        }
        data.extend_from_slice(value);
    }
    let mut first = Vec::new();
    for word in [63, 7, data.len() as u32, 16] {
        first.extend_from_slice(&u32::to_be_bytes(word));
    }
    for word in [63, 7, (-16 * il as i32) as u32, 16] {
        data.extend_from_slice(&u32::to_be_bytes(word));
    }
    let mut raw = Vec::new();
    raw.extend_from_slice(&il.to_be_bytes());
    raw.extend_from_slice(&(data.len() as u32).to_be_bytes());
    raw.extend([first, index, data].concat());
    raw
}

fn sample() -> Vec<u8> {
    build(&[
        (tags::NAME, 6, 1, b"toe\0"),
        (tags::SUMMARY, 9, 2, b"hello\0hallo\0"),
        (tags::FILEMODES, 3, 2, &[0x81, 0xa4, 0x41, 0xed]),
        (tags::SIZE, 4, 1, &[0, 0, 1, 0]),
        (tags::LONGSIZE, 5, 1, &[0, 0, 0, 1, 0, 0, 0, 0]),
        (tags::BASENAMES, 8, 2, b"a\0\xff\0"),
    ])
}

#[test]
fn values_are_found_by_tag() {
    let h = Header::parse(sample(), Kind::Main, "sample").unwrap();
    assert_eq!(h.string(tags::NAME).unwrap(), Some(&b"toe"[..]));
    assert_eq!(h.text(tags::SUMMARY).unwrap().as_deref(), Some("hello"));
    assert_eq!(h.u16s(tags::FILEMODES).unwrap(), Some(vec![0x81a4, 0x41ed]));
    assert_eq!(h.u32(tags::SIZE).unwrap(), Some(256));
    assert_eq!(h.u64(tags::LONGSIZE).unwrap(), Some(1 << 32));
    let names: Vec<_> = h.strings(tags::BASENAMES).unwrap().unwrap().collect();
    assert_eq!(names, [&b"a"[..], &b"\xff"[..]]);
    assert_eq!(h.u32(tags::EPOCH).unwrap(), None);
    assert!(matches!(
        h.u32(tags::NAME),
        Err(Error::Header { defect: HeaderDefect::Type { tag: tags::NAME, .. }, .. })
    ));
}

fn defect(raw: Vec<u8>) -> HeaderDefect {
    match Header::parse(raw, Kind::Main, "sample") {
        Err(Error::Header { defect, .. }) => defect,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_rule_is_checked() {
    let patched = |at: usize, word: u32| {
        let mut raw = sample();
        raw[at..at + 4].copy_from_slice(&word.to_be_bytes());
        raw
    };
    assert!(matches!(defect(patched(0, 70000)), HeaderDefect::TooLarge { .. }));
    assert!(matches!(defect(patched(4, 0x1000_0000)), HeaderDefect::TooLarge { .. }));
    assert!(matches!(defect(patched(0, 0)), HeaderDefect::NoRegion));
    assert!(matches!(defect(patched(8, 1000)), HeaderDefect::NoRegion));
    assert!(matches!(defect(patched(16, 3)), HeaderDefect::Region));
    // First entry after the region: its tag, type, offset, count.
    assert!(matches!(defect(patched(24, 5)), HeaderDefect::Entry { tag: 5, .. }));
    assert!(matches!(defect(patched(28, 10)), HeaderDefect::Entry { .. }));
    assert!(matches!(defect(patched(32, u32::MAX)), HeaderDefect::Entry { .. }));
    assert!(matches!(defect(patched(36, 0)), HeaderDefect::Entry { .. }));
    assert!(matches!(defect(patched(36, 9)), HeaderDefect::Entry { .. }));
    let twice = build(&[(1000, 6, 1, b"a\0"), (1000, 6, 1, b"b\0")]);
    assert!(matches!(defect(twice), HeaderDefect::Entry { tag: 1000, reason: "it is there twice" }));
}

#[test]
fn reading_stops_at_the_end_of_the_header() {
    let bytes = [&MAGIC[..], &sample(), b"rest"].concat();
    let mut from = &bytes[..];
    let h = Header::read(&mut from, Kind::Main, "sample").unwrap();
    assert_eq!(from, b"rest");
    assert_eq!(h.signed_bytes(), [&MAGIC[..], &sample()].concat());
    let cut = Header::read(&mut &bytes[..40], Kind::Main, "sample");
    assert!(matches!(cut, Err(Error::Truncated { part: "header", .. })));
}

proptest::proptest! {
    #[test]
    fn no_change_of_bytes_makes_it_panic(changes in proptest::collection::vec((0usize..300, 0u8..=255), 1..6)) {
        let mut raw = sample();
        let len = raw.len();
        for (at, byte) in changes {
            raw[at % len] = byte;
        }
        if let Ok(h) = Header::parse(raw, Kind::Database, "sample") {
            for e in h.entries().to_vec() {
                let _ = (h.string(e.tag), h.strings(e.tag).map(|s| s.map(Iterator::count)));
                let _ = (h.u16s(e.tag), h.u32s(e.tag), h.u64s(e.tag), h.bin(e.tag), h.chars(e.tag));
            }
            let _ = h.signed_bytes();
        }
    }
}
