//! The loop: one thread owns the state, waits for one thing, and draws when something shown has changed.
//!
//! No tick and no polling: it waits for a message or for the app's next moment, whichever is first. Never knows
//! what is drawn or what a message means; [`App`] does.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};

use super::input::Input;

/// A program that the loop can run.
pub trait App {
    /// What its own threads answer.
    type Work;
    /// What it calls a moment: a clock's reading.
    type Now;

    /// Takes one message in. May not wait for anything.
    fn handle(&mut self, message: Message<Self::Work>, now: &Self::Now) -> Turn;

    /// How long until something shown changes by itself; `None` where nothing will. Once that time is over the
    /// app is handed [`Message::Moment`].
    fn next_moment(&self, now: &Self::Now) -> Option<Duration>;

    /// Draws everything.
    fn draw(&self, frame: &mut Frame<'_>, now: &Self::Now);
}

/// What an app is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message<W> {
    /// A person did something.
    Input(Input),
    /// An answer of one of the app's own threads.
    Work(W),
    /// The time that [`App::next_moment`] asked for is over, or may be: the process or its window was elsewhere.
    Moment,
    /// The program should end, or cannot go on.
    End(End),
}

/// Why the program should end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Somebody asked the process to.
    Asked,
    /// The terminal has gone: nothing can be shown or typed any more.
    HungUp,
    /// A thread that the program needs has failed.
    Broken,
}

/// What follows from a message, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[must_use]
pub struct Turn {
    /// Something shown has changed.
    pub draw: bool,
    /// What the terminal shows can no longer be relied on: draw all of it.
    pub redraw: bool,
    /// Ring the terminal's bell.
    pub ring: bool,
    /// Leave the loop.
    pub leave: bool,
}

impl Turn {
    /// Nothing follows.
    pub const NOTHING: Self = Self { draw: false, redraw: false, ring: false, leave: false };
    /// Something shown has changed.
    pub const DRAW: Self = Self { draw: true, ..Self::NOTHING };
    /// The whole screen has to be drawn again.
    pub const REDRAW: Self = Self { draw: true, redraw: true, ..Self::NOTHING };
    /// Leave the loop.
    pub const LEAVE: Self = Self { leave: true, ..Self::NOTHING };

    /// Both.
    pub const fn and(self, other: Self) -> Self {
        Self {
            draw: self.draw || other.draw,
            redraw: self.redraw || other.redraw,
            ring: self.ring || other.ring,
            leave: self.leave || other.leave,
        }
    }
}

/// What reaches the loop from other threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming<W> {
    /// All input that was there, in order.
    Burst(Vec<Input>),
    /// An answer of one of the app's own threads.
    Work(W),
    /// The program should end.
    End(End),
    /// The process is asked to stop until it is continued.
    Stop,
    /// The process was continued.
    Continued,
    /// The terminal has another size.
    Resized,
}

/// Where messages come from.
pub trait Source<W> {
    /// Waits for the next, at most so long; `None` once the time is over.
    fn wait(&mut self, most: Option<Duration>) -> Option<Incoming<W>>;

    /// The next one that is already there.
    fn ready(&mut self) -> Option<Incoming<W>>;

    /// Lets the reader of input read one more burst.
    fn read_on(&mut self);
}

/// What the loop asks of the terminal beside drawing.
pub trait Host {
    /// Gives the terminal back, stops the process, and takes the terminal again once it goes on.
    ///
    /// # Errors
    /// Where the terminal cannot be given back or taken.
    fn stop(&mut self) -> io::Result<()>;

    /// Takes the terminal again, after somebody may have changed its settings.
    ///
    /// # Errors
    /// Where it cannot be taken.
    fn take_again(&mut self) -> io::Result<()>;

    /// Rings the bell.
    fn ring(&mut self);
}

/// So many messages are taken in before a frame is drawn all the same.
const DRAINED: usize = 1000;

