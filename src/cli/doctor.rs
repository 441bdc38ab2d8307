//! `visavis doctor`: what is wrong with the library and with open sessions, and putting it right.
//!
//! Owns the words around what `storage::doctor` found, and what they mean for the exit status.

use serde::Serialize;

use super::failure::{Status, clause};
use super::{Context, Failure, Format, keymap};
use crate::storage::doctor::{CheckUp, Finding, Matter, Remedy};
use crate::text::visible;

/// Check every file of the library and of open sessions, and put right what is wrong
///
/// Without --repair no file of yours is changed. Nothing is ever deleted: what is taken out is kept in a folder that is
/// told. A session that another program runs is left alone. The exit status is 1 where something is wrong, and
/// after --repair where something still is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Put right what can be
    #[arg(long)]
    repair: bool,

    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let store = context.store()?;
    let mut check_up = store.check_up(context.named_library().is_some());
    check_up.findings.extend(settings(context)?);
    if args.repair {
        check_up = store.repair(check_up);
    }
    match args.format {
        Format::Text => context.print(&told(&check_up))?,
        Format::Json => context.print_json(&Rows::of(&check_up))?,
    }
    if check_up.findings.iter().any(Finding::is_wrong) {
        // All is told already; only the status is left.
        return Err(Failure::Shown { status: Status::CouldNot, text: String::new() });
    }
    Ok(())
}

/// What is wrong with a person's own keys.
fn settings(context: &Context) -> Result<Option<Finding>, Failure> {
    let path = context.settings()?.join(keymap::FILE);
    Ok(keymap::of_settings(context).err().map(|failure| {
        let what = match failure {
            Failure::Told { text, .. } => text,
            Failure::Shown { .. } | Failure::ReaderGone => format!("{path:?} has keys that can't be used"),
        };
        let advice = "`visavis keys` tells more".to_owned();
        Finding { matter: Matter::Settings, path, what, remedy: Remedy::ByHand(advice) }
    }))
}

/// What a finding is for whoever reads of it.
const fn state(finding: &Finding) -> &'static str {
    match finding.remedy {
        Remedy::Told(_) => "told",
        Remedy::ByHand(_) | Remedy::Can(_) => "wrong",
        Remedy::Done(_) => "repaired",
        Remedy::Failed(_) => "failed",
    }
}

/// What is to be done, or was; none where there is nothing.
fn remedy(finding: &Finding) -> Option<String> {
    Some(match &finding.remedy {
        Remedy::Told(None) => return None,
        Remedy::Told(Some(words)) | Remedy::ByHand(words) | Remedy::Done(words) => clause(words),
        Remedy::Can(repair) => format!("`visavis doctor --repair` {}", repair.words()),
        Remedy::Failed(why) => format!("couldn't be put right: {}", clause(why)),
    })
}

fn told(check_up: &CheckUp) -> String {
    let mut out = String::new();
    for finding in &check_up.findings {
        out.push_str(&format!("{}: {}\n", state(finding), visible(&finding.what)));
        if let Some(remedy) = remedy(finding) {
            out.push_str(&format!("  {}\n", visible(&remedy)));
        }
    }
    out + &summary(check_up)
}

fn summary(check_up: &CheckUp) -> String {
    let count = |is: fn(&Finding) -> bool| check_up.findings.iter().filter(|finding| is(finding)).count();
    let wrong = count(Finding::is_wrong);
    let repaired = count(|finding| matches!(finding.remedy, Remedy::Done(_)));
    let looked = format!("{} and {}", some(check_up.sessions, "session"), some(check_up.journals, "journal"));
    let outcome = match (wrong, repaired) {
        (0, 0) => "all is well".to_owned(),
        (0, repaired) => format!("{} put right, all is well now", some(repaired, "thing")),
        (wrong, 0) => format!("{} wrong", is(wrong)),
        (wrong, repaired) => format!("{} put right, {} still wrong", some(repaired, "thing"), is(wrong)),
    };
    format!("{looked} looked at: {outcome}\n")
}

fn some(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn is(count: usize) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{} {verb}", some(count, "thing"))
}

#[derive(Serialize)]
struct Rows<'a> {
    sessions: usize,
    journals: usize,
    findings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    state: &'static str,
    matter: Matter,
    path: std::borrow::Cow<'a, str>,
    what: &'a str,
    remedy: Option<String>,
}

impl<'a> Rows<'a> {
    fn of(check_up: &'a CheckUp) -> Self {
        let row = |finding: &'a Finding| Row {
            state: state(finding),
            matter: finding.matter,
            path: finding.path.to_string_lossy(),
            what: &finding.what,
            remedy: remedy(finding),
        };
        let findings = check_up.findings.iter().map(row).collect();
        Self { sessions: check_up.sessions, journals: check_up.journals, findings }
    }
}
