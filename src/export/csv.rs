//! Tables for spreadsheets (RFC 4180).
//!
//! Owns quoting, and that nothing a person wrote is taken for a formula or acts on anything.

use crate::text::visible;

/// A line of headings and one for each row, each ending with CR LF.
pub(super) fn table<const N: usize>(
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut out = line(&headings.map(str::to_owned));
    out.extend(rows.into_iter().map(|row| line(&row)));
    out
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A spreadsheet runs what begins with one of these signs; an apostrophe before it makes it text.
const ACTING: [char; 4] = ['=', '+', '-', '@'];

fn cell(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| visible(line).into_owned()).collect();
    let mut text = lines.join("\n");
    if text.trim_start().starts_with(ACTING) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_none_is_a_formula() {
        for (text, written) in [
            ("plain", "plain"),
            ("a, b", "\"a, b\""),
            ("say \"yes\"", "\"say \"\"yes\"\"\""),
            ("two\r\nlines", "\"two\nlines\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            (" +1", "' +1"),
            ("-", "'-"),
            ("@sum", "'@sum"),
            ("\t=1", "␉=1"),
            ("", ""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }
}
