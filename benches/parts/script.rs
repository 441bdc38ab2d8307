//! Reading a script.

use divan::{Bencher, black_box};
use visavis::script::{Shipped, read, shipped};

#[divan::bench(args = shipped().iter().map(|shipped| shipped.name))]
fn read_a_script(bencher: Bencher<'_, '_>, name: &str) {
    let text = Shipped::named(name).expect("it comes with the program").text;
    bencher.bench(|| read(black_box(text)));
}
