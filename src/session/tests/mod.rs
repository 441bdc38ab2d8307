//! What a session does, by theme.

mod walk;