/// Runs the app until it leaves. The first frame is drawn before anything is waited for.
///
/// A terminal that cannot be drawn to or taken again has gone: the app is told [`End::HungUp`], and nothing more
/// is drawn once drawing has failed.
pub fn run<A, B, S, H>(
    app: &mut A,
    terminal: &mut Terminal<B>,
    source: &mut S,
    host: &mut H,
    now: impl Fn() -> A::Now,
) where
    A: App,
    B: Backend,
    S: Source<A::Work>,
    H: Host,
{
    let mut screen = Some(terminal);
    let mut turn = Turn::DRAW;
    source.read_on();
    loop {
        if turn.ring {
            host.ring();
        }
        if turn.draw && show(app, &mut screen, turn, &now()).is_err() {
            screen = None;
            turn = app.handle(Message::End(End::HungUp), &now());
            if turn.leave {
                return;
            }
        }
        let most = app.next_moment(&now());
        let first = if most == Some(Duration::ZERO) { None } else { source.wait(most) };
        turn = match first {
            Some(incoming) => take(app, incoming, source, host, &now),
            None => app.handle(Message::Moment, &now()),
        };
        for _ in 0..DRAINED {
            if turn.leave {
                return;
            }
            let Some(incoming) = source.ready() else { break };
            turn = turn.and(take(app, incoming, source, host, &now));
        }
        if turn.leave {
            return;
        }
    }
}

fn show<A: App, B: Backend>(
    app: &A,
    screen: &mut Option<&mut Terminal<B>>,
    turn: Turn,
    now: &A::Now,
) -> Result<(), B::Error> {
    let Some(terminal) = screen else { return Ok(()) };
    if turn.redraw {
        terminal.clear()?;
    }
    terminal.draw(|frame| app.draw(frame, now)).map(|_| ())
}

fn take<A, S, H>(
    app: &mut A,
    incoming: Incoming<A::Work>,
    source: &mut S,
    host: &mut H,
    now: &impl Fn() -> A::Now,
) -> Turn
where
    A: App,
    S: Source<A::Work>,
    H: Host,
{
    match incoming {
        Incoming::Burst(inputs) => {
            let now = now();
            let mut turn = Turn::NOTHING;
            for input in inputs {
                turn = turn.and(app.handle(Message::Input(input), &now));
                if turn.leave {
                    return turn;
                }
            }
            source.read_on();
            turn
        }
        Incoming::Work(work) => app.handle(Message::Work(work), &now()),
        Incoming::End(end) => app.handle(Message::End(end), &now()),
        Incoming::Stop => taken_again(app, host.stop().is_ok(), now),
        Incoming::Continued => taken_again(app, host.take_again().is_ok(), now),
        // The window may have been smaller for a moment: what was cut off is gone, whatever its size is now.
        Incoming::Resized => drawn_anew(app, now),
    }
}

/// A terminal that cannot be taken again has gone: the system continues a process to tell it so.
fn taken_again<A: App>(app: &mut A, taken: bool, now: &impl Fn() -> A::Now) -> Turn {
    if taken { drawn_anew(app, now) } else { app.handle(Message::End(End::HungUp), &now()) }
}

/// What comes with a closed lid or after a stop takes the place of the moment that the app had asked for: the app
/// is told, or would not notice how late it is.
fn drawn_anew<A: App>(app: &mut A, now: &impl Fn() -> A::Now) -> Turn {
    Turn::REDRAW.and(app.handle(Message::Moment, &now()))
}

/// Messages from a channel, and the tokens that the reader of input waits for.
#[derive(Debug)]
pub struct Channel<W> {
    /// What other threads send.
    pub messages: Receiver<Incoming<W>>,
    /// What the reader waits for before it reads.
    pub tokens: Sender<()>,
}

