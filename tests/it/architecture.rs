//! The rules that the source keeps: who may use whom, and how long a file is.
//!
//! The table below is the one in `src/lib.rs` and the design, in a form that can be checked. Clock, file and
//! random calls are forbidden elsewhere, by `clippy.toml`.

mod check;
mod source;
mod writes;

use check::{Area, Modules, Rules};
use std::path::Path;

/// The first whose path a file lies under holds for it.
const AREAS: &[Area] = &[
    Area {
        path: &["script"],
        modules: Modules::Only(&["script"]),
        crates: &["serde", "ron", "indexmap", "strsim", "annotate_snippets", "chrono"],
        pure: true,
        ..Area::NONE
    },
    Area {
        path: &["session"],
        modules: Modules::Only(&["session", "script", "timer"]),
        crates: &["serde", "indexmap", "chrono", "unicode_segmentation"],
        pure: true,
        ..Area::NONE
    },
    Area {
        path: &["timer"],
        modules: Modules::Only(&["timer"]),
        crates: &["serde", "chrono"],
        pure: true,
        ..Area::NONE
    },
    Area {
        path: &["text"],
        modules: Modules::Only(&["text"]),
        crates: &["textwrap", "unicode_segmentation", "unicode_width"],
        pure: true,
        ..Area::NONE
    },
    Area {
        path: &["clock"],
        modules: Modules::Only(&["clock"]),
        crates: &["chrono", "rustix"],
        ..Area::NONE
    },
    Area {
        path: &["random"],
        modules: Modules::Only(&["random", "session", "script"]),
        crates: &["getrandom"],
        ..Area::NONE
    },
    Area { path: &["mistake"], modules: Modules::Only(&["mistake", "text"]), crates: &[], ..Area::NONE },
    Area {
        path: &["storage"],
        modules: Modules::Only(&["storage", "session", "script", "timer", "clock", "random", "mistake"]),
        crates: &[
            "serde",
            "serde_json",
            "ron",
            "chrono",
            "crc32fast",
            "directories",
            "indexmap",
            "rustix",
            "serde_ignored",
            "tempfile",
        ],
        ..Area::NONE
    },
    Area {
        path: &["library"],
        modules: Modules::Only(&["library", "storage", "session", "script", "timer", "text"]),
        crates: &["serde", "chrono", "indexmap", "unicode_segmentation"],
        ..Area::NONE
    },
    Area {
        path: &["export"],
        modules: Modules::Only(&["export", "library", "session", "script", "timer", "text"]),
        crates: &["serde", "serde_json", "chrono", "indexmap", "textwrap", "unicode_width"],
        pure: true,
        hidden: &[("session", "Session"), ("session", "decide"), ("session", "apply")],
        ..Area::NONE
    },
    view(&["tui", "steps"]),
    view(&["tui", "screens"]),
    view(&["tui", "widgets"]),
    edge(&["tui", "app"]),
    edge(&["tui", "input"]),
    edge(&["tui", "output"]),
    edge(&["tui", "room"]),
    edge(&["tui", "runner"]),
    edge(&["tui", "start"]),
    edge(&["tui", "terminal"]),
    // What is left is the model and its words: it answers with effects, and the loop carries them out.
    Area {
        path: &["tui"],
        modules: Modules::Only(VALUES),
        crates: &[
            "chrono",
            "indexmap",
            "interim",
            "ratatui",
            "ron",
            "serde",
            "strsim",
            "tui_input",
            "unicode_segmentation",
            "unicode_width",
        ],
        pure: true,
        beyond: LOOP,
        unchanged: STATE,
        ..Area::NONE
    },
    Area { path: &["cli"], modules: Modules::AllBut(&[]), any_crate: true, ..Area::NONE },
];

/// What a part of the screen is made from.
const VALUES: &[&str] = &["tui", "session", "script", "timer", "library", "text"];

/// The parts of the screen that reach the world.
const LOOP: &[&[&str]] = &[
    &["tui", "app"],
    &["tui", "input"],
    &["tui", "output"],
    &["tui", "room"],
    &["tui", "runner"],
    &["tui", "start"],
    &["tui", "terminal"],
];

/// What is changed by events alone. A draft is not among it: a form edits its own.
const STATE: &[(&str, &str)] = &[
    ("session", "Items"),
    ("session", "Log"),
    ("session", "Pass"),
    ("session", "Session"),
    ("script", "Script"),
    ("script", "Step"),
    ("timer", "Countdown"),
];

/// A part of the loop: it may reach the world.
const fn edge(path: &'static [&'static str]) -> Area {
    Area { path, modules: Modules::AllBut(&["cli"]), any_crate: true, ..Area::NONE }
}

/// What draws: it sees values, and changes nothing.
const fn view(path: &'static [&'static str]) -> Area {
    Area {
        path,
        modules: Modules::Only(VALUES),
        crates: &[
            "ratatui",
            "chrono",
            "indexmap",
            "strsim",
            "textwrap",
            "tui_big_text",
            "tui_input",
            "unicode_segmentation",
            "unicode_width",
        ],
        pure: true,
        hidden: &[("session", "Session"), ("session", "decide"), ("session", "apply")],
        beyond: LOOP,
        unchanged: STATE,
        ..Area::NONE
    }
}

#[test]
fn the_source_keeps_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let rules = Rules::new(AREAS, &manifest);
    let files = source::read_folder(&root.join("src"), "src");
    assert!(files.iter().any(|(name, _)| name == "src/lib.rs"), "no source was found in {root:?}");
    let broken: Vec<String> = files.iter().flat_map(|(name, text)| rules.check(name, text)).collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn no_test_sleeps() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files =
        [source::read_folder(&root.join("tests"), "tests"), source::read_folder(&root.join("src"), "src")];
    let sleeping: Vec<String> = files
        .concat()
        .iter()
        .flat_map(|(name, text)| {
            source::calls(text, "sleep").into_iter().map(move |line| format!("{name}:{line}"))
        })
        .collect();
    assert!(sleeping.is_empty(), "wait for something to be true instead: {sleeping:?}");
}
