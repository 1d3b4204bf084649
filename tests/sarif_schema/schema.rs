//! The schema of SARIF 2.1.0, from the source of the crate that ships it.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// The crate with the schema.
const SHIPPED_BY: &str = "serde-sarif";

/// The schema, or why there is none.
pub fn schema() -> Result<Value, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--all-features", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .map_err(|e| e.to_string())?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest = packages
        .filter(|package| package["name"] == SHIPPED_BY)
        .find_map(|package| package["manifest_path"].as_str());
    let path =
        PathBuf::from(manifest.ok_or("the crate is not there")?).with_file_name("src").join("schema.json");
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut schema: Value = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
    // Their pattern has a bracket too many, which a strict reader of regular expressions refuses; no log of toe names
    // its language.
    for of in ["run", "toolComponent"] {
        if let Some(language) = schema.pointer_mut(&format!("/definitions/{of}/properties/language")) {
            language["pattern"] = Value::String("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into());
        }
    }
    Ok(schema)
}
