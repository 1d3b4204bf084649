//! Builds the example daemon `sleepd` as a small static program, so that `toe run` without a foot has
//! something real to package. Where that cannot be done (another architecture, no linker for it), the
//! program is built without it and says so when it is asked for.

use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=example/sleepd.rs");
    println!("cargo::rustc-check-cfg=cfg(has_sleepd)");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("sleepd");
    let var = |name: &str| std::env::var(name).unwrap_or_default();
    if !["x86_64", "aarch64"].contains(&var("CARGO_CFG_TARGET_ARCH").as_str()) {
        return;
    }
    let mut rustc = Command::new(std::env::var_os("RUSTC").expect("cargo sets RUSTC"));
    rustc
        .args(["--edition=2024", "--crate-type=bin", "-Cpanic=abort", "-Copt-level=s", "-Cstrip=symbols"])
        .args(["-Crelocation-model=static", "-Ctarget-feature=+crt-static"])
        .args(["-Clink-arg=-nostartfiles", "-Clink-arg=-nostdlib", "-Clink-arg=-static"])
        .arg(format!("--target={}", var("TARGET")))
        .arg("-o")
        .arg(&out)
        .arg("example/sleepd.rs");
    if let Some(linker) = std::env::var_os("RUSTC_LINKER") {
        rustc.arg("-C").arg(format!("linker={}", linker.to_string_lossy()));
    }
    match rustc.status() {
        Ok(status) if status.success() => println!("cargo::rustc-cfg=has_sleepd"),
        _ => println!(
            "cargo::warning=the example daemon sleepd could not be built; `toe run` will need a foot"
        ),
    }
}
