//! The page of a rule: the head of its source file, and the nails in it.

use toe_source::{Safety, Severity};

use crate::rule::Rule;

/// The headings of a page, in their order.
pub const HEADINGS: [&str; 4] = ["## What", "## Why", "## Bad", "## Good"];

impl Rule {
    /// The page in Markdown, ending in a newline.
    pub fn page(&self) -> String {
        let mut page = format!(
            "# {} {} ({}, fix: {}{})\n\n",
            self.code,
            self.name,
            severity_name(self.severity),
            fix_name(self.fix),
            if self.by_default { "" } else { ", off by default" },
        );
        for line in self.source.lines().map_while(|line| line.strip_prefix("//!")) {
            page.push_str(line.strip_prefix(' ').unwrap_or(line));
            page.push('\n');
        }
        page
    }

    /// The paragraphs of the page below a heading, such as `What`, in one line.
    pub fn section(&self, heading: &str) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
        let below = lines.skip_while(|line| line.strip_prefix("## ") != Some(heading)).skip(1);
        let words: Vec<&str> = below.take_while(|line| !line.starts_with("## ")).collect();
        words.join(" ").trim().to_owned()
    }
}

/// The word for a severity, in pages and in JSON.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Style => "style",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The word for how safe a rule's fixes are, in pages.
pub fn fix_name(fix: Option<Safety>) -> &'static str {
    match fix {
        Some(Safety::Safe) => "safe",
        Some(Safety::Unsafe) => "unsafe",
        None => "-",
    }
}
