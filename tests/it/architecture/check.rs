//! Holds one file against the rules.

use super::source::{Use, uses};

/// The longest a file may be, in lines.
const LONGEST: usize = 600;

/// What pure code does not touch in the standard library.
const IMPURE: &[&[&str]] = &[
    &["std", "env"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
];

/// A part of the source, and what it may use.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) path: &'static [&'static str],
    pub(super) modules: Modules,
    /// The crates it may use.
    pub(super) crates: &'static [&'static str],
    pub(super) any_crate: bool,
    /// Whether it does without files, threads, the clock and the environment.
    pub(super) pure: bool,
    /// Names of other modules that it may not use.
    pub(super) hidden: &'static [(&'static str, &'static str)],
    /// Parts of its modules that it may not use.
    pub(super) beyond: &'static [&'static [&'static str]],
    /// Types of other modules that it may not change.
    pub(super) unchanged: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy)]
pub(super) enum Modules {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
}

impl Area {
    pub(super) const NONE: Self = Self {
        path: &[],
        modules: Modules::Only(&[]),
        crates: &[],
        any_crate: false,
        pure: false,
        hidden: &[],
        beyond: &[],
        unchanged: &[],
    };
}

pub(super) struct Rules {
    areas: &'static [Area],
    /// Every crate the package depends on.
    dependencies: Vec<String>,
}

impl Rules {
    /// The manifest tells which first words of a path are crates.
    pub(super) fn new(areas: &'static [Area], manifest: &str) -> Self {
        Self { areas, dependencies: dependencies(manifest) }
    }

    /// What this file breaks, each as `file:line: the rule`.
    pub(super) fn check(&self, file: &str, text: &str) -> Vec<String> {
        let mut broken = Vec::new();
        if !text.starts_with("//!") {
            broken.push(format!("{file}:1: begins without `//!` that says what the module owns"));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            broken.push(format!("{file}:{lines}: longer than {LONGEST} lines: make it two files"));
        }
        let module = module(file);
        if module.is_empty() || module.iter().any(|part| part == "tests") {
            return broken;
        }
        let Some(area) = self.areas.iter().find(|area| starts_with(&module, area.path)) else {
            broken.push(format!("{file}:1: `{}` is not in the table of who may use whom", module.join("::")));
            return broken;
        };
        let found = uses(text);
        let found: Vec<(&Use, Vec<String>)> = found
            .iter()
            .filter(|found| !found.test)
            .map(|found| (found, resolve(&module, &found.inside, &found.segments)))
            .collect();
        let types = types(&found, area.unchanged);
        for (found, target) in &found {
            if let Some(rule) = self.breaks(area, target).or_else(|| changes(found, target, &types)) {
                broken.push(format!("{file}:{}: `{}` {rule}", found.line, area.path.join("::")));
            }
        }
        broken.dedup();
        broken
    }

    fn breaks(&self, area: &Area, target: &[String]) -> Option<String> {
        let path = target.join("::");
        let (first, rest) = target.split_first()?;
        if first != "crate" {
            let foreign = self.dependencies.contains(first) && !area.any_crate;
            if foreign && !area.crates.contains(&first.as_str()) {
                return Some(format!("may not use the crate `{first}`; it may use {:?}", area.crates));
            }
            let impure = area.pure && IMPURE.iter().any(|impure| starts_with(target, impure));
            return impure
                .then(|| format!("may not use `{path}`: files, threads and the clock are for the edges"));
        }
        let module = rest.first().map_or("", String::as_str);
        let rule = match area.modules {
            Modules::Only(allowed) if !allowed.contains(&module) => format!("it may use {allowed:?}"),
            Modules::AllBut(forbidden) if forbidden.contains(&module) => {
                format!("it may not use {forbidden:?}")
            }
            Modules::Only(_) | Modules::AllBut(_) => {
                if area.beyond.iter().any(|part| starts_with(rest, part)) {
                    return Some(format!("may not use `{path}`: the loop uses it, not the other way round"));
                }
                let name = rest.last().map_or("", String::as_str);
                return area
                    .hidden
                    .contains(&(module, name))
                    .then(|| format!("may not use `{path}`: it takes what is shown, and decides nothing"));
            }
        };
        Some(format!("may not use `{path}`; {rule}"))
    }
}

/// Those of these types, each with the module it comes from, that the file speaks of.
fn types(found: &[(&Use, Vec<String>)], types: &[(&str, &str)]) -> Vec<String> {
    found
        .iter()
        .filter_map(|(_, target)| Some((target, target.last()?)))
        .filter(|(target, name)| {
            types.iter().any(|(module, ty)| name == ty && starts_with(target, &["crate", module]))
        })
        .map(|(_, name)| name.clone())
        .collect()
}

