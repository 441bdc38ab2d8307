//! How things look, by what they mean: views name a meaning, never a colour.
//!
//! Owns the three looks (dark, light, plain) and the signs for terminals with and without block characters.
//! Backgrounds are painted, since a projector's terminal may have any.

use ratatui::style::{Color, Modifier, Style};

use super::color::{Depth, Rgb};

/// Which look is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Light text on black, for a dim room.
    #[default]
    Dark,
    /// Dark text on white, for a bright room.
    Light,
    /// The terminal's own colours, told apart by weight alone.
    Plain,
}

impl Look {
    /// The one after this, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Plain,
            Self::Plain => Self::Dark,
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Plain => "plain",
        }
    }
}

/// The style of everything on the screen, by meaning. Each has its own background, except in the plain look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The look it was made for.
    pub look: Look,
    /// What is read: notes, prompts.
    pub text: Style,
    /// The one thing that is biggest: a title, a question.
    pub strong: Style,
    /// What is there to be looked up: numbers, hints, what is past.
    pub quiet: Style,
    /// Lines that separate; nobody reads them.
    pub rule: Style,
    /// The countdown.
    pub countdown: Style,
    /// The time that has run over.
    pub overtime: Style,
    /// Everything is on the disk.
    pub saved: Style,
    /// Something is on its way to the disk.
    pub unsaved: Style,
    /// Something needs a person.
    pub warning: Style,
    /// What the arrows have marked.
    pub selection: Style,
    /// What is typed.
    pub input: Style,
    /// A word that is offered while typing.
    pub ghost: Style,
    /// The key in a hint.
    pub key: Style,
    /// A panel over the screen.
    pub panel: Style,
    /// A tag in a note.
    pub tag: Style,
    /// What is covered until it is revealed.
    pub hidden: Style,
    /// The signs that go with it.
    pub signs: &'static Signs,
    sides: [Style; 4],
}

/// The colours of a look.
struct Colors {
    back: Rgb,
    panel: Rgb,
    text: Rgb,
    strong: Rgb,
    quiet: Rgb,
    rule: Rgb,
    saved: Rgb,
    warning: Rgb,
    alarm: Rgb,
    select_text: Rgb,
    select_back: Rgb,
    sides: [Rgb; 4],
}

/// On black: Okabe and Ito's orange, sky, green and purple, the last two lightened.
const DARK: Colors = Colors {
    back: Rgb::hex(0x0008_0808),
    panel: Rgb::hex(0x0014_1414),
    text: Rgb::hex(0x00EE_EEEE),
    strong: Rgb::hex(0x00FF_FFFF),
    quiet: Rgb::hex(0x00BC_BCBC),
    rule: Rgb::hex(0x0080_8080),
    saved: Rgb::hex(0x005F_D7AF),
    warning: Rgb::hex(0x00F0_E442),
    alarm: Rgb::hex(0x00FF_AF87),
    select_text: Rgb::hex(0x0000_0000),
    select_back: Rgb::hex(0x00EE_EEEE),
    sides: [Rgb::hex(0x00E6_9F00), Rgb::hex(0x0056_B4E9), Rgb::hex(0x0032_C79B), Rgb::hex(0x00E0_9CC4)],
};

/// On white: the same hues, darkened to 7:1. A panel stands out by its frame alone.
const LIGHT: Colors = Colors {
    back: Rgb::hex(0x00FF_FFFF),
    panel: Rgb::hex(0x00FF_FFFF),
    text: Rgb::hex(0x0012_1212),
    strong: Rgb::hex(0x0000_0000),
    quiet: Rgb::hex(0x0044_4444),
    rule: Rgb::hex(0x0080_8080),
    saved: Rgb::hex(0x0000_664A),
    warning: Rgb::hex(0x0077_5200),
    alarm: Rgb::hex(0x0087_0000),
    select_text: Rgb::hex(0x00FF_FFFF),
    select_back: Rgb::hex(0x0012_1212),
    sides: [Rgb::hex(0x0092_4000), Rgb::hex(0x0000_5D91), Rgb::hex(0x0000_664A), Rgb::hex(0x007C_4965)],
};

impl Theme {
    /// The look as a terminal of this depth can show it; without known colours every look is plain.
    #[must_use]
    pub fn new(look: Look, depth: Depth, signs: &'static Signs) -> Self {
        match (look, depth) {
            (Look::Plain, _) | (_, Depth::Plain) => Self::plain(signs),
            (Look::Dark, Depth::True | Depth::Indexed) => Self::colored(look, &DARK, depth, signs),
            (Look::Light, Depth::True | Depth::Indexed) => Self::colored(look, &LIGHT, depth, signs),
        }
    }

