//! Memory of the writer does not grow with the payload. Alone in its process, so that the peak is its own.
#![allow(clippy::unwrap_used)]

use std::io::Read;

use toe_rpm::build::{Entry, PackageSpec};

/// Bytes that hardly compress, made as they are read.
struct Noise(u64);

impl Read for Noise {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for chunk in buffer.chunks_mut(8) {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            chunk.copy_from_slice(&(self.0 ^ self.0 >> 29).to_le_bytes()[..chunk.len()]);
        }
        Ok(buffer.len())
    }
}

fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// MiB of payload: more shows the same, but takes longer.
fn payload_mib() -> u64 {
    std::env::var("TOE_TEST_PAYLOAD_MIB").map_or(192, |mib| mib.parse().unwrap())
}

#[test]
fn the_peak_is_far_below_the_payload() {
    let size = payload_mib() << 20;
    let dir = tempfile::tempdir().unwrap();
    let half = |path, seed| {
        let open = move || -> std::io::Result<Box<dyn Read>> { Ok(Box::new(Noise(seed).take(size / 2))) };
        Entry::file_from(path, size / 2, open)
    };
    let built = PackageSpec::new("large", "1", "1", "noarch")
        .build_into(dir.path(), [half("/srv/a", 1), half("/srv/b", 2)])
        .unwrap();
    assert!(built.size > size / 2, "the payload hardly compresses: {} bytes", built.size);
    let peak = peak_kib();
    eprintln!("peak {peak} KiB for {size} bytes");
    assert!(peak < 128 << 10, "peak {peak} KiB for {size} bytes");
}