fn changes(found: &Use, target: &[String], types: &[String]) -> Option<String> {
    let name = target.last()?;
    (found.changed && types.contains(name)).then(|| format!("may not take `&mut {name}`: it only looks"))
}

/// The path from `crate`, or from the crate or module it begins with.
fn resolve(module: &[String], inside: &[String], segments: &[String]) -> Vec<String> {
    let mut base: Vec<String> = ["crate".to_owned()].iter().chain(module).chain(inside).cloned().collect();
    let mut rest = segments;
    match rest.first().map_or("", String::as_str) {
        "crate" | "visavis" => base.truncate(1),
        "self" => {}
        "super" => {
            while let Some((_, after)) = rest.split_first().filter(|(first, _)| *first == "super") {
                base.pop();
                rest = after;
            }
            base.extend_from_slice(rest);
            return base;
        }
        _ => return segments.to_vec(),
    }
    base.extend(rest[1..].iter().filter(|segment| *segment != "self").cloned());
    base
}

/// `src/tui/steps/vote.rs` is `tui::steps::vote`; the crate's two roots are nothing.
fn module(file: &str) -> Vec<String> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    match path {
        "lib" | "main" => Vec::new(),
        _ => module,
    }
}

fn starts_with(path: &[String], start: &[&str]) -> bool {
    path.len() >= start.len() && path.iter().zip(start).all(|(part, wanted)| part == wanted)
}

