//! Order of versions, rpm's own: epoch, version, release by rpmvercmp.

use std::cmp::Ordering;

use crate::package::PackageLabel;

/// Compares epochs, versions and releases of two packages; no epoch is epoch 0.
pub fn compare(a: &PackageLabel, b: &PackageLabel) -> Ordering {
    let epoch = |l: &PackageLabel| l.epoch.unwrap_or(0);
    epoch(a)
        .cmp(&epoch(b))
        .then_with(|| compare_segments(&a.version, &b.version))
        .then_with(|| compare_segments(&a.release, &b.release))
}

/// rpmvercmp: compares two versions, or two releases.
pub fn compare_segments(a: &str, b: &str) -> Ordering {
    rpm_version::rpm_evr_compare(&format!("0:{a}-0"), &format!("0:{b}-0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_as_rpm_does() {
        use Ordering::{Equal, Greater, Less};
        for (a, b, order) in [
            ("1.0", "1.0", Equal),
            ("1.0", "1.0.1", Less),
            ("1.0~rc1", "1.0", Less),
            ("1.0^git1", "1.0", Greater),
            ("1.0^git1", "1.0.1", Less),
            ("1.010", "1.10", Equal),
            ("10", "9", Greater),
            ("a", "1", Less),
            ("FC5", "fc4", Less),
            ("1..2", "1.2", Equal),
        ] {
            assert_eq!(compare_segments(a, b), order, "{a} {b}");
        }
    }
}
