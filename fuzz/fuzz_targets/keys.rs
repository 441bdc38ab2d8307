#![no_main]

#[allow(dead_code, reason = "each target feeds one of them")]
#[path = "../../tests/it/hostile_files/entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entries::keys(bytes));