/// The names that the manifest's tables of dependencies bring in.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut here = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            here = line.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| here) {
            names.push(name.trim().replace('-', "_"));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::AREAS;
    use super::Rules;

    const MANIFEST: &str = "[package]\nname = \"visavis\"\n[dependencies]\nserde = \"1\"\nratatui = \"0.30\"\n\
                            tui-input = \"0.15\"\n[target.'cfg(unix)'.dependencies]\nrustix = \"1\"\n";

    fn broken(file: &str, code: &str) -> Vec<String> {
        Rules::new(AREAS, MANIFEST).check(file, &format!("//! A module.\n{code}"))
    }

    #[track_caller]
    fn breaks(file: &str, code: &str, rule: &str) {
        let broken = broken(file, code);
        assert_eq!(broken.len(), 1, "{file}: {code}: {broken:?}");
        assert!(broken[0].starts_with(&format!("{file}:2: {rule}")), "{broken:?} is not {rule}");
    }

    #[track_caller]
    fn keeps(file: &str, code: &str) {
        assert_eq!(broken(file, code), Vec::<String>::new(), "{file}: {code}");
    }

    #[test]
    fn modules_use_only_those_of_the_table() {
        breaks(
            "src/script/read.rs",
            "use crate::session::Event;",
            "`script` may not use `crate::session::Event`",
        );
        breaks(
            "src/session/apply.rs",
            "use crate::{script, storage};",
            "`session` may not use `crate::storage`",
        );
        breaks(
            "src/session/step/vote.rs",
            "fn f() { crate::clock::now() }",
            "`session` may not use `crate::clock",
        );
        breaks(
            "src/storage/journal.rs",
            "use visavis::tui::Model;",
            "`storage` may not use `crate::tui::Model`",
        );
        breaks(
            "src/export/csv.rs",
            "use crate::storage::Disk;",
            "`export` may not use `crate::storage::Disk`",
        );
        breaks("src/library/mod.rs", "use crate::cli;", "`library` may not use `crate::cli`");
        breaks("src/tui/run.rs", "use crate::cli::Args;", "`tui` may not use `crate::cli::Args`");
        keeps(
            "src/session/apply.rs",
            "use crate::{script::Script, timer};\nuse crate::session::{self, Event};",
        );
        keeps("src/tui/app/shelf.rs", "use crate::storage::Writer; use crate::clock; use rustix::fs;");
        keeps("src/cli/run.rs", "use crate::tui; use crate::storage::Disk;");
    }

    #[test]
    fn a_way_round_by_super_is_seen() {
        breaks(
            "src/session/apply.rs",
            "use super::super::storage::Disk;",
            "`session` may not use `crate::storage",
        );
        breaks(
            "src/session/mod.rs",
            "use super::storage::Disk;",
            "`session` may not use `crate::storage::Disk`",
        );
        breaks("src/timer.rs", "use super::clock::Now;", "`timer` may not use `crate::clock::Now`");
        breaks("src/script/mod.rs", "mod a { use super::super::tui; }", "`script` may not use `crate::tui`");
        breaks("src/script/mod.rs", "use super::*;", "`script` may not use `crate::*`");
        keeps("src/session/apply.rs", "use super::Event; use super::super::script::Step;");
        keeps("src/script/mod.rs", "mod a { use super::b; use self::c::D; }");
    }

    #[test]
    fn views_only_look() {
        for file in ["src/tui/steps/vote.rs", "src/tui/screens/home.rs", "src/tui/widgets/mod.rs"] {
            for module in ["storage", "clock", "random", "cli", "export"] {
                let rule = format!("may not use `crate::{module}::X`");
                let found = broken(file, &format!("use crate::{module}::X;"));
                assert!(found.len() == 1 && found[0].contains(&rule), "{found:?}");
            }
            keeps(file, "use crate::session::Shown; use crate::tui::Model; fn f(s: &Shown, m: &mut Area) {}");
        }
        let file = "src/tui/steps/vote.rs";
        breaks(
            file,
            "use crate::session::Session;",
            "`tui::steps` may not use `crate::session::Session`: it takes",
        );
        breaks(
            file,
            "fn f(t: &mut crate::timer::Countdown) {}",
            "`tui::steps` may not take `&mut Countdown`: it only looks",
        );
        let found = broken(file, "use crate::script::Step;\nfn f<'a>(step: &'a mut Step) {}");
        assert_eq!(found, ["src/tui/steps/vote.rs:3: `tui::steps` may not take `&mut Step`: it only looks"]);
        keeps(file, "use crate::session::DecisionDraft;\nfn f(draft: &mut DecisionDraft) {}");
    }

    #[test]
    fn the_model_does_not_reach_the_world() {
        let file = "src/tui/run/overlays.rs";
        breaks(file, "use crate::storage::Disk;", "`tui` may not use `crate::storage::Disk`");
        breaks(file, "use crate::tui::room::Room;", "`tui` may not use `crate::tui::room::Room`: the loop");
        breaks(file, "fn f(session: &mut crate::session::Session) {}", "`tui` may not take `&mut Session`");
        keeps(file, "use crate::session::Session;\nfn f(session: &Session) {}");
        breaks("src/tui/steps/vote.rs", "use crate::tui::app::App;", "`tui::steps` may not use `crate::tui");
    }

    #[test]
    fn crates_and_the_outside_world_have_their_places() {
        breaks("src/session/mod.rs", "use ratatui::Frame;", "`session` may not use the crate `ratatui`");
        breaks("src/session/mod.rs", "use tui_input;", "`session` may not use the crate `tui_input`");
        breaks("src/storage/mod.rs", "use ::ratatui::Frame;", "`storage` may not use the crate `ratatui`");
        breaks("src/script/mod.rs", "use std::fs;", "`script` may not use `std::fs`");
        breaks(
            "src/timer.rs",
            "use std::time::{Duration, Instant};",
            "`timer` may not use `std::time::Instant`",
        );
        breaks(
            "src/export/mod.rs",
            "fn f() { std::thread::spawn(g); }",
            "`export` may not use `std::thread::spawn`",
        );
        keeps("src/session/mod.rs", "use serde::Serialize; use std::time::Duration; use std::path::Path;");
        keeps("src/storage/disk.rs", "use std::fs; use rustix::fs::open; fn f(y: x::rustix::Z) {}");
    }

    #[test]
    fn tests_and_the_roots_may_use_what_they_need() {
        keeps("src/script/mod.rs", "#[cfg(test)]\nmod tests { use crate::storage::Disk; use std::fs; }");
        keeps("src/session/tests.rs", "use crate::storage::Disk;");
        keeps("src/session/tests/undo.rs", "use crate::storage::Disk;");
        keeps("src/main.rs", "fn main() { visavis::cli::run() }");
        let found = broken("src/script/mod.rs", "#[cfg(test)]\nmod tests {}\nuse crate::storage::Disk;");
        assert_eq!(found.len(), 1, "what follows the tests is no test: {found:?}");
    }

    #[test]
    fn a_new_module_needs_its_place_in_the_table() {
        let found = broken("src/network/mod.rs", "");
        assert_eq!(found, ["src/network/mod.rs:1: `network` is not in the table of who may use whom"]);
    }

    #[test]
    fn files_are_short_and_say_what_they_own() {
        let rules = Rules::new(AREAS, MANIFEST);
        let at_most = format!("//! Long.\n{}", "\n".repeat(599));
        assert_eq!(rules.check("src/main.rs", &at_most), Vec::<String>::new());
        let longer = at_most + "\n";
        assert_eq!(
            rules.check("src/main.rs", &longer),
            ["src/main.rs:601: longer than 600 lines: make it two files"]
        );
        let found = rules.check("src/timer.rs", "// A timer.\n");
        assert_eq!(found, ["src/timer.rs:1: begins without `//!` that says what the module owns"]);
    }
}
