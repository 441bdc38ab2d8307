//! `visavis completions`: what a shell needs to complete the commands.

use clap_complete::Shell;

use super::{Context, Failure};

/// Write a shell's completions
///
/// Bash, for one: `visavis completions bash > ~/.local/share/bash-completion/completions/visavis`
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// For which shell
    shell: Shell,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "visavis", &mut script);
    context.print(&String::from_utf8_lossy(&script))
}
