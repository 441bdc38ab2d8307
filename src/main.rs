//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    visavis::cli::main(visavis::cli::Environment::of_process())
}
