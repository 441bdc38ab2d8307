//! `visavis script new`: a commented copy to make one's own.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::{Context, Failure};
use crate::cli::{files, scripts};
use crate::script::Shipped;
use crate::text::visible;

/// What every field of a script means, as comments; `FILE` stands for the file's name.
const FIELDS: &str = include_str!("fields.txt");

/// Write a commented copy of a shipped script, to make your own
///
/// A file that is there already is never touched.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write; `.ron` is added where it has no ending [else the shipped script's name]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// The shipped script to begin with
    #[arg(long, value_name = "NAME", default_value = "taste")]
    from: String,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the standard library's list is open")]
pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let shipped = Shipped::named(&args.from).ok_or_else(|| scripts::unknown(&args.from))?;
    let mut file = args.file.clone().unwrap_or_else(|| PathBuf::from(shipped.name));
    if file.extension().is_none() {
        file.set_extension("ron");
    }
    let shown = visible(&file.display().to_string()).into_owned();
    let text = format!("{}\n{}", FIELDS.replace("FILE", &shown), shipped.text);
    files::write_new(&file, &text).map_err(|failed| {
        let kind = failed.cause.kind();
        let failure = Failure::from(failed);
        match kind {
            ErrorKind::AlreadyExists => failure.help("choose another name: `visavis script new NAME`"),
            ErrorKind::NotFound => failure.help("its folder must be there first"),
            _ => failure,
        }
    })?;
    context.print(&format!(
        "Wrote {shown}. Change what you like, then:\n  visavis script check {shown}\n  visavis run {shown}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{kinds, read, shipped};

    #[test]
    fn every_copy_reads_like_its_original() {
        for shipped in shipped() {
            let copy = read(&format!("{FIELDS}\n{}", shipped.text)).unwrap();
            assert_eq!(copy.script, read(shipped.text).unwrap().script);
        }
    }

    #[test]
    fn the_comments_name_every_kind_and_field() {
        let words: Vec<_> = FIELDS.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
        for (kind, fields) in kinds() {
            for name in std::iter::once(kind).chain(*fields) {
                assert!(words.contains(name), "{name}");
            }
        }
        assert!(FIELDS.lines().all(|line| line.starts_with("//") && line.len() <= 100));
    }
}
