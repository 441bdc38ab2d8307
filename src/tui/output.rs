//! What is sent to the terminal: as few bytes as show the change, in one write a frame.
//!
//! Owns the pen (colours and weights) and the cursor across frames, so that a countdown that changes one digit
//! sends that digit and nothing else. The last gate before the terminal: whatever a cell holds, no control
//! character passes.

use std::cell::Cell;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::widgets::text;

/// Frames longer than this many bytes are sent as one synchronized update; shorter ones arrive at once anyway.
const LONG: usize = 1024;

/// A terminal to draw to.
pub struct Output<W: Write> {
    writer: W,
    size: Box<dyn Fn() -> io::Result<Size>>,
    pending: Vec<u8>,
    pen: Option<Pen>,
    at: Option<Position>,
    cursor_shown: Option<bool>,
    columns: Cell<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fore: Color,
    back: Color,
    mods: Modifier,
}

const BLANK: Pen = Pen { fore: Color::Reset, back: Color::Reset, mods: Modifier::empty() };

impl<W: Write> Output<W> {
    /// Draws to `writer`, a terminal that is as big as `size` answers.
    pub fn new(writer: W, size: impl Fn() -> io::Result<Size> + 'static) -> Self {
        Self {
            writer,
            size: Box::new(size),
            pending: Vec::new(),
            pen: None,
            at: None,
            cursor_shown: None,
            columns: Cell::new(0),
        }
    }

    fn put(&mut self, args: std::fmt::Arguments<'_>) {
        // Writing to a vector cannot fail.
        let _ = self.pending.write_fmt(args);
    }

    fn move_to(&mut self, to: Position) {
        match self.at {
            Some(at) if at == to => {}
            Some(at) if at.y == to.y && at.x < to.x => match to.x - at.x {
                1 => self.put(format_args!("\x1b[C")),
                by => self.put(format_args!("\x1b[{by}C")),
            },
            Some(at) if at.y == to.y => self.put(format_args!("\x1b[{}D", at.x - to.x)),
            Some(_) | None => self.put(format_args!("\x1b[{};{}H", to.y + 1, to.x + 1)),
        }
        self.at = Some(to);
    }

    fn take_pen(&mut self, wanted: Pen) {
        if self.pen == Some(wanted) {
            return;
        }
        let mut codes: Vec<String> = Vec::new();
        let mut held = self.pen.unwrap_or(BLANK);
        // Weights cannot be taken off one by one everywhere, so all are.
        if self.pen.is_none() || !wanted.mods.contains(held.mods) {
            codes.push("0".to_owned());
            held = BLANK;
        }
        let added = wanted.mods - held.mods;
        for (modifier, code) in MODIFIERS {
            if added.contains(*modifier) {
                codes.push((*code).to_owned());
            }
        }
        if wanted.fore != held.fore {
            codes.push(color_code(wanted.fore, 30));
        }
        if wanted.back != held.back {
            codes.push(color_code(wanted.back, 40));
        }
        if !codes.is_empty() {
            self.put(format_args!("\x1b[{}m", codes.join(";")));
        }
        self.pen = Some(wanted);
    }

    fn print(&mut self, symbol: &str, to: Position) {
        let shown = text::visible(symbol);
        self.pending.extend_from_slice(shown.as_bytes());
        let simple = text::width(&shown) == 1 && shown.chars().count() == 1;
        // Terminals disagree about how far wide clusters move the cursor, and about the last column.
        self.at = (simple && to.x + 1 < self.columns.get()).then_some(Position { x: to.x + 1, y: to.y });
    }
}

const MODIFIERS: &[(Modifier, &str)] = &[
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
];

