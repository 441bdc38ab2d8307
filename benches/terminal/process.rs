//! What the system counts for a process. Linux only: elsewhere there is no figure.

use std::fs;

/// What a process has used so far, over all its threads.
#[derive(Clone, Copy)]
pub(super) struct Cost {
    /// How often a thread waited for something and was woken.
    pub(super) wake_ups: u64,
    /// Time on a processor, in the system's ticks (mostly 10 ms).
    pub(super) ticks: u64,
}

impl Cost {
    pub(super) fn since(self, before: Self) -> Self {
        Self { wake_ups: self.wake_ups - before.wake_ups, ticks: self.ticks - before.ticks }
    }
}

pub(super) fn cost(pid: u32) -> Option<Cost> {
    let mut wake_ups = 0;
    for thread in fs::read_dir(format!("/proc/{pid}/task")).ok()? {
        let status = fs::read_to_string(thread.ok()?.path().join("status")).ok()?;
        wake_ups += field(&status, "voluntary_ctxt_switches:")?;
    }
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The program's name, in brackets, may hold spaces. After it, user and system time are the 12th and 13th.
    let (_, after_name) = stat.rsplit_once(')')?;
    let times = after_name.split_whitespace().skip(11).take(2).map(|time| time.parse::<u64>().ok());
    Some(Cost { wake_ups, ticks: times.sum::<Option<u64>>()? })
}

/// The most memory the process ever held, in kB.
pub(super) fn peak_memory(pid: u32) -> Option<u64> {
    field(&fs::read_to_string(format!("/proc/{pid}/status")).ok()?, "VmHWM:")
}

fn field(status: &str, name: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix(name))?;
    value.split_whitespace().next()?.parse().ok()
}
