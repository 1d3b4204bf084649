//! Which packages run on which machine.

/// True when a package of `arch` can be installed on `machine`.
pub(super) fn compatible(arch: &str, machine: &str) -> bool {
    if arch == "noarch" || arch == machine {
        return true;
    }
    match machine {
        "x86_64" => {
            matches!(
                arch,
                "amd64" | "ia32e" | "i386" | "i486" | "i586" | "i686" | "athlon" | "pentium3" | "pentium4"
            ) || arch.starts_with("x86_64_v")
        }
        "i686" => matches!(arch, "i386" | "i486" | "i586"),
        "ppc64" => arch == "ppc",
        "s390x" => arch == "s390",
        "armv8l" | "armv7l" => matches!(arch, "armv7hl" | "armv7hnl" | "armv6hl" | "armv7l" | "armv5tel"),
        _ => false,
    }
}

/// The colours of files that belong on `machine`: 3 where two word sizes live together, else 0 (all).
pub(crate) fn transaction_color(machine: &str) -> u32 {
    match machine {
        "x86_64" | "ppc64" | "s390x" => 3,
        _ => 0,
    }
}

/// The colour that wins a path which two colours want: 64-bit.
pub(super) const PREFERRED_COLOR: u32 = 2;

#[cfg(test)]
mod tests {
    use super::compatible;

    #[test]
    fn smaller_machines_packages_run_on_bigger_ones_only() {
        assert!(
            compatible("noarch", "riscv64") && compatible("i686", "x86_64") && compatible("x86_64", "x86_64")
        );
        assert!(!compatible("x86_64", "i686") && !compatible("aarch64", "x86_64"));
    }
}
