//! What a terminal shows at one moment: its text and the style of every cell.

pub(crate) use vt100::Color;

/// A picture of the terminal. Rows and columns count from 0.
#[derive(Clone)]
pub(crate) struct Screen {
    inner: vt100::Screen,
}

/// How one cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) foreground: Color,
    pub(crate) background: Color,
    pub(crate) bold: bool,
    pub(crate) dim: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) inverse: bool,
}

impl Screen {
    pub(super) fn new(inner: &vt100::Screen) -> Self {
        Self { inner: inner.clone() }
    }

    /// Columns and rows.
    pub(crate) fn size(&self) -> (u16, u16) {
        let (rows, cols) = self.inner.size();
        (cols.get(), rows.get())
    }

    /// The rows from top to bottom, without the blanks at their ends.
    pub(crate) fn rows(&self) -> Vec<String> {
        (0..self.size().1).map(|row| self.row(row)).collect()
    }

    /// One row, without the blanks at its end.
    pub(crate) fn row(&self, row: u16) -> String {
        self.cells(row).map(|(_, text)| text).collect::<String>().trim_end().to_owned()
    }

    /// Whether one row has this text.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The row and column of the first place, from the top, where this text stands within one row.
    pub(crate) fn find(&self, text: &str) -> Option<(u16, u16)> {
        (0..self.size().1).find_map(|row| {
            let line: String = self.cells(row).map(|(_, text)| text).collect();
            let byte = line.find(text)?;
            let mut start = 0;
            let (col, _) = self.cells(row).find(|(_, text)| {
                start += text.len();
                start > byte
            })?;
            Some((row, col))
        })
    }

    /// How the cell looks.
    #[track_caller]
    pub(crate) fn style_at(&self, row: u16, col: u16) -> Style {
        let cell = self.inner.cell(row, col).expect("the cell is on the screen");
        Style {
            foreground: cell.fgcolor(),
            background: cell.bgcolor(),
            bold: cell.bold(),
            dim: cell.dim(),
            italic: cell.italic(),
            underline: cell.underline(),
            inverse: cell.inverse(),
        }
    }

    /// How the first cell of this text looks.
    #[track_caller]
    pub(crate) fn style_of(&self, text: &str) -> Style {
        let Some((row, col)) = self.find(text) else {
            panic!("`{text}` is not on the screen:\n{}", self.framed());
        };
        self.style_at(row, col)
    }

    /// The row and column of the cursor, unless it is hidden.
    pub(crate) fn cursor(&self) -> Option<(u16, u16)> {
        (!self.inner.hide_cursor()).then(|| self.inner.cursor_position())
    }

    /// Whether the program has taken the whole screen, to give it back when it leaves.
    pub(crate) fn is_alternate(&self) -> bool {
        self.inner.alternate_screen()
    }

    /// Whether the program has asked for pastes that are marked as such.
    pub(crate) fn takes_pastes(&self) -> bool {
        self.inner.bracketed_paste()
    }

    /// The screen with row numbers and a frame, for a person to read.
    pub(super) fn framed(&self) -> String {
        let (cols, rows) = self.size();
        let edge = format!("    +{}+\n", "-".repeat(cols.into()));
        let lines: String = (0..rows)
            .map(|row| format!("{row:3} |{}|\n", self.cells(row).map(|(_, text)| text).collect::<String>()))
            .collect();
        format!("{edge}{lines}{edge}")
    }

    /// The column and text of each cell, the second half of a wide character left out.
    fn cells(&self, row: u16) -> impl Iterator<Item = (u16, &str)> {
        (0..self.size().0).filter_map(move |col| {
            let cell = self.inner.cell(row, col)?;
            let text = if cell.has_contents() { cell.contents() } else { " " };
            (!cell.is_wide_continuation()).then_some((col, text))
        })
    }
}
