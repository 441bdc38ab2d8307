//! What the one who keeps a session on the disk tells.
//!
//! Owns the words in which that reaches the person. Never touches the disk.

use std::path::{Path, PathBuf};

use super::Room;
use crate::session::{Command, Request};
use crate::storage::keeper::Report;
use crate::text::sentence;
use crate::timer::Timestamp;
use crate::tui::effect::Then;

const BEHIND: &str = "All is safe in the journal; the session's file is behind.";

/// The reason follows, and is cut off first where there is little room.
const NOT_SAVED: &str = "What is new is not on the disk. Ctrl+P saves a copy elsewhere.";

const JOURNAL_REMOVED: &str =
    "Somebody removed this session's journal, or changed it; it is written anew, with everything.";

impl Room {
    /// Takes in what the keeper reports.
    pub fn report(&mut self, report: Report, now: Timestamp) {
        match report {
            Report::Saved { seq } => {
                self.synced = self.synced.max(seq);
                self.trouble = None;
            }
            Report::Failed { why } => self.trouble = Some(format!("{NOT_SAVED}\n{}.", sentence(&why))),
            Report::Behind { why } => self.behind = Some(format!("{BEHIND}\n{}.", sentence(&why))),
            Report::CaughtUp => self.behind = None,
            Report::ChangedOutside { kept } => self.run.notice = Some(changed_outside(&kept)),
            Report::JournalRemoved => self.run.notice = Some(JOURNAL_REMOVED.to_owned()),
            Report::Erased => self.run.notice = Some("Removed for good.".to_owned()),
            Report::KeptAside(kept) => self.run.notice = Some(kept_aside(&kept)),
            Report::Written { path } => {
                self.run.notice = Some(format!("A copy is saved as\n{}", path.display()));
            }
            Report::NotWritten { why } => {
                self.run.notice = Some(format!("No copy was saved. {}.", sentence(&why)));
            }
            Report::Asked(command) if self.is_of_what_is_removed(&command) => {
                self.keep(|keeper| keeper.forget(command.id));
            }
            Report::Asked(command) => {
                if !self.take(&command, now, Then::Nothing) {
                    // What is refused may say who wrote it.
                    if self.session().anonymous {
                        self.keep(|keeper| keeper.forget(command.id));
                    } else {
                        self.keep(|keeper| keeper.refuse(command.id));
                    }
                } else if let Request::Add { drafts, .. } = &command.what {
                    self.run.notice = Some(format!("From outside: {} added.", drafts.len()));
                }
            }
        }
    }

    /// Whether another program asked, before something was removed for good, for the same words.
    fn is_of_what_is_removed(&self, command: &Command) -> bool {
        self.removed.iter().any(|(at, words)| command.at <= *at && command.holds(words))
    }
}

fn kept_aside(kept: &[PathBuf]) -> String {
    let name = kept.first().and_then(|first| first.file_name()).unwrap_or_default();
    let files = match kept.len() {
        0 | 1 => "this file".to_owned(),
        many => format!("{many} files"),
    };
    let name = name.display();
    format!("Removed. It may still be in {files} (see `visavis doctor`):\n{name}")
}

fn changed_outside(kept: &Path) -> String {
    let name = kept.file_name().unwrap_or(kept.as_os_str());
    format!("Somebody else changed the session's file; theirs is kept as {}.", name.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::text;

    /// On the smallest usual screen, beside `FILE NOT SAVED`.
    #[test]
    fn the_way_out_has_a_row_of_its_own_above_the_reason() {
        for told in [NOT_SAVED, BEHIND] {
            assert_eq!(text::wrap(told, 62).count(), 1, "{told}");
        }
    }

    /// On the smallest usual screen there are two rows beside what says that all is saved.
    #[test]
    fn what_may_still_hold_it_is_named_in_full() {
        let name = "2026-11-22-1400-purchasing-meets-sales-again.outside.ron";
        for count in [1, 12] {
            let told = kept_aside(&vec![Path::new("/library").join(name); count]);
            assert_eq!(text::wrap(&told, 64).nth(1).as_deref(), Some(name), "{told}");
            assert_eq!(text::wrap(&told, 64).count(), 2, "{told}");
        }
    }
}
