//! The first line: what session, which activity, which step, what time it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::text;
use crate::tui::theme::Theme;

/// The names of the three activities, in their order.
const ACTIVITIES: [&str; 3] = ["sense", "know", "decide"];

/// The first line of a running session.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    /// The session's title.
    pub title: &'a str,
    /// Which of the three activities the step serves, 0 to 2; none leaves them out.
    pub activity: Option<usize>,
    /// Which step of how many, from 1.
    pub step: Option<(usize, usize)>,
    /// What the session keeps to itself, as in `confidential`, and how that is said in less room. Empty leaves
    /// it out.
    pub privacy: &'a [&'a str],
    /// The drift, for the facilitator alone: `3 min behind`. Empty leaves it out.
    pub drift: &'a str,
    /// The wall clock, as in `14:23`.
    pub clock: &'a str,
    /// The look.
    pub theme: &'a Theme,
}

impl Header<'_> {
    /// What stands at the right, the most important last; each part with its style.
    fn parts(&self, privacy: &str) -> Vec<Part> {
        let Theme { text, strong, quiet, warning, signs, .. } = *self.theme;
        let mut parts = Vec::new();
        if let Some(now) = self.activity {
            let mut spans = Vec::new();
            for (index, name) in ACTIVITIES.iter().enumerate() {
                let (dot, style) = match index.cmp(&now) {
                    std::cmp::Ordering::Less => (signs.dots[0], quiet),
                    std::cmp::Ordering::Equal => (signs.dots[1], strong),
                    std::cmp::Ordering::Greater => (signs.dots[2], quiet),
                };
                spans.push((format!("{name} {dot}"), style));
                if index + 1 < ACTIVITIES.len() {
                    spans.push((format!("{} ", signs.path), quiet));
                }
            }
            parts.push(spans);
        }
        if !privacy.is_empty() {
            parts.push(vec![(privacy.to_owned(), quiet)]);
        }
        if let Some((step, steps)) = self.step {
            parts.push(vec![(format!("{step}/{steps}"), quiet)]);
        }
        if !self.drift.is_empty() {
            parts.push(vec![(text::visible(self.drift).into_owned(), warning)]);
        }
        if !self.clock.is_empty() {
            parts.push(vec![(self.clock.to_owned(), text)]);
        }
        parts
    }

    /// The parts with the first words for what it keeps to itself that leave room for all of them; where none
    /// do, the first words.
    fn fitting(&self, room: u16) -> Vec<Part> {
        let all = |parts: &Vec<Part>| parts.iter().map(|part| width(part) + GAP).sum::<u16>() <= room;
        let said = self.privacy.iter().map(|privacy| self.parts(privacy)).find(all);
        said.unwrap_or_else(|| self.parts(self.privacy.first().unwrap_or(&"")))
    }
}

/// A part of the line, in pieces of one style.
type Part = Vec<(String, Style)>;

/// Empty columns before each part.
const GAP: u16 = 2;

fn width(part: &Part) -> u16 {
    part.iter().map(|(span, _)| text::width(span)).sum()
}

impl Widget for &Header<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let title = text::fit(self.title, area.width, self.theme.signs.cut);
        // A third of the line, but no more than it needs, belongs to the title.
        let kept = text::width(&title).min(area.width / 3);
        let mut right = area.right();
        for part in self.fitting(area.width - kept).iter().rev() {
            let Some(mut x) = right.checked_sub(width(part)).filter(|x| *x >= area.x + kept + GAP) else {
                break;
            };
            right = x.saturating_sub(GAP);
            for (span, style) in part {
                x += text::put(buf, x, area.y, span, area.width, *style);
            }
        }
        let title = text::fit(self.title, right - area.x, self.theme.signs.cut);
        text::put(buf, area.x, area.y, &title, area.width, self.theme.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

    fn header(theme: &Theme) -> Header<'_> {
        Header {
            title: "Purchasing meets sales",
            activity: Some(1),
            step: Some((2, 7)),
            privacy: &[],
            drift: "",
            clock: "14:23",
            theme,
        }
    }

    #[test]
    fn the_line_keeps_what_counts_most() {
        for (name, columns, theme) in [("wide", 78, dark()), ("light", 78, light()), ("narrow", 30, dark())] {
            let header = header(&theme);
            let buf = drawn(columns, 1, &theme, |area, buf| header.render(area, buf));
            insta::assert_snapshot!(format!("header_{name}"), picture(&buf));
        }
    }

    #[test]
    fn the_facilitator_sees_the_drift() {
        let theme = dark();
        let header = Header { drift: "3 min behind", ..header(&theme) };
        insta::assert_snapshot!(
            "header_drift",
            picture(&drawn(78, 1, &theme, |area, buf| header.render(area, buf)))
        );
    }

    #[test]
    fn what_it_keeps_to_itself_leaves_room_for_the_activities() {
        let theme = dark();
        let line = |columns, privacy: &[&str]| {
            let header = Header { title: "What nobody says aloud, once more", privacy, ..header(&theme) };
            plain(&drawn(columns, 1, &theme, |area, buf| header.render(area, buf)))
        };
        let both = ["confidential, anonymous", "conf., anon.", "conf anon"];
        let told =
            [line(120, &both), line(85, &both), line(78, &both), line(78, &["confidential", "confid."])];
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn it_draws_at_every_size() {
        let theme = dark();
        at_every_size(|area, buf| header(&theme).render(area, buf));
    }
}