    fn colored(look: Look, colors: &Colors, depth: Depth, signs: &'static Signs) -> Self {
        let on = |fore, back| Style::new().fg(depth.fore(fore, back)).bg(depth.back(back));
        // Everything may come to stand on a panel, which is never further from the text than the screen is.
        let plain = |fore| on(fore, colors.panel).bg(depth.back(colors.back));
        let bold = |fore| plain(fore).add_modifier(Modifier::BOLD);
        Self {
            look,
            text: plain(colors.text),
            strong: bold(colors.strong),
            quiet: plain(colors.quiet),
            rule: plain(colors.rule),
            countdown: plain(colors.strong),
            overtime: plain(colors.alarm),
            saved: plain(colors.saved),
            unsaved: plain(colors.quiet),
            warning: bold(colors.warning),
            selection: on(colors.select_text, colors.select_back),
            input: plain(colors.strong),
            ghost: plain(colors.quiet),
            key: bold(colors.text),
            panel: on(colors.text, colors.panel),
            tag: plain(colors.quiet),
            hidden: plain(colors.rule),
            signs,
            sides: colors.sides.map(bold),
        }
    }

    fn plain(signs: &'static Signs) -> Self {
        let text = Style::new().fg(Color::Reset).bg(Color::Reset);
        let bold = text.add_modifier(Modifier::BOLD);
        Self {
            look: Look::Plain,
            text,
            strong: bold,
            quiet: text,
            rule: text,
            countdown: text,
            overtime: bold,
            saved: text,
            unsaved: text,
            warning: bold.add_modifier(Modifier::UNDERLINED),
            selection: text.add_modifier(Modifier::REVERSED),
            input: text,
            ghost: text.add_modifier(Modifier::DIM),
            key: bold,
            panel: text,
            tag: text,
            hidden: text.add_modifier(Modifier::DIM),
            signs,
            sides: [bold; 4],
        }
    }

    /// The accent of a side, by its place in the session. It goes with the side's mark, never alone.
    #[must_use]
    pub const fn side(&self, index: usize) -> Style {
        self.sides[index % self.sides.len()]
    }

    /// A style as it stands on a panel; what has a background of its own keeps it.
    #[must_use]
    pub fn on_panel(&self, style: Style) -> Style {
        if style.bg == self.text.bg { Style { bg: self.panel.bg, ..style } } else { style }
    }

    /// The same look on a panel: every style of the screen's background gets the panel's.
    #[must_use]
    pub fn panelled(&self) -> Self {
        Self {
            text: self.on_panel(self.text),
            strong: self.on_panel(self.strong),
            quiet: self.on_panel(self.quiet),
            rule: self.on_panel(self.rule),
            countdown: self.on_panel(self.countdown),
            overtime: self.on_panel(self.overtime),
            saved: self.on_panel(self.saved),
            unsaved: self.on_panel(self.unsaved),
            warning: self.on_panel(self.warning),
            input: self.on_panel(self.input),
            ghost: self.on_panel(self.ghost),
            key: self.on_panel(self.key),
            tag: self.on_panel(self.tag),
            hidden: self.on_panel(self.hidden),
            sides: self.sides.map(|side| self.on_panel(side)),
            ..*self
        }
    }
}

