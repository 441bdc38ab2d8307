//! The program visavis: arguments in, exit code out.

fn main() {}
