//! What the package says of itself, from the foot's variables.

use toe_plan::Plan;
use toe_rpm::build::{Dependency, PackageSpec};

use crate::{PackError, PairOptions};

/// The package without files and scriptlets.
pub(crate) fn spec(plan: &Plan, options: &PairOptions) -> Result<PackageSpec, PackError> {
    let variable = |name| plan.variable(name).filter(|value| !value.is_empty());
    let needed =
        |name, what| variable(name).ok_or(PackError::VariableMissing { name, what }).map(str::to_owned);
    let name = needed("PACKAGE", "name")?;
    let version = needed("VERSION", "version")?;
    let release = variable("RELEASE").unwrap_or("1");
    let epoch = variable("EPOCH")
        .map(|value| value.parse().map_err(|_| PackError::Epoch { value: value.to_owned() }))
        .transpose()?;
    let summary = match variable("SUMMARY") {
        Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        None => format!("Application-specific chroot {name}"),
    };
    let description = match variable("DESCRIPTION") {
        Some(text) => text.to_owned(),
        None => format!("The chroot {} with all that {name} needs, built from exact RPMs.", plan.sock_dir),
    };
    let time = u32::try_from(options.source_date).unwrap_or(u32::MAX);
    let mut spec = PackageSpec::new(&name, version, release, options.arch())
        .epoch(epoch)
        .summary(summary)
        .description(description)
        .license(variable("LICENSE").unwrap_or("See the licences of the bundled packages"))
        .group("System Environment/Base")
        .vendor(variable("VENDOR").unwrap_or("Unspecified"))
        .build_time(time);
    if let Some(url) = variable("URL") {
        spec = spec.url(url);
    }
    if let Some(packager) = variable("PACKAGER") {
        spec = spec.packager(packager);
    }
    for package in options.contents.iter().filter(|package| package.name != "gpg-pubkey") {
        spec = spec.provides(Dependency::equal(format!("bundled({})", package.name), &package.evr));
    }
    Ok(spec)
}