/// The signs that are drawn, so that a terminal without block characters gets others.
#[derive(Debug, PartialEq, Eq)]
pub struct Signs {
    /// Whether big digits can be made of half blocks and quadrants.
    pub blocks: bool,
    /// The rule at the left of a side's column.
    pub rule: &'static str,
    /// A step of the rail that is done, running, or to come, one cell each.
    pub rail: [&'static str; 3],
    /// What bounds a step of the rail, left and right.
    pub rail_ends: [&'static str; 2],
    /// An activity that is past, present, or to come.
    pub dots: [&'static str; 3],
    /// Between two activities.
    pub path: &'static str,
    /// There is more above.
    pub above: &'static str,
    /// There is more below.
    pub below: &'static str,
    /// Something was cut.
    pub cut: &'static str,
    /// Before what is typed.
    pub prompt: &'static str,
    /// Before what is marked in a list.
    pub marked: &'static str,
    /// Done, saved.
    pub check: &'static str,
    /// Stays with those who take part.
    pub confidential: &'static str,
    /// What covers a letter.
    pub cover: &'static str,
    /// Corners and sides of a panel: top left, top right, bottom left, bottom right, across, down.
    pub frame: [&'static str; 6],
}

/// For every terminal with a font of today: full, half and quadrant blocks only.
pub static UNICODE: Signs = Signs {
    blocks: true,
    rule: "▌",
    rail: ["█", "▒", "░"],
    rail_ends: ["▐", "▌"],
    dots: ["●", "◉", "○"],
    path: "━━",
    above: "↑",
    below: "↓",
    cut: "…",
    prompt: "▸",
    marked: "▸",
    check: "✓",
    confidential: "◆",
    cover: "•",
    frame: ["╭", "╮", "╰", "╯", "─", "│"],
};

/// For a terminal that is not known to show more than ASCII.
pub static ASCII: Signs = Signs {
    blocks: false,
    rule: "|",
    rail: ["#", "=", "."],
    rail_ends: ["[", "]"],
    dots: ["*", "@", "o"],
    path: "--",
    above: "^",
    below: "v",
    cut: "~",
    prompt: ">",
    marked: ">",
    check: "*",
    confidential: "%",
    cover: "*",
    frame: ["+", "+", "+", "+", "-", "|"],
};

impl Signs {
    /// The signs that the environment's locale can show; `var` reads one variable.
    #[must_use]
    pub fn detect(var: impl Fn(&str) -> Option<String>) -> &'static Self {
        if cfg!(windows) {
            return &UNICODE;
        }
        let locale =
            ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| var(name).filter(|text| !text.is_empty()));
        let upper = locale.unwrap_or_default().to_uppercase();
        if upper.contains("UTF-8") || upper.contains("UTF8") { &UNICODE } else { &ASCII }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(color: Color) -> Rgb {
        if let Color::Rgb(r, g, b) = color {
            return Rgb(r, g, b);
        }
        if let Color::Indexed(index) = color {
            return Rgb::indexed(index);
        }
        panic!("{color:?} has no known value")
    }

    fn all(theme: &Theme) -> Vec<(&'static str, Style)> {
        let Theme {
            look: _,
            signs: _,
            text,
            strong,
            quiet,
            rule,
            countdown,
            overtime,
            saved,
            unsaved,
            warning,
            selection,
            input,
            ghost,
            key,
            panel,
            tag,
            hidden,
            sides,
        } = *theme;
        let mut all = vec![
            ("text", text),
            ("strong", strong),
            ("quiet", quiet),
            ("rule", rule),
            ("countdown", countdown),
            ("overtime", overtime),
            ("saved", saved),
            ("unsaved", unsaved),
            ("warning", warning),
            ("selection", selection),
            ("input", input),
            ("ghost", ghost),
            ("key", key),
            ("panel", panel),
            ("tag", tag),
            ("hidden", hidden),
        ];
        all.extend(sides.map(|side| ("side", side)));
        all
    }

    #[test]
    fn what_the_room_reads_has_a_contrast_of_seven() {
        for look in [Look::Dark, Look::Light] {
            for depth in [Depth::True, Depth::Indexed] {
                let theme = Theme::new(look, depth, &UNICODE);
                for (name, style) in all(&theme) {
                    for style in [style, theme.on_panel(style)] {
                        let (fore, back) = (rgb(style.fg.unwrap()), rgb(style.bg.unwrap()));
                        let least = if matches!(name, "rule" | "hidden") { 3.0 } else { 7.0 };
                        let contrast = fore.contrast(back);
                        assert!(contrast >= least, "{look:?} {depth:?} {name}: {contrast:.2}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_plain_look_names_no_colour() {
        for (name, style) in all(&Theme::new(Look::Dark, Depth::Plain, &ASCII)) {
            assert_eq!((style.fg, style.bg), (Some(Color::Reset), Some(Color::Reset)), "{name}");
        }
    }

    #[test]
    fn sides_differ_in_colour() {
        for look in [Look::Dark, Look::Light] {
            for depth in [Depth::True, Depth::Indexed] {
                let theme = Theme::new(look, depth, &UNICODE);
                for a in 0..4 {
                    for b in 0..a {
                        assert_ne!(theme.side(a).fg, theme.side(b).fg, "{look:?} {depth:?} {a} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_locale_tells_the_signs() {
        let signs =
            |name: &str, value: &str| Signs::detect(|asked| (asked == name).then(|| value.to_owned())).blocks;
        assert!(signs("LANG", "de_DE.UTF-8") && signs("LC_ALL", "C.utf8"));
        assert!(!signs("LC_ALL", "C") && !signs("TERM", "UTF-8"));
    }
}
