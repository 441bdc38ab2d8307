//! `visavis script plan`: the agenda with times.

use std::time::Duration;

use serde::Serialize;

use super::{Context, Failure};
use crate::cli::Format;
use crate::cli::scripts::{find, usable};
use crate::cli::time::{Start, length};
use crate::script::plan::{PartKind, Plan};
use crate::script::{Group, Script};
use crate::text::visible;

/// Show the agenda with times
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A shipped script's name, or a file
    script: String,

    /// When it begins, such as 14:00; without it times count from the beginning
    #[arg(long, value_name = "TIME")]
    at: Option<Start>,

    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One line of the agenda.
#[derive(Debug, Serialize)]
struct Row {
    begins: String,
    time: String,
    /// The step's kind; none for a part of a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Agenda {
    title: String,
    time: String,
    ends: String,
    steps: Vec<Row>,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let source = find(&args.script, context)?;
    let script = usable(&source, context)?.script;
    let agenda = agenda(&script, args.at.unwrap_or_default());
    match args.format {
        Format::Text => context.print(&text(&agenda)),
        Format::Json => context.print_json(&agenda),
    }
}

fn agenda(script: &Script, start: Start) -> Agenda {
    let Plan { steps, total } = script.plan();
    let row = |begins: Duration, lasts: Duration, kind, title: &str| Row {
        begins: start.after(begins),
        time: length(lasts),
        kind,
        title: title.to_owned(),
        parts: Vec::new(),
    };
    let steps = steps.iter().map(|step| {
        let parts = step.parts.iter().map(|part| row(part.begins, part.lasts, None, &title(part.what)));
        let head = row(step.begins, step.lasts, Some(step.step.kind.name()), &step.step.head.title);
        Row { parts: parts.collect(), ..head }
    });
    Agenda {
        title: script.title.clone(),
        time: length(total),
        ends: start.after(total),
        steps: steps.collect(),
    }
}

fn title(part: PartKind<'_>) -> String {
    match part {
        PartKind::Silence => "silence".to_owned(),
        PartKind::Insight(_) => "insights".to_owned(),
        PartKind::Round(round) => {
            let group = match round.group {
                Group::Alone => "alone",
                Group::Pairs => "in pairs",
                Group::Trios => "in threes",
                Group::Fours => "in fours",
                Group::Side => "each side by itself",
                Group::All => "all together",
            };
            let hidden = if round.hidden { ", hidden" } else { "" };
            let title = if round.title.is_empty() { String::new() } else { format!("{}: ", round.title) };
            format!("{title}{group}{hidden}")
        }
    }
}

fn text(agenda: &Agenda) -> String {
    let rows = || agenda.steps.iter().flat_map(|step| std::iter::once(step).chain(&step.parts));
    let begins = rows().map(|row| row.begins.len()).max().unwrap_or_default().max(agenda.ends.len());
    let time = rows().map(|row| row.time.len()).max().unwrap_or_default();
    let kind = rows().filter_map(|row| row.kind).map(str::len).max().unwrap_or_default();
    let mut out = format!("{}, {}\n\n", visible(&agenda.title), agenda.time);
    for row in rows() {
        let title = visible(&row.title);
        let (at, long) = (&row.begins, &row.time);
        out.push_str(&match row.kind {
            Some(name) => format!("{at:>begins$}  {long:>time$}  {name:<kind$}  {title}\n"),
            None => format!("{:>begins$}  {long:>time$}  {:<kind$}  {title}\n", "", ""),
        });
    }
    out.push_str(&format!("{:>begins$}  end\n", agenda.ends));
    out
}
