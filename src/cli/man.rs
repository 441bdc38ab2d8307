//! `visavis man`: the manual, for `man`.

use std::path::PathBuf;

use clap_mangen::Man;

use super::{Context, Failure, files};

/// Write the manual, for `man`
///
/// To read it at once: `visavis man | man -l -`
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write one page for each command into this folder, instead of all to standard output
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let mut command = super::command();
    command.build();
    let mut pages = Vec::new();
    collect(&command, &mut pages)?;
    match &args.dir {
        Some(folder) => {
            let write = |(name, page): &(String, Vec<u8>)| files::write_page(&folder.join(name), page);
            Ok(pages.iter().try_for_each(write)?)
        }
        None => pages.iter().try_for_each(|(_, page)| context.print(&String::from_utf8_lossy(page))),
    }
}

/// A command's page, then those of the commands in it.
fn collect(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> Result<(), Failure> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)
        .map_err(|error| Failure::could_not(format!("couldn't write the manual: {error}")))?;
    pages.push((man.get_filename(), page));
    let inner = command.get_subcommands().filter(|inner| inner.get_name() != "help" && !inner.is_hide_set());
    inner.into_iter().try_for_each(|inner| collect(inner, pages))
}
