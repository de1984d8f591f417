//! One difference between two APIs, and what it means.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// What a change means for those who use the client, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Rust code that compiled with the old client does not compile with the new one.
    Breaking,
    /// What is sent or read changes, while the code stays the same.
    Wire,
    /// Somebody should look at it: a new enum value, a stricter rule, one role more.
    Attention,
    /// Something new, which no code needs to know of.
    Additive,
    /// Only texts change.
    Documentation,
}

impl Class {
    /// Every class, the worst first.
    pub const ALL: [Self; 5] = [Self::Breaking, Self::Wire, Self::Attention, Self::Additive, Self::Documentation];

    /// Returns the word for it on the command line and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Wire => "wire",
            Self::Attention => "attention",
            Self::Additive => "additive",
            Self::Documentation => "documentation",
        }
    }

    /// Returns the heading above changes of this class.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaks Rust code that compiled",
            Self::Wire => "Changes what is sent or read",
            Self::Attention => "Needs attention",
            Self::Additive => "Additive",
            Self::Documentation => "Documentation only",
        }
    }
}

/// Whether something was added, removed or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Only the new API has it.
    Added,
    /// Only the old API has it.
    Removed,
    /// Both have it, and it differs.
    Changed,
}

/// As in a diff: `+`, `-` or `~`.
impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Changed => "~",
        })
    }
}

/// A difference between two APIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it means, at its worst.
    pub class: Class,
    /// What differs, as `member-removed`: one of [`KINDS`](super::KINDS).
    pub kind: &'static str,
    /// What it is about: `operation`, `type`, `member`, `value`, `class`, `module` or `service`.
    pub what: &'static str,
    /// The .NET name of that: `Shop.Pet.Name`. An old one if the name changed.
    pub name: String,
    /// What happened, as the end of a sentence that begins with `what` and `name`: `was removed`.
    pub message: String,
    /// Why that matters, as a clause; empty if the message says all.
    pub effect: String,
    /// What it was, if that can be said in a few characters: a type, a verb, a route.
    pub old: Option<String>,
    /// What it is now.
    pub new: Option<String>,
    /// The operations whose requests hold it, or that it is about. Shared, since many changes concern the same.
    pub sent_by: Arc<BTreeSet<String>>,
    /// The operations whose responses hold it.
    pub received_by: Arc<BTreeSet<String>>,
    /// Its place in the old document, as a JSON pointer.
    pub old_pointer: Option<String>,
    /// Its place in the new document.
    pub new_pointer: Option<String>,
}

impl Change {
    /// Returns whether it is about something that was added, removed or changed.
    #[must_use]
    pub fn sign(&self) -> Sign {
        if self.kind.ends_with("-added") {
            Sign::Added
        } else if self.kind.ends_with("-removed") {
            Sign::Removed
        } else {
            Sign::Changed
        }
    }

    /// Returns what happened without its effect: `member Shop.Pet.Name was removed`.
    #[must_use]
    pub fn headline(&self) -> String {
        [self.what, &self.name, &self.message].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Returns all operations that are concerned, by name.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.sent_by.union(&self.received_by).map(String::as_str)
    }
}

/// The headline with the effect, after a sign: `- member Shop.Pet.Name was removed: ..`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sign(), self.headline())?;
        if self.effect.is_empty() { Ok(()) } else { write!(f, ": {}", self.effect) }
    }
}
