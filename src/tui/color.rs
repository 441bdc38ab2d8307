//! Colours as numbers: how well two can be told apart, and the nearest that a terminal has.

use ratatui::style::Color;

/// A colour as red, green and blue, 0 to 255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// The colour of `0xRRGGBB`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "each part is cut to one byte on purpose")]
    pub const fn hex(value: u32) -> Self {
        Self((value >> 16) as u8, (value >> 8) as u8, value as u8)
    }

    /// The relative luminance of WCAG 2, 0 to 1.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let part = |value: u8| LINEAR[usize::from(value)];
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// The contrast ratio of WCAG 2 between two colours, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest of the 240 colours of a 256-colour terminal that no palette of the user changes.
    #[must_use]
    pub fn nearest_indexed(self) -> u8 {
        (16..=255).min_by_key(|index| self.far(Self::indexed(*index))).unwrap_or(16)
    }

    /// The nearest of them that is told apart from `back` as well as this colour is, up to 7:1.
    #[must_use]
    pub fn nearest_readable(self, back: Self) -> u8 {
        let shown_back = Self::indexed(back.nearest_indexed());
        let wanted = self.contrast(back).min(7.0);
        (16..=255)
            .filter(|index| Self::indexed(*index).contrast(shown_back) >= wanted)
            .min_by_key(|index| self.far(Self::indexed(*index)))
            .unwrap_or_else(|| self.nearest_indexed())
    }

    fn far(self, other: Self) -> i32 {
        let part = |a: u8, b: u8| i32::from(a.abs_diff(b)).pow(2);
        part(self.0, other.0) + part(self.1, other.1) + part(self.2, other.2)
    }

    /// What a 256-colour terminal shows for an index from 16: a cube of six steps, then 24 greys.
    #[must_use]
    pub const fn indexed(index: u8) -> Self {
        const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        if index >= 232 {
            let grey = 8 + 10 * (index - 232);
            return Self(grey, grey, grey);
        }
        let cube = index.saturating_sub(16);
        Self(STEPS[(cube / 36) as usize], STEPS[(cube / 6 % 6) as usize], STEPS[(cube % 6) as usize])
    }
}

/// The light behind each value of sRGB, 0 to 1 (IEC 61966-2-1). Counted by the compiler: `powf` would bring
/// the system's mathematics library, half a megabyte, into a program that needs nothing else of it.
static LINEAR: [f64; 256] = {
    let mut table = [0.0; 256];
    let mut value = 0;
    while value < table.len() {
        let part = value as f64 / 255.0;
        table[value] = if part <= 0.04045 {
            part / 12.92
        } else {
            let base = (part + 0.055) / 1.055;
            base * base * fifth_root(base * base)
        };
        value += 1;
    }
    table
};

/// The fifth root of a number between 0 and 1, by Newton's method: from 1 it comes nearer from above at
/// every turn, and these are more turns than the smallest value of [`LINEAR`] needs.
const fn fifth_root(number: f64) -> f64 {
    let mut root = 1.0;
    let mut turn = 0;
    while turn < 40 {
        let fourth = root * root * root * root;
        root -= (root * fourth - number) / (5.0 * fourth);
        turn += 1;
    }
    root
}

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Every colour.
    True,
    /// The 256 of the xterm palette.
    Indexed,
    /// Only its own sixteen, of which nothing is known.
    Plain,
}

impl Depth {
    /// What the environment says of the terminal; `var` reads one variable.
    #[must_use]
    pub fn detect(var: impl Fn(&str) -> Option<String>) -> Self {
        let var = |name| var(name).unwrap_or_default();
        if !var("NO_COLOR").is_empty() {
            return Self::Plain;
        }
        if matches!(var("COLORTERM").as_str(), "truecolor" | "24bit") {
            return Self::True;
        }
        let term = var("TERM");
        if term.contains("direct") {
            Self::True
        } else if term.contains("256") {
            Self::Indexed
        } else {
            Self::Plain
        }
    }

    /// A background as this terminal can show it.
    #[must_use]
    pub fn back(self, rgb: Rgb) -> Color {
        match self {
            Self::True => Color::Rgb(rgb.0, rgb.1, rgb.2),
            Self::Indexed => Color::Indexed(rgb.nearest_indexed()),
            Self::Plain => Color::Reset,
        }
    }

    /// A text colour as this terminal can show it, still readable on `back`.
    #[must_use]
    pub fn fore(self, rgb: Rgb, back: Rgb) -> Color {
        match self {
            Self::True => Color::Rgb(rgb.0, rgb.1, rgb.2),
            Self::Indexed => Color::Indexed(rgb.nearest_readable(back)),
            Self::Plain => Color::Reset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_grows_by_the_power_of_the_standard() {
        for (value, light) in (0..=255_u8).zip(LINEAR) {
            let part = f64::from(value) / 255.0;
            let wanted = if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
            assert!((light - wanted).abs() < 1e-14, "{value}: {light} is not {wanted}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (Rgb::hex(0), Rgb::hex(0x00FF_FFFF));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // The grey that is the textbook's limit of 4.5 on white.
        assert!((Rgb::hex(0x0076_7676).contrast(white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn the_nearest_index_of_an_index_is_itself() {
        for index in 16..=255 {
            let rgb = Rgb::indexed(index);
            assert_eq!(Rgb::indexed(rgb.nearest_indexed()), rgb);
        }
    }

    #[test]
    fn the_environment_tells_the_depth() {
        let depth = |vars: &[(&str, &str)]| {
            Depth::detect(|name| {
                vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(depth(&[("COLORTERM", "truecolor"), ("TERM", "xterm")]), Depth::True);
        assert_eq!(depth(&[("TERM", "screen-256color")]), Depth::Indexed);
        assert_eq!(depth(&[("TERM", "linux")]), Depth::Plain);
        assert_eq!(depth(&[]), Depth::Plain);
        assert_eq!(depth(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), Depth::Plain);
        assert_eq!(depth(&[("NO_COLOR", ""), ("COLORTERM", "24bit")]), Depth::True);
    }
}
