//! How nails are laid out: few choices, those of shfmt.

/// The layout. The default is shfmt's: tabs, operators at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FormatOptions {
    /// Blanks for one level of indentation; 0 is a tab.
    pub indent: u8,
    /// `&&` and `||` begin a line instead of ending one.
    pub binary_next_line: bool,
    /// The patterns of `case` are indented.
    pub switch_case_indent: bool,
    /// A blank after the operator of a redirection.
    pub space_redirects: bool,
    /// The brace of a function stands on a line of its own.
    pub function_next_line: bool,
}

/// The most blanks that one level of indentation may have.
const MAX_INDENT: u8 = 16;

impl FormatOptions {
    /// The layout that the properties of `.editorconfig` files ask for, as they hold for one file,
    /// in any order; names and values count in any case, unknown ones are ignored.
    ///
    /// Read are `indent_style`, `indent_size`, `tab_width` and shfmt's `binary_next_line`,
    /// `switch_case_indent`, `space_redirects`, `function_next_line`.
    pub fn from_editorconfig<'p>(properties: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut options = FormatOptions::default();
        let (mut blanks, mut size, mut tab_width) = (false, None, None);
        for (name, value) in properties {
            let value = value.trim().to_ascii_lowercase();
            let yes = value == "true";
            match name.trim().to_ascii_lowercase().as_str() {
                "indent_style" => blanks = value == "space",
                "indent_size" => size = value.parse::<u8>().ok(),
                "tab_width" => tab_width = value.parse::<u8>().ok(),
                "binary_next_line" => options.binary_next_line = yes,
                "switch_case_indent" => options.switch_case_indent = yes,
                "space_redirects" => options.space_redirects = yes,
                "function_next_line" => options.function_next_line = yes,
                _ => {}
            }
        }
        if blanks {
            options.indent = size.or(tab_width).filter(|n| *n > 0).unwrap_or(8).min(MAX_INDENT);
        }
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_unless_blanks_are_asked_for() {
        let of = |properties: &[(&'static str, &'static str)]| {
            FormatOptions::from_editorconfig(properties.iter().copied())
        };
        assert_eq!(of(&[]), FormatOptions::default());
        assert_eq!(of(&[("indent_size", "4")]).indent, 0);
        assert_eq!(of(&[("indent_style", "tab"), ("indent_size", "4")]).indent, 0);
        assert_eq!(of(&[("indent_size", "2"), ("indent_style", "SPACE")]).indent, 2);
        assert_eq!(of(&[("indent_style", "space")]).indent, 8);
        assert_eq!(of(&[("indent_style", "space"), ("indent_size", "tab"), ("tab_width", "3")]).indent, 3);
        assert_eq!(of(&[("indent_style", "space"), ("indent_size", "200")]).indent, MAX_INDENT);
    }

    #[test]
    fn the_keys_of_shfmt() {
        let all = ["binary_next_line", "switch_case_indent", "space_redirects", "function_next_line"];
        let options = FormatOptions::from_editorconfig(all.iter().map(|name| (*name, "true")));
        assert!(options.binary_next_line && options.switch_case_indent);
        assert!(options.space_redirects && options.function_next_line);
        let none = FormatOptions::from_editorconfig(all.iter().map(|name| (*name, "false")));
        assert_eq!(none, FormatOptions::default());
    }
}
