//! `visavis decisions`: what was agreed in all sessions, and what became of it.

use chrono::NaiveDate;

use super::{Context, Failure, sessions};
use crate::export::decisions;
use crate::library::{Agreed, Library, Summary};
use crate::session::{Matter, SessionId};

/// List decisions, actions and open questions of all sessions, and what became of them
///
/// The newest word over all sessions holds. Confidential sessions are left out unless one is named.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only of this session and its series: its title or a part of it, its file or its id, or `last`
    session: Option<String>,

    /// Only what is neither done nor dropped
    #[arg(long)]
    open: bool,

    /// Only what should have been done by now
    #[arg(long)]
    overdue: bool,

    /// Only what belongs to somebody; `nobody` for what nobody owns
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,

    /// As it is on this day, as in 2026-12-24 [today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,

    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// To be read.
    #[default]
    Text,
    /// For other programs.
    Json,
    /// For a spreadsheet.
    Csv,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "a day is written like 2026-12-24".to_owned())
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let library = sessions::library(context)?;
    let today = args.on.unwrap_or_else(|| context.clock().wall().date_naive());
    let series = match &args.session {
        Some(what) => Some(sessions::meant(context, Some(what))?.session().series_or_own().first),
        None => None,
    };
    let wanted = |agreed: &&Agreed| {
        !matches!(agreed.item.of.what, Matter::Parked(_))
            && series.map_or(!agreed.confidential, |series| agreed.series == series)
            && (!args.open || agreed.is_open())
            && (!args.overdue || agreed.is_overdue(today))
            && args.owner.as_ref().is_none_or(|owner| agreed.is_of(owner))
    };
    let all: Vec<&Agreed> = library.agreed.iter().filter(wanted).collect();
    context.print(&match args.format {
        Format::Text => decisions::text(&all, today),
        Format::Csv => decisions::table(&all, today),
        Format::Json => decisions::as_json(&all, today)
            .map_err(|error| Failure::could_not(format!("couldn't write it as JSON: {error}")))?,
    })?;
    tell_left_out(&library, series, context);
    Ok(())
}

/// What is not on the list, on standard error.
fn tell_left_out(library: &Library, series: Option<SessionId>, context: &Context) {
    for bad in &library.unreadable {
        context.note(&format!("left out: {bad}\n"));
    }
    for summary in &library.sessions {
        let is_told = series.map_or(!summary.confidential, |series| summary.series.first == series);
        if let Some(newer) = summary.newer.filter(|newer| is_told && newer.left_out > 0) {
            context.note_newer(&summary.title, newer);
        }
    }
    let hidden = |summary: &&Summary| {
        library.agreed.iter().any(|agreed| agreed.confidential && agreed.item.of.session == summary.id)
    };
    let left_out = match library.sessions.iter().filter(hidden).count() {
        0 => return,
        1 => "a confidential session; name it".to_owned(),
        count => format!("{count} confidential sessions; name one"),
    };
    if series.is_none() {
        context.note(&format!("left out: {left_out} to see what it agreed on\n"));
    }
}