/// The code of a colour; `base` is 30 for text and 40 for what is behind it.
fn color_code(color: Color, base: u8) -> String {
    let nth =
        |index: u8| if index < 8 { (base + index).to_string() } else { (base + 52 + index).to_string() };
    match color {
        Color::Reset => (base + 9).to_string(),
        Color::Black => nth(0),
        Color::Red => nth(1),
        Color::Green => nth(2),
        Color::Yellow => nth(3),
        Color::Blue => nth(4),
        Color::Magenta => nth(5),
        Color::Cyan => nth(6),
        Color::Gray => nth(7),
        Color::DarkGray => nth(8),
        Color::LightRed => nth(9),
        Color::LightGreen => nth(10),
        Color::LightYellow => nth(11),
        Color::LightBlue => nth(12),
        Color::LightMagenta => nth(13),
        Color::LightCyan => nth(14),
        Color::White => nth(15),
        Color::Indexed(index) => format!("{};5;{index}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}

impl<W: Write> Backend for Output<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a buffer::Cell)>,
    {
        for (x, y, cell) in content {
            let to = Position { x, y };
            self.move_to(to);
            self.take_pen(Pen { fore: cell.fg, back: cell.bg, mods: cell.modifier });
            self.print(cell.symbol(), to);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(false) {
            self.put(format_args!("\x1b[?25l"));
            self.cursor_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(true) {
            self.put(format_args!("\x1b[?25h"));
            self.cursor_shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Never asked of the terminal, whose answer could take seconds or not come.
        Ok(self.at.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        // Clearing is how one starts afresh, perhaps after something else has written to the terminal.
        (self.pen, self.at, self.cursor_shown) = (None, None, None);
        self.take_pen(BLANK);
        let code = match region {
            ClearType::All => "2J",
            ClearType::AfterCursor => "J",
            ClearType::BeforeCursor => "1J",
            ClearType::CurrentLine => "2K",
            ClearType::UntilNewLine => "K",
        };
        self.put(format_args!("\x1b[{code}"));
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        let size = (self.size)()?;
        self.columns.set(size.width);
        Ok(size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        if self.pending.len() > LONG {
            self.pending.splice(0..0, *b"\x1b[?2026h");
            self.pending.extend_from_slice(b"\x1b[?2026l");
        }
        let sent = self.writer.write_all(&self.pending).and_then(|()| self.writer.flush());
        self.pending.clear();
        self.pending.shrink_to(LONG);
        sent
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::testing::dark;
    use crate::tui::theme::UNICODE;
    use crate::tui::widgets::big::{Across, Big};

    /// A writer whose bytes the test can look at.
    #[derive(Clone, Default)]
    struct Sent(Rc<RefCell<Vec<u8>>>);

    impl Write for Sent {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn terminal(columns: u16, rows: u16) -> (Terminal<Output<Sent>>, Sent) {
        let sent = Sent::default();
        let output = Output::new(sent.clone(), move || Ok(Size::new(columns, rows)));
        (Terminal::new(output).unwrap(), sent)
    }

    #[test]
    fn a_frame_without_a_change_sends_nothing() {
        let (mut terminal, sent) = terminal(40, 5);
        let draw = |terminal: &mut Terminal<_>| {
            terminal
                .draw(|frame| {
                    frame.render_widget("the same", frame.area());
                    frame.set_cursor_position((3, 2));
                })
                .map(|_| ())
                .unwrap();
        };
        draw(&mut terminal);
        sent.0.borrow_mut().clear();
        draw(&mut terminal);
        assert_eq!(sent.0.borrow().len(), 0);
    }

    #[test]
    fn a_countdown_of_twenty_seconds_fits_in_three_kilobytes() {
        let theme = dark();
        for (columns, rows) in [(24, 4), (44, 5), (60, 10)] {
            for cursor in [false, true] {
                let (mut terminal, sent) = terminal(120, 40);
                let mut bytes = 0;
                for second in 0..=20 {
                    sent.0.borrow_mut().clear();
                    let left = 12 * 60 + 7 - second;
                    let clock = format!("{:02}:{:02}", left / 60, left % 60);
                    terminal
                        .draw(|frame| {
                            frame.buffer_mut().set_style(Rect::new(0, 0, 120, 40), theme.text);
                            let big = Big {
                                text: &clock,
                                style: theme.countdown,
                                signs: &UNICODE,
                                place: Across::Right,
                            };
                            frame.render_widget(&big, Rect::new(50, 20, columns, rows));
                            if cursor {
                                frame.set_cursor_position((10, 38));
                            }
                        })
                        .unwrap();
                    if second > 0 {
                        bytes += sent.0.borrow().len();
                    }
                }
                println!("{columns}x{rows} cursor {cursor}: {bytes} bytes");
                assert!(bytes <= 3000, "{columns}x{rows} cursor {cursor}: {bytes} bytes in 20 seconds");
            }
        }
    }

    #[test]
    fn no_control_character_passes() {
        let (mut terminal, sent) = terminal(10, 1);
        terminal
            .draw(|frame| {
                frame.buffer_mut()[(0, 0)].set_symbol("\x1b]0;x\x07");
            })
            .unwrap();
        let sent = String::from_utf8(sent.0.borrow().clone()).unwrap();
        assert!(!sent.contains("\x1b]") && !sent.contains('\x07'), "{sent:?}");
    }

    fn style() -> impl Strategy<Value = Style> {
        let color = prop_oneof![
            Just(Color::Reset),
            Just(Color::Red),
            Just(Color::White),
            any::<u8>().prop_map(Color::Indexed),
            any::<[u8; 3]>().prop_map(|[r, g, b]| Color::Rgb(r, g, b)),
        ];
        let mods = prop_oneof![
            Just(Modifier::empty()),
            Just(Modifier::BOLD),
            Just(Modifier::BOLD | Modifier::UNDERLINED),
            Just(Modifier::REVERSED),
        ];
        (color.clone(), color, mods).prop_map(|(fg, bg, mods)| Style::new().fg(fg).bg(bg).add_modifier(mods))
    }

    fn nonzero(number: u16) -> std::num::NonZero<u16> {
        std::num::NonZero::new(number).unwrap()
    }

    fn shown(parser: &vt100::Parser, buf: &ratatui::buffer::Buffer) {
        for y in 0..buf.area.height {
            for x in 0..buf.area.width {
                let (cell, wanted) = (parser.screen().cell(y, x).unwrap(), &buf[(x, y)]);
                if cell.is_wide_continuation() {
                    continue;
                }
                let text = if cell.contents().is_empty() { " " } else { cell.contents() };
                assert_eq!(text, wanted.symbol(), "at {x},{y}");
                assert_eq!(cell.bold(), wanted.modifier.contains(Modifier::BOLD));
                assert_eq!(cell.inverse(), wanted.modifier.contains(Modifier::REVERSED));
                #[expect(clippy::wildcard_enum_match_arm, reason = "only these are drawn")]
                let color = |color| match color {
                    Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
                    Color::Indexed(index) => vt100::Color::Idx(index),
                    Color::Red => vt100::Color::Idx(1),
                    Color::White => vt100::Color::Idx(15),
                    _ => vt100::Color::Default,
                };
                assert_eq!(
                    (cell.fgcolor(), cell.bgcolor()),
                    (color(wanted.fg), color(wanted.bg)),
                    "at {x},{y}"
                );
            }
        }
    }

    #[test]
    fn wide_letters_and_what_follows_stand_where_they_should() {
        let (mut terminal, sent) = terminal(20, 5);
        let mut parser = vt100::Parser::new(nonzero(5), nonzero(20), 0);
        for words in ["字a🔧b", "a字b字", "ab"] {
            terminal.draw(|frame| frame.render_widget(words, frame.area())).unwrap();
            parser.process(&sent.0.borrow());
            sent.0.borrow_mut().clear();
            let row = |row: u16| parser.screen().contents_between(row, 0, row, 20);
            assert_eq!(row(0).trim_end(), words);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_terminal_shows_what_was_drawn(
            frames in proptest::collection::vec(
                proptest::collection::vec((0u16..20, "[a-zä█▟ ]{1,8}", style()), 0..6), 1..6)
        ) {
            let (mut terminal, sent) = terminal(20, 5);
            let mut parser = vt100::Parser::new(nonzero(5), nonzero(20), 0);
            for frame in frames {
                let mut drawn = None;
                terminal.draw(|f| {
                    for (y, (x, words, style)) in (0..5).zip(&frame) {
                        f.buffer_mut().set_stringn(*x, y, words, usize::from(20 - x), *style);
                    }
                    drawn = Some(f.buffer_mut().clone());
                }).unwrap();
                parser.process(&sent.0.borrow());
                sent.0.borrow_mut().clear();
                shown(&parser, &drawn.unwrap());
            }
        }
    }
}