impl<W> Source<W> for Channel<W> {
    fn wait(&mut self, most: Option<Duration>) -> Option<Incoming<W>> {
        let got = match most {
            Some(most) => self.messages.recv_timeout(most),
            None => self.messages.recv().map_err(RecvTimeoutError::from),
        };
        match got {
            Ok(incoming) => Some(incoming),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Incoming::End(End::Broken)),
        }
    }

    fn ready(&mut self) -> Option<Incoming<W>> {
        self.messages.try_recv().ok()
    }

    fn read_on(&mut self) {
        // A reader that has ended has said why.
        let _ = self.tokens.send(());
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::collections::VecDeque;
    use std::rc::Rc;

    use ratatui::backend::TestBackend;

    use super::*;
    use crate::tui::key::Key;

    /// Seconds since the test began; waiting moves it.
    type Clock = Rc<Cell<u64>>;

    /// What comes when; each entry is ready `.0` seconds after the test began.
    struct Script {
        clock: Clock,
        due: VecDeque<(u64, Incoming<&'static str>)>,
        tokens: usize,
    }

    impl Source<&'static str> for Script {
        fn wait(&mut self, most: Option<Duration>) -> Option<Incoming<&'static str>> {
            let at = self.due.front().map(|(at, _)| (*at).max(self.clock.get()));
            let until = most.map(|most| self.clock.get() + most.as_secs());
            match (at, until) {
                (Some(at), Some(until)) if until < at => self.clock.set(until),
                (None, Some(until)) => self.clock.set(until),
                (None, None) => panic!("nothing would ever wake the loop"),
                (Some(at), _) => {
                    self.clock.set(at);
                    return self.ready();
                }
            }
            None
        }

        fn ready(&mut self) -> Option<Incoming<&'static str>> {
            let due = self.due.front().is_some_and(|(at, _)| *at <= self.clock.get());
            if due { self.due.pop_front().map(|(_, incoming)| incoming) } else { None }
        }

        fn read_on(&mut self) {
            self.tokens += 1;
        }
    }

    #[derive(Default)]
    struct Desk {
        asked: Vec<&'static str>,
        gone: bool,
    }

    impl Desk {
        fn note(&mut self, what: &'static str) -> io::Result<()> {
            self.asked.push(what);
            if self.gone { Err(io::Error::other("gone")) } else { Ok(()) }
        }
    }

    impl Host for Desk {
        fn stop(&mut self) -> io::Result<()> {
            self.note("stopped")
        }

        fn take_again(&mut self) -> io::Result<()> {
            self.note("taken again")
        }

        fn ring(&mut self) {
            self.asked.push("rung");
        }
    }

    /// Counts down from 3 once `s` was pressed; leaves on `q`.
    #[derive(Default)]
    struct Countdown {
        ends: Option<u64>,
        log: RefCell<Vec<String>>,
    }

    impl App for Countdown {
        type Work = &'static str;
        type Now = u64;

        fn handle(&mut self, message: Message<&'static str>, now: &u64) -> Turn {
            self.log.borrow_mut().push(format!("{now} {message:?}"));
            match message {
                Message::Input(Input::Key(key)) if key == Key::char('s') => {
                    self.ends = Some(now + 3);
                    Turn::DRAW
                }
                Message::Input(Input::Key(key)) if key == Key::char('q') => Turn::LEAVE,
                Message::Input(_) => Turn::NOTHING,
                Message::Work(_) => Turn { ring: true, ..Turn::DRAW },
                Message::Moment => {
                    self.ends = self.ends.filter(|ends| ends > now);
                    Turn::DRAW
                }
                Message::End(_) => Turn::LEAVE,
            }
        }

        fn next_moment(&self, _: &u64) -> Option<Duration> {
            self.ends.map(|_| Duration::from_secs(1))
        }

        fn draw(&self, frame: &mut Frame<'_>, now: &u64) {
            let left = self.ends.map_or(0, |ends| ends - now);
            self.log.borrow_mut().push(format!("{now} drawn {left} {}", frame.area().width));
        }
    }

    fn key(c: char) -> Input {
        Input::Key(Key::char(c))
    }

    fn played(due: Vec<(u64, Incoming<&'static str>)>) -> (Vec<String>, Vec<&'static str>, usize) {
        let clock = Clock::default();
        let mut script = Script { clock: clock.clone(), due: due.into(), tokens: 0 };
        let (mut app, mut desk) = (Countdown::default(), Desk::default());
        let mut terminal = Terminal::new(TestBackend::new(10, 2)).unwrap();
        run(&mut app, &mut terminal, &mut script, &mut desk, || clock.get());
        (app.log.into_inner(), desk.asked, script.tokens)
    }

    #[test]
    fn it_wakes_for_a_second_only_while_one_counts() {
        let (log, ..) =
            played(vec![(5, Incoming::Burst(vec![key('s')])), (100, Incoming::Burst(vec![key('q')]))]);
        let drawn: Vec<_> = log.iter().filter(|line| line.contains("drawn")).cloned().collect();
        assert_eq!(drawn, ["0 drawn 0 10", "5 drawn 3 10", "6 drawn 2 10", "7 drawn 1 10", "8 drawn 0 10"]);
        assert_eq!(log.iter().filter(|line| line.contains("Moment")).count(), 3);
    }

    #[test]
    fn waiting_input_is_drained_before_drawing() {
        let burst = |c| (5, Incoming::Burst(vec![key('s'), key(c)]));
        let (log, _, tokens) =
            played(vec![burst('a'), burst('b'), (6, Incoming::Burst(vec![key('q'), key('x')]))]);
        assert_eq!(log.iter().filter(|line| line.starts_with("5 drawn")).count(), 1);
        assert_eq!(tokens, 3, "one at the start, one after each burst but the last");
        assert!(!log.iter().any(|line| line.contains("'x'")), "nothing after leaving");
    }

    #[test]
    fn a_key_that_changes_nothing_draws_nothing() {
        let (log, ..) = played(vec![(1, Incoming::Burst(vec![key('a')])), (2, Incoming::End(End::Asked))]);
        assert_eq!(log.iter().filter(|line| line.contains("drawn")).count(), 1);
    }

    #[test]
    fn stopping_resizing_and_ringing_are_carried_out() {
        let (log, desk, _) = played(vec![
            (1, Incoming::Stop),
            (2, Incoming::Continued),
            (3, Incoming::Resized),
            (4, Incoming::Work("saved")),
            (5, Incoming::End(End::HungUp)),
        ]);
        assert_eq!(desk, ["stopped", "taken again", "rung"]);
        let told: Vec<_> = log.iter().filter(|line| line.contains("Moment")).cloned().collect();
        assert_eq!(told, ["1 Moment", "2 Moment", "3 Moment"], "time may have passed");
        assert_eq!(log.iter().filter(|line| line.contains("drawn")).count(), 5);
    }

    #[test]
    fn a_terminal_that_cannot_be_taken_again_has_gone() {
        let clock = Clock::default();
        let mut script =
            Script { clock: clock.clone(), due: VecDeque::from([(1, Incoming::Continued)]), tokens: 0 };
        let mut desk = Desk { gone: true, ..Desk::default() };
        let mut terminal = Terminal::new(TestBackend::new(10, 2)).unwrap();
        let mut app = Painted::default();
        run(&mut app, &mut terminal, &mut script, &mut desk, || clock.get());
        assert_eq!(app.0, [Message::End(End::HungUp)]);
    }

    #[test]
    fn a_closed_channel_ends_the_program() {
        let (send, messages) = std::sync::mpsc::channel::<Incoming<()>>();
        let (tokens, _) = std::sync::mpsc::channel();
        drop(send);
        let mut channel = Channel { messages, tokens };
        assert_eq!(channel.wait(None), Some(Incoming::End(End::Broken)));
        assert_eq!(channel.ready(), None);
        channel.read_on();
    }

    #[test]
    fn a_terminal_that_cannot_be_drawn_to_has_gone() {
        let output = crate::tui::output::Output::new(Gone, || Ok(ratatui::layout::Size::new(10, 2)));
        let mut terminal = Terminal::new(output).unwrap();
        let clock = Clock::default();
        let mut script = Script { clock: clock.clone(), due: VecDeque::new(), tokens: 0 };
        let mut app = Painted::default();
        run(&mut app, &mut terminal, &mut script, &mut Desk::default(), || clock.get());
        assert_eq!(app.0, [Message::End(End::HungUp)]);
    }

    struct Gone;

    impl io::Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[derive(Default)]
    struct Painted(Vec<Message<&'static str>>);

    impl App for Painted {
        type Work = &'static str;
        type Now = u64;

        fn handle(&mut self, message: Message<&'static str>, _: &u64) -> Turn {
            self.0.push(message);
            Turn::LEAVE
        }

        fn next_moment(&self, _: &u64) -> Option<Duration> {
            None
        }

        fn draw(&self, frame: &mut Frame<'_>, _: &u64) {
            frame.render_widget("x", frame.area());
        }
    }
}
