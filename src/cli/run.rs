//! `visavis` and `visavis run`: the program on the screen.

use std::path::Path;

use chrono::NaiveTime;

use super::{Context, Failure, keymap, scripts, sessions};
use crate::library::Summary;
use crate::script::{Privacy, Script, SideKey};
use crate::session::{Shown, Side, parse_people};
use crate::storage::Held;
use crate::tui::app::{Choice, Next};
use crate::tui::screens::setup::Beginning;
use crate::tui::start::{self, First, Start, Stopped};

/// Run a session of a script
///
/// Without anything but a script it asks for title, people and sides first; Enter begins.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A script that comes with the program, or a file [else you choose on the screen]
    script: Option<String>,

    /// What the session is called
    #[arg(long)]
    title: Option<String>,

    /// Who takes part, as in "Anna:Purchasing, Bo:Sales"
    #[arg(long, value_name = "NAME:SIDE,…")]
    with: Option<String>,

    /// When it begins today, as in 14:00
    #[arg(long, value_name = "TIME", value_parser = time_of_day)]
    at: Option<NaiveTime>,

    /// Go on with a saved session: its file, a part of its title, or `last`
    #[arg(long = "continue", value_name = "SESSION", conflicts_with_all = ["script", "title", "with", "at", "next_of", "confidential", "anonymous"])]
    go_on: Option<String>,

    /// Begin the next of a session's series, with its people, its sides and what is open; of the same script
    /// where none is named
    #[arg(long, value_name = "SESSION")]
    next_of: Option<String>,

    /// Keep it confidential: lists leave it out unless they are asked for it
    #[arg(long)]
    confidential: bool,

    /// Keep no names, so that nothing tells who wrote
    #[arg(long)]
    anonymous: bool,
}

impl Args {
    /// What it is to keep to itself, whatever its script says.
    const fn privacy(&self) -> Privacy {
        Privacy { confidential: self.confidential, anonymous: self.anonymous }
    }

    /// Whether nothing more is to be asked before the session begins.
    const fn say_enough(&self) -> bool {
        self.title.is_some() || self.with.is_some() || self.at.is_some()
    }
}

fn time_of_day(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "a time of the day is written like 14:00".to_owned())
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let first = match (&args.go_on, &args.script) {
        (Some(session), _) => First::GoOn(sessions::path(context, Some(session))?),
        (None, _) if args.next_of.is_some() => next_of(args, context)?,
        (None, Some(name)) => of_script(args, name, context)?,
        (None, None) if args.say_enough() || args.confidential || args.anonymous => {
            let said = "--title, --with, --at, --confidential and --anonymous need a script";
            return Err(Failure::usage(said)
                .help("name one, as in `visavis run taste`; `visavis script list` tells which there are"));
        }
        (None, None) => First::Home,
    };
    on_screen(first, context)
}

/// Home, where one goes on, begins or looks back.
pub(super) fn home(context: &Context) -> Result<(), Failure> {
    on_screen(First::Home, context)
}

fn choice(name: &str, context: &Context) -> Result<Choice, Failure> {
    let script = scripts::usable(&scripts::find(name, context)?, context)?.script;
    Ok(Choice { name: name.to_owned(), script })
}

fn of_script(args: &Args, name: &str, context: &Context) -> Result<First, Failure> {
    if let (false, Some(shipped)) = (args.say_enough(), scripts::shipped(name)) {
        let privacy = shipped.outline.privacy.and(args.privacy());
        return Ok(First::SetUpShipped(shipped, privacy));
    }
    let choice = choice(name, context)?;
    let privacy = choice.script.privacy().and(args.privacy());
    let beginning = Beginning {
        title: args.title.clone().unwrap_or_default(),
        people: args.with.as_deref().map_or(Ok(Vec::new()), |with| people(with, &choice.script, privacy))?,
        start: args.at,
        ..Beginning::of(privacy)
    };
    Ok(if args.say_enough() { First::Begin(choice, beginning) } else { First::SetUp(choice, privacy) })
}

fn next_of(args: &Args, context: &Context) -> Result<First, Failure> {
    let path = sessions::path(context, args.next_of.as_deref())?;
    let held = context.store()?.look(&path)?;
    let last = held.session();
    let library = sessions::library_of(&path, context)?;
    let summary = Summary::new(path, Shown::from(last), last.id);
    let choice = match &args.script {
        Some(name) => choice(name, context)?,
        None => Choice { name: last.title.clone(), script: script_of(&held)?.clone() },
    };
    let mut next = Next::of(last, choice, library.following(&summary));
    next.privacy = next.privacy.and(args.privacy());
    if let Some(with) = &args.with {
        next.last.people = people(with, &next.choice.script, next.privacy)?;
    }
    let beginning = args.say_enough().then(|| Beginning {
        title: args.title.clone().unwrap_or_default(),
        side_names: next.last.side_names.clone(),
        people: if next.privacy.anonymous { Vec::new() } else { next.last.people.clone() },
        start: args.at,
        privacy: next.privacy,
    });
    Ok(First::Next(Box::new(next), beginning))
}

fn script_of(held: &Held) -> Result<&Script, Failure> {
    held.script().map_err(|trouble| {
        Failure::from(trouble).help(
            "open it with that visavis, or a newer one, or name the script to run, as in `visavis run taste \
             --next-of last`",
        )
    })
}

fn people(with: &str, script: &Script, privacy: Privacy) -> Result<Vec<(String, Option<SideKey>)>, Failure> {
    if privacy.anonymous {
        return Err(Failure::usage("--with names people, and this session is anonymous: it keeps no names")
            .help("leave --with out"));
    }
    let named = script.sides.iter().map(|side| (side.key.clone(), side.name.clone(), side.field.clone()));
    parse_people(with, &Side::marked(named)).map_err(|problem| {
        Failure::usage(format!("--with: {problem}")).help("write it like \"Anna:Sales, Bo:Purchasing\"")
    })
}

fn on_screen(first: First, context: &Context) -> Result<(), Failure> {
    if !context.has_screen() {
        return Err(Failure::could_not(
            "visavis needs a terminal to run a session on, and there is none here",
        )
        .help("start it in a terminal window; `visavis show` and `visavis list` work without one"));
    }
    let start = Start {
        first,
        store: context.store()?,
        home: context.home()?.to_owned(),
        keymap: keymap::of_settings(context)?,
        looks: context.looks(),
        clock: context.clock(),
    };
    let farewell = start::run(start).map_err(|stopped| match stopped {
        Stopped::Session(trouble) => trouble.into(),
        Stopped::Machine(why) => Failure::could_not(why),
    })?;
    if let Some(path) = &farewell.path {
        context.print(&format!("{}\n", told(path)))?;
    }
    let Some(why) = farewell.trouble else { return Ok(()) };
    let help = match farewell.path {
        Some(_) => "what was shown as saved is kept; `visavis run --continue last` goes on",
        None => "start it again; nothing was being written",
    };
    Err(Failure::could_not(why).help(help))
}

fn told(path: &Path) -> String {
    format!("The session is in {}", crate::text::visible(&path.display().to_string()))
}
